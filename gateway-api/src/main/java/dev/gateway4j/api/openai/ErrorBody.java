package dev.gateway4j.api.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.api.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Error bodies as OpenAI writes them: {@code {"error":{"message","type","param","code"}}}, members in that order. */
public final class ErrorBody {
    private static final JsonFactory JSON = new JsonFactory();

    private ErrorBody() {}

    /** The body of a refusal. */
    public static byte[] of(Refusal refusal) {
        return of(
                refusal.message(),
                refusal.reason().type(),
                refusal.param(),
                Optional.of(refusal.reason().code()));
    }

    /** An error body in UTF-8; an absent param or code is written as {@code null}. */
    public static byte[] of(String message, String type, Optional<String> param, Optional<String> code) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", message);
            json.writeStringField("type", type);
            json.writeFieldName("param");
            writeNullable(json, param);
            json.writeFieldName("code");
            writeNullable(json, code);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private static void writeNullable(JsonGenerator json, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }
}
