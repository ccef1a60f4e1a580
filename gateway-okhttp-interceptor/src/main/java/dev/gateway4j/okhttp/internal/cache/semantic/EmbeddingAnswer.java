package dev.gateway4j.okhttp.internal.cache.semantic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** Reads the vector of an answer of the embeddings endpoint. */
final class EmbeddingAnswer {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final long MAX_BYTES = 4 << 20;
    private static final int MAX_DIMENSIONS = 1 << 16;

    private EmbeddingAnswer() {}

    static float[] read(Response response) throws IOException {
        ResponseBody body = response.body();
        if (response.code() != 200 || body == null) {
            throw new IOException("the embeddings call was answered with status " + response.code());
        }
        return vector(bytes(body.source()));
    }

    /** All of it, so that the end is seen and what was used is counted. */
    private static byte[] bytes(BufferedSource source) throws IOException {
        if (source.request(MAX_BYTES + 1)) {
            throw new IOException("the answer of the embeddings call is longer than " + MAX_BYTES + " bytes");
        }
        return source.readByteArray();
    }

    private static float[] vector(byte[] answer) throws IOException {
        try (JsonParser json = FACTORY.createParser(answer)) {
            if (json.nextToken() == JsonToken.START_OBJECT && enter(json, "data")) {
                boolean first = json.nextToken() == JsonToken.START_OBJECT;
                if (first && enter(json, "embedding")) {
                    return numbers(json);
                }
            }
        }
        throw new IOException("the answer of the embeddings call holds no embedding");
    }

    /** Stands at the start of the array that is this member of the object, if it has one. */
    private static boolean enter(JsonParser json, String member) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals(member);
            JsonToken value = json.nextToken();
            if (wanted) {
                return value == JsonToken.START_ARRAY;
            }
            json.skipChildren();
        }
        return false;
    }

    private static float[] numbers(JsonParser json) throws IOException {
        float[] numbers = new float[1536];
        int count = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == null || !token.isNumeric() || count == MAX_DIMENSIONS) {
                throw new IOException("the answer of the embeddings call holds something else than a vector");
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = json.getFloatValue();
        }
        return Arrays.copyOf(numbers, count);
    }
}
