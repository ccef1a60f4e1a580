package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A tool the model may use.
 *
 * @param kind who runs it and how it is called
 * @param name its name; for a hosted tool its type, such as {@code web_search}
 * @param description what it is for; may be empty
 * @param parameters the JSON schema of its arguments; a missing node if it has none
 * @param strict true if arguments hold to the schema exactly
 */
public record Tool(Kind kind, String name, String description, JsonNode parameters, boolean strict) {
    /** Who runs a tool and how it is called. */
    public enum Kind {
        /** The application runs it, with JSON arguments. */
        FUNCTION,
        /** The application runs it, with a text. */
        CUSTOM,
        /** OpenAI runs it. */
        HOSTED
    }
}
