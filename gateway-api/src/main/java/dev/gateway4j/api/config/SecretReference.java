package dev.gateway4j.api.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** The forms in which a setting may point at a secret. */
final class SecretReference {
    static final String FILE = "file:";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

    private SecretReference() {}

    /** What is wrong with it, without repeating it. */
    static Optional<String> problem(Tree.Text text) {
        String value = text.value().strip();
        if (value.isEmpty()) {
            return Optional.of("is empty; write ${NAME} or file:NAME, or remove it");
        }
        if (VARIABLE.matcher(value).matches() || (value.startsWith(FILE) && value.length() > FILE.length())) {
            return Optional.empty();
        }
        if (value.startsWith("keystore:")) {
            return Optional.of("keystore: keys are not supported in this version; use ${ENV} or file:");
        }
        String source = text.origin().source();
        String layer = source.equals(Origin.BUILDER) ? "the builder" : "a " + source;
        String place = text.origin().isFile() ? "the file" : layer;
        return Optional.of("a literal secret stands in " + place
                + "; put it into an environment variable and write ${NAME}, or into a file and write file:NAME");
    }
}
