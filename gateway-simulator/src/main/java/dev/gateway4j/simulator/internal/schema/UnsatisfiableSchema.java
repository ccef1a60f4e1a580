package dev.gateway4j.simulator.internal.schema;

/** A schema that no JSON satisfies, or none that could be found. */
public final class UnsatisfiableSchema extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String reason;

    UnsatisfiableSchema(String pointer, String reason) {
        super("schema at \"" + pointer + "\": " + reason, null, false, false);
        this.pointer = pointer;
        this.reason = reason;
    }

    /** Where in the schema, as a JSON pointer; empty for the whole schema. */
    public String pointer() {
        return pointer;
    }

    /** Why nothing satisfies it, as the end of a sentence. */
    public String reason() {
        return reason;
    }
}
