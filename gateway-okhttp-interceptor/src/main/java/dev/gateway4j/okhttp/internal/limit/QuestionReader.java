package dev.gateway4j.okhttp.internal.limit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Counts the tokens of a question: 3, and for every message 3, its role and its texts. Tools are counted as they stand in the body, which is
 * more than the upstream makes of them. Used once.
 */
final class QuestionReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int FRAME = 3;
    private static final int TOOL_FRAME = 9;

    private final byte[] body;
    private final RememberedCounts counts;
    private final String model;
    private long tokens;

    QuestionReader(byte[] body, RememberedCounts counts, String model) {
        this.body = body;
        this.counts = counts;
        this.model = model;
    }

    long tokens() throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return 0;
            }
            for (Optional<String> name = member(json); name.isPresent(); name = member(json)) {
                JsonToken value = json.nextToken();
                switch (name.get()) {
                    case "messages" -> conversation(json, value);
                    case "input" -> input(json, value);
                    case "instructions" -> instructions(json, value);
                    case "prompt" -> texts(json, value);
                    case "tools", "functions" -> tools(json);
                    default -> json.skipChildren();
                }
            }
        }
        return tokens;
    }

    private static Optional<String> member(JsonParser json) throws IOException {
        return Optional.ofNullable(json.nextFieldName());
    }

    private void conversation(JsonParser json, JsonToken value) throws IOException {
        tokens += FRAME;
        texts(json, value);
    }

    /** One text is the message of a user; several may be those of an embedding, which have no frame. */
    private void input(JsonParser json, JsonToken value) throws IOException {
        tokens += value == JsonToken.VALUE_STRING ? FRAME + FRAME + 1 : 0;
        texts(json, value);
    }

    private void instructions(JsonParser json, JsonToken value) throws IOException {
        tokens += value == JsonToken.VALUE_STRING ? FRAME + 1 : 0;
        texts(json, value);
    }

    /** A text, tokens, messages, or a list of any of them. */
    private void texts(JsonParser json, JsonToken value) throws IOException {
        switch (value) {
            case VALUE_STRING -> text(json);
            case VALUE_NUMBER_INT -> tokens++;
            case START_OBJECT -> message(json);
            case START_ARRAY -> {
                for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
                    texts(json, item);
                }
            }
            default -> {}
        }
    }

    /** A message, a part of one, or an item of a response. Whatever may be data rather than text is left out. */
    private void message(JsonParser json) throws IOException {
        for (Optional<String> name = member(json); name.isPresent(); name = member(json)) {
            JsonToken value = json.nextToken();
            switch (name.get()) {
                case "role" -> {
                    tokens += FRAME;
                    texts(json, value);
                }
                case "content", "text", "output", "name", "arguments", "refusal", "summary" -> texts(json, value);
                case "tool_calls", "function", "function_call" -> texts(json, value);
                default -> json.skipChildren();
            }
        }
    }

    private void tools(JsonParser json) throws IOException {
        int start = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        int end = (int) json.currentLocation().getByteOffset();
        if (end - start > 2) {
            tokens += TOOL_FRAME + counts.count(model, new String(body, start, end - start, StandardCharsets.UTF_8));
        }
    }

    private void text(JsonParser json) throws IOException {
        tokens += counts.count(model, json.getText());
    }
}
