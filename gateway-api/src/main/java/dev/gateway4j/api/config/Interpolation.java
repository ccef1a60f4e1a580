package dev.gateway4j.api.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts the values of environment variables in the place of <code>${NAME}</code> and <code>${NAME:default}</code>. */
final class Interpolation {
    private static final String OPEN = "${";

    private final UnaryOperator<@Nullable String> variables;

    Interpolation(UnaryOperator<@Nullable String> variables) {
        this.variables = variables;
    }

    static boolean concerns(String text) {
        return text.contains(OPEN);
    }

    String resolve(String text) throws UnresolvedException {
        return resolve(text, List.of(), true);
    }

    /** As {@link #resolve}, but what variables hold is taken as it is: in a secret, <code>${</code> is part of the secret. */
    String verbatim(String text) throws UnresolvedException {
        return resolve(text, List.of(), false);
    }

    private String resolve(String text, List<String> chain, boolean deeply) throws UnresolvedException {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = closing(text, open + OPEN.length());
            out.append(text, from, open);
            out.append(valueOf(text.substring(open + OPEN.length(), close), chain, deeply));
            from = close + 1;
        }
        return out.append(text, from, text.length()).toString();
    }

    private String valueOf(String reference, List<String> chain, boolean deeply) throws UnresolvedException {
        int colon = reference.indexOf(':');
        String name = colon < 0 ? reference : reference.substring(0, colon);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new UnresolvedException(false, "${ is not followed by the name of a variable; write ${NAME}");
        }
        List<String> longer = new ArrayList<>(chain);
        longer.add(OPEN + name + "}");
        if (chain.contains(OPEN + name + "}")) {
            throw new UnresolvedException(false, String.join(" -> ", longer) + " goes in a circle; break it");
        }
        String value = variables.apply(name);
        if (value != null) {
            return deeply ? resolve(value, longer, true) : value;
        }
        if (colon < 0) {
            throw new UnresolvedException(
                    true,
                    "${" + name + "} is not set; set the environment variable " + name + after(chain),
                    chain.isEmpty() ? " or write ${" + name + ":default}" : "");
        }
        return resolve(reference.substring(colon + 1), chain, deeply);
    }

    private static String after(List<String> chain) {
        return chain.isEmpty() ? "" : ", which " + chain.get(chain.size() - 1) + " refers to";
    }

    private static int closing(String text, int from) throws UnresolvedException {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith(OPEN, i)) {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        throw new UnresolvedException(false, "a ${ is not closed; write ${NAME}");
    }

    /** A reference that leads nowhere. The message may be shown: it holds names only. */
    static final class UnresolvedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean unset;
        private final String alternative;

        UnresolvedException(boolean unset, String message) {
            this(unset, message, "");
        }

        UnresolvedException(boolean unset, String message, String alternative) {
            super(message);
            this.unset = unset;
            this.alternative = alternative;
        }

        /** True if a variable is not set, false if the reference itself is wrong. */
        boolean isUnset() {
            return unset;
        }

        String text() {
            return String.valueOf(getMessage());
        }

        /** What else would help, unless the value is a secret: those have no default. */
        String alternative() {
            return alternative;
        }
    }
}
