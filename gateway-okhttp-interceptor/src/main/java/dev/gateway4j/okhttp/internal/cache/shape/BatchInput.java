package dev.gateway4j.okhttp.internal.cache.shape;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One input of a request for embeddings.
 *
 * @param start where it begins in the request
 * @param end where it ends
 * @param weight its share in what the batch uses: bytes in UTF-8, or tokens
 */
record BatchInput(int start, int end, long weight) {
    /** The inputs that a member holds; none if it is not what requests have. */
    static List<BatchInput> in(byte[] body, Members.Member input) throws IOException {
        int length = input.end() - input.start();
        try (JsonParser json = Json.parser(body, input.start(), length)) {
            JsonToken first = json.nextToken();
            if (first == JsonToken.VALUE_STRING) {
                return List.of(new BatchInput(input.start(), input.end(), bytes(json)));
            }
            return first == JsonToken.START_ARRAY ? elements(json, input) : List.of();
        }
    }

    private static List<BatchInput> elements(JsonParser json, Members.Member input) throws IOException {
        JsonToken kind = json.nextToken();
        if (kind == JsonToken.VALUE_NUMBER_INT) {
            long tokens = tokens(json, JsonToken.VALUE_NUMBER_INT);
            return tokens < 0 ? List.of() : List.of(new BatchInput(input.start(), input.end(), tokens));
        }
        List<BatchInput> inputs = new ArrayList<>();
        for (JsonToken token = kind; token != JsonToken.END_ARRAY; token = json.nextToken()) {
            int start = input.start() + Json.start(json);
            long weight = token == kind ? weight(json, token) : -1;
            if (weight < 0) {
                return List.of();
            }
            inputs.add(new BatchInput(start, input.start() + Json.skip(json), weight));
        }
        return inputs;
    }

    private static long weight(JsonParser json, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> bytes(json);
            case START_ARRAY -> tokens(json, json.nextToken());
            default -> -1;
        };
    }

    private static long bytes(JsonParser json) throws IOException {
        return json.getText().getBytes(StandardCharsets.UTF_8).length;
    }

    /** How many tokens there are up to the end of the array; -1 if something else is there. */
    private static long tokens(JsonParser json, JsonToken first) throws IOException {
        long count = 0;
        for (JsonToken token = first; token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.VALUE_NUMBER_INT) {
                return -1;
            }
            count++;
        }
        return count;
    }
}
