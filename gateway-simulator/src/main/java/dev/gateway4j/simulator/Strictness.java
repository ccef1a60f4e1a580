package dev.gateway4j.simulator;

/** How requests are judged. */
public enum Strictness {
    /** As OpenAI does: an unknown or ill-typed member, an unknown model and an unknown id are errors. The default. */
    STRICT,
    /**
     * As a client that was generated from the specification needs it: any model and any id exist, members nobody knows are passed over, and
     * whatever keeps to the schema is answered.
     */
    LENIENT
}
