package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Error bodies: indented, without a line break at the end. */
public final class ErrorBodies {
    private static final Pattern INDENT = Pattern.compile("(?m)^( +)");

    private ErrorBodies() {}

    /** The body of an error of the edge: indented by four, with a line break at the end. */
    public static byte[] edge(ApiError error) {
        String body = new String(of(error, false), StandardCharsets.UTF_8);
        return Json.bytes(INDENT.matcher(body).replaceAll("$1$1") + "\n");
    }

    /** The body of an error of Azure: nothing but code and message, and no white space. */
    public static byte[] azure(String code, String message) {
        return Json.bytes(Json.compact(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeEndObject();
            json.writeEndObject();
        }));
    }

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
