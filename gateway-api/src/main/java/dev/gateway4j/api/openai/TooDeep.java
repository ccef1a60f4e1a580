package dev.gateway4j.api.openai;

/** JSON nested deeper than allowed. Carries no stack trace, since whoever sends such a body decides how often. */
final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooDeep() {
        super("nested too deep", null, false, false);
    }
}
