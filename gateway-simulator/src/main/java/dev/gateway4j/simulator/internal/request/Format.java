package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * The form an answer's text must have.
 *
 * @param kind text, any JSON object, or JSON by a schema
 * @param name the name of the schema; empty without one
 * @param schema the schema; a missing node without one
 * @param strict true if the answer holds to the schema exactly
 */
public record Format(Kind kind, String name, JsonNode schema, boolean strict) {
    /** No form at all. */
    public static final Format TEXT = new Format(Kind.TEXT, "", MissingNode.getInstance(), false);
    /** Any JSON object. */
    public static final Format JSON_OBJECT = new Format(Kind.JSON_OBJECT, "", MissingNode.getInstance(), false);

    /** Kinds of form. */
    public enum Kind {
        /** Any text. */
        TEXT,
        /** Any JSON object. */
        JSON_OBJECT,
        /** JSON by a schema. */
        JSON_SCHEMA
    }
}
