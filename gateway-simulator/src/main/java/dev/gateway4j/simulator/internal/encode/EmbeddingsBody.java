package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.EmbeddingsRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** A list of embeddings. */
public final class EmbeddingsBody {
    private static final float PRINTED_PLAINLY = 1e-3f;

    private EmbeddingsBody() {}

    /** The body: indented, with a line break at the end. */
    public static byte[] of(EmbeddingsRequest request, List<float[]> vectors) {
        return Json.bytes(Json.indented(json -> {
                    json.writeStartObject();
                    json.writeStringField("object", "list");
                    json.writeArrayFieldStart("data");
                    for (int index = 0; index < vectors.size(); index++) {
                        embedding(json, request, vectors.get(index), index);
                    }
                    json.writeEndArray();
                    json.writeStringField("model", request.model().answersAs());
                    json.writeObjectFieldStart("usage");
                    json.writeNumberField("prompt_tokens", request.tokens());
                    json.writeNumberField("total_tokens", request.tokens());
                    json.writeEndObject();
                    json.writeEndObject();
                })
                + "\n");
    }

    private static void embedding(JsonGenerator json, EmbeddingsRequest request, float[] vector, int index)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("object", "embedding");
        json.writeNumberField("index", index);
        json.writeFieldName("embedding");
        if (request.base64()) {
            json.writeString(packed(vector));
        } else {
            numbers(json, vector);
        }
        json.writeEndObject();
    }

    private static void numbers(JsonGenerator json, float[] vector) throws IOException {
        json.writeStartArray();
        for (float x : vector) {
            if (x != 0 && Math.abs(x) < PRINTED_PLAINLY) {
                json.writeNumber(new BigDecimal(Float.toString(x)).toPlainString());
            } else {
                json.writeNumber(x);
            }
        }
        json.writeEndArray();
    }

    private static String packed(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
