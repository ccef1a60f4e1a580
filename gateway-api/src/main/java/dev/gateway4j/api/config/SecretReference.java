package dev.gateway4j.api.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** The forms in which a setting may point at a secret. */
final class SecretReference {
    static final String FILE = "file:";
    static final String KEYSTORE = "keystore:";
    static final String SEALED = "sealed:";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

    private SecretReference() {}

    /**
     * One secret among several in a file.
     *
     * @param path the file, as written
     * @param entry its name there
     */
    record Stored(String path, String entry) {
        /** Of {@code PATH#NAME}; a path may hold a {@code #}, a name not. Empty if one of them is missing. */
        static Optional<Stored> of(String text) {
            int hash = text.lastIndexOf('#');
            String entry = text.substring(hash + 1).strip();
            return hash < 1 || entry.isEmpty() || text.substring(0, hash).isBlank()
                    ? Optional.empty()
                    : Optional.of(new Stored(text.substring(0, hash).strip(), entry));
        }
    }

    /** What is wrong with it, without repeating it. */
    static Optional<String> problem(Kind kind, Tree.Text text) {
        String value = text.value().strip();
        if (value.isEmpty()) {
            return Optional.of("is empty; write ${NAME} or file:NAME, or remove it");
        }
        if (VARIABLE.matcher(value).matches() || (value.startsWith(FILE) && value.length() > FILE.length())) {
            return Optional.empty();
        }
        if (value.startsWith(KEYSTORE)) {
            return stored(kind, value.substring(KEYSTORE.length()), KEYSTORE + "PATH#ALIAS");
        }
        if (value.startsWith(SEALED)) {
            return stored(kind, value.substring(SEALED.length()), SEALED + "PATH#NAME");
        }
        String source = text.origin().source();
        String layer = source.equals(Origin.BUILDER) ? "the builder" : "a " + source;
        String place = text.origin().isFile() ? "the file" : layer;
        return Optional.of("a literal secret stands in " + place
                + "; put it into an environment variable and write ${NAME}, or into a file and write file:NAME");
    }

    private static Optional<String> stored(Kind kind, String rest, String form) {
        if (kind == Kind.PASSWORD) {
            return Optional.of("what opens other secrets cannot be among them; write " + Kind.PASSWORD.form());
        }
        return Stored.of(rest).isPresent()
                ? Optional.empty()
                : Optional.of("does not name a file and an entry in it; write " + form);
    }
}
