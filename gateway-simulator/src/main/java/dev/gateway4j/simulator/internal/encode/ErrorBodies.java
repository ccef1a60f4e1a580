package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ApiError;

/** Error bodies: indented, without a line break at the end. */
public final class ErrorBodies {
    private ErrorBodies() {}

    /**
     * The body of an error.
     *
     * @param error the error
     * @param escaped true where angle brackets are escaped, as the family of responses does
     */
    public static byte[] of(ApiError error, boolean escaped) {
        String body = Json.indented(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", error.text());
            json.writeStringField("type", error.type());
            Json.member(json, "param", error.param());
            Json.member(json, "code", error.code());
            json.writeEndObject();
            json.writeEndObject();
        });
        return Json.bytes(escaped ? body.replace("<", "\\u003c").replace(">", "\\u003e") : body);
    }
}
