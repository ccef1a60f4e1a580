package dev.gateway4j.simulator.internal.plan;

/** Why an answer ends. */
public enum Finish {
    /** It was complete, or met a stop sequence. */
    STOP("stop"),
    /** It reached the limit of tokens. */
    LENGTH("length"),
    /** It calls tools. */
    TOOL_CALLS("tool_calls"),
    /** A filter cut it. */
    CONTENT_FILTER("content_filter");

    private final String id;

    Finish(String id) {
        this.id = id;
    }

    /** The {@code finish_reason} of chat completions. */
    public String id() {
        return id;
    }
}
