package dev.gateway4j.api.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gateway4j.api.openai.RequestFacts.Shape;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the gateway needs to know from the JSON body of a request, in one pass and without a tree. Knows chat completions, responses,
 * completions and embeddings by their members, not by the endpoint.
 */
public final class RequestReader {
    private static final int MAX_NUMBER = 32;

    private final JsonParser json;
    private final int base;
    private final int maxDepth;
    private int depth;

    private @Nullable String model;
    private int modelStart = -1;
    private int modelEnd = -1;
    private boolean stream;
    private boolean includeUsage;
    private @Nullable String user;
    private long maxCompletionTokens = -1;
    private long maxTokens = -1;
    private long maxOutputTokens = -1;
    private int n = 1;
    private double temperature = Double.NaN;
    private @Nullable Boolean store;
    private boolean previousResponse;
    private boolean conversation;
    private @Nullable String serviceTier;
    private final PromptCounter messages = new PromptCounter();
    private final PromptCounter input = new PromptCounter();
    private final PromptCounter instructions = new PromptCounter();
    private final PromptCounter prompt = new PromptCounter();
    private int tools;
    private long toolBytes;
    private int functions;
    private long functionBytes;

    private RequestReader(JsonParser json, int base, int maxDepth) {
        this.json = json;
        this.base = base;
        this.maxDepth = maxDepth;
    }

    /**
     * Reads a body. Never throws: what is wrong with the body is said by the shape.
     *
     * @param body the body, in UTF-8
     * @param maxDepth how deep objects and arrays may be nested; the outermost counts as 1
     */
    public static RequestFacts read(byte[] body, int maxDepth) {
        if (body.length == 0) {
            return RequestFacts.absent();
        }
        if (!Utf8.isValid(body)) {
            return RequestFacts.of(Shape.MALFORMED);
        }
        try (JsonParser json = Json.parser(body)) {
            return new RequestReader(json, Utf8.bom(body), maxDepth).document();
        } catch (TooDeep e) {
            return RequestFacts.of(Shape.TOO_DEEP);
        } catch (IOException e) {
            return RequestFacts.of(Shape.MALFORMED);
        }
    }

    private RequestFacts document() throws IOException {
        JsonToken first = json.nextToken();
        if (first == null) {
            return RequestFacts.of(Shape.MALFORMED);
        }
        boolean object = first == JsonToken.START_OBJECT;
        if (object) {
            enter();
            root();
            depth--;
        } else {
            skip(first);
        }
        if (json.nextToken() != null) {
            return RequestFacts.of(Shape.MALFORMED);
        }
        return object ? facts() : RequestFacts.of(Shape.NOT_OBJECT);
    }

    private void root() throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            switch (name) {
                case "model" -> model(value);
                case "stream" -> stream = isTrue(value);
                case "stream_options" -> streamOptions(value);
                case "user" -> user = string(value);
                case "max_completion_tokens" -> maxCompletionTokens = count(value);
                case "max_tokens" -> maxTokens = count(value);
                case "max_output_tokens" -> maxOutputTokens = count(value);
                case "n" -> n = answers(value);
                case "temperature" -> temperature = number(value);
                case "store" -> store = bool(value);
                case "previous_response_id" -> previousResponse = string(value) != null;
                case "conversation" -> conversation = present(value);
                case "service_tier" -> serviceTier = string(value);
                case "messages" -> prompt(value, messages);
                case "input" -> prompt(value, input);
                case "instructions" -> instructions(value);
                case "prompt" -> prompt(value, prompt);
                case "tools" -> {
                    long start = json.currentTokenLocation().getByteOffset();
                    tools = elements(value);
                    toolBytes = json.currentLocation().getByteOffset() - start;
                }
                case "functions" -> {
                    long start = json.currentTokenLocation().getByteOffset();
                    functions = elements(value);
                    functionBytes = json.currentLocation().getByteOffset() - start;
                }
                default -> skip(value);
            }
        }
    }

    private RequestFacts facts() {
        long cap = Math.max(maxCompletionTokens, Math.max(maxTokens, maxOutputTokens));
        long characters = messages.characters + input.characters + instructions.characters + prompt.characters;
        long more = messages.moreBytes + input.moreBytes + instructions.moreBytes + prompt.moreBytes;
        RequestFacts.Sizes sizes = new RequestFacts.Sizes(
                characters + more,
                input.tokens + prompt.tokens,
                Math.max(1, input.texts + prompt.texts),
                (tools > 0 ? toolBytes : 0) + (functions > 0 ? functionBytes : 0));
        return new RequestFacts(
                Shape.OBJECT,
                Optional.ofNullable(model),
                modelStart,
                modelEnd,
                stream,
                includeUsage,
                Optional.ofNullable(user),
                cap >= 0 ? OptionalLong.of(cap) : OptionalLong.empty(),
                n,
                Double.isNaN(temperature) ? OptionalDouble.empty() : OptionalDouble.of(temperature),
                Optional.ofNullable(store),
                previousResponse || conversation,
                Optional.ofNullable(serviceTier),
                messages.items + input.items,
                characters,
                messages.images + input.images,
                tools + functions,
                sizes);
    }

    private void model(JsonToken value) throws IOException {
        model = null;
        modelStart = -1;
        modelEnd = -1;
        if (value != JsonToken.VALUE_STRING) {
            skip(value);
            return;
        }
        int start = base + (int) json.currentTokenLocation().getByteOffset();
        model = json.getText();
        modelStart = start;
        modelEnd = base + (int) json.currentLocation().getByteOffset();
    }

    private void streamOptions(JsonToken value) throws IOException {
        includeUsage = false;
        if (value != JsonToken.START_OBJECT) {
            skip(value);
            return;
        }
        enter();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken member = json.nextToken();
            if (name.equals("include_usage")) {
                includeUsage = isTrue(member);
            } else {
                skip(member);
            }
        }
        depth--;
    }

    private void instructions(JsonToken value) throws IOException {
        instructions.reset();
        text(value, instructions);
    }

    /** The messages of a chat, the items of a response, or the texts or tokens of a completion or an embedding. */
    private void prompt(JsonToken value, PromptCounter counter) throws IOException {
        counter.reset();
        if (value != JsonToken.START_ARRAY) {
            text(value, counter);
            return;
        }
        enter();
        for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
            if (item == JsonToken.START_OBJECT) {
                counter.items++;
                item(counter);
            } else if (item.isNumeric()) {
                counter.tokens++;
            } else {
                counter.texts++;
                if (item == JsonToken.START_ARRAY) {
                    counter.tokens += elements(item);
                } else {
                    text(item, counter);
                }
            }
        }
        depth--;
    }

    private void item(PromptCounter counter) throws IOException {
        enter();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if ((name.equals("content") || name.equals("output")) && value == JsonToken.START_ARRAY) {
                parts(counter);
            } else if (name.equals("content") || name.equals("output") || name.equals("text")) {
                text(value, counter);
            } else if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                counter.images += isImage(json.getText()) ? 1 : 0;
            } else {
                skip(value);
            }
        }
        depth--;
    }

    private void parts(PromptCounter counter) throws IOException {
        enter();
        for (JsonToken part = json.nextToken(); part != JsonToken.END_ARRAY; part = json.nextToken()) {
            if (part == JsonToken.START_OBJECT) {
                part(counter);
            } else {
                text(part, counter);
            }
        }
        depth--;
    }

    private void part(PromptCounter counter) throws IOException {
        enter();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (name.equals("text")) {
                text(value, counter);
            } else if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                counter.images += isImage(json.getText()) ? 1 : 0;
            } else {
                skip(value);
            }
        }
        depth--;
    }

    private static boolean isImage(String type) {
        return type.equals("image_url") || type.equals("input_image");
    }

    private void text(JsonToken value, PromptCounter counter) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            skip(value);
            return;
        }
        int length = json.getTextLength();
        char[] text = json.getTextCharacters();
        int from = json.getTextOffset();
        int more = 0;
        for (int i = from; i < from + length; i++) {
            char c = text[i];
            if (c >= 0x80) {
                // Half of a pair is one of two that make four bytes together.
                more += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        counter.characters += length;
        counter.moreBytes += more;
    }

    private int elements(JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            skip(value);
            return 0;
        }
        int count = 0;
        enter();
        for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
            count++;
            skip(item);
        }
        depth--;
        return count;
    }

    private @Nullable String string(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        skip(value);
        return null;
    }

    private boolean present(JsonToken value) throws IOException {
        skip(value);
        return value != JsonToken.VALUE_NULL;
    }

    private boolean isTrue(JsonToken value) throws IOException {
        skip(value);
        return value == JsonToken.VALUE_TRUE;
    }

    private @Nullable Boolean bool(JsonToken value) throws IOException {
        skip(value);
        return value.isBoolean() ? Boolean.valueOf(value == JsonToken.VALUE_TRUE) : null;
    }

    private int answers(JsonToken value) throws IOException {
        long count = count(value);
        return count >= 1 && count <= Integer.MAX_VALUE ? (int) count : 1;
    }

    /** A whole number that is not negative, or -1. */
    private long count(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NUMBER_INT && json.getTextLength() < 19) {
            return Math.max(-1, json.getLongValue());
        }
        skip(value);
        return -1;
    }

    private double number(JsonToken value) throws IOException {
        if (value.isNumeric() && json.getTextLength() <= MAX_NUMBER) {
            return json.getDoubleValue();
        }
        skip(value);
        return Double.NaN;
    }

    /** Passes over a value however large, without recursion. */
    private void skip(JsonToken value) throws IOException {
        if (!value.isStructStart()) {
            return;
        }
        int outside = depth;
        enter();
        while (depth > outside) {
            JsonToken token = json.nextToken();
            if (token.isStructStart()) {
                enter();
            } else if (token.isStructEnd()) {
                depth--;
            }
        }
    }

    private void enter() {
        if (++depth > maxDepth) {
            throw new TooDeep();
        }
    }

    private static final class PromptCounter {
        private int items;
        private long characters;
        private long moreBytes;
        private long tokens;
        private int texts;
        private int images;

        private void reset() {
            items = 0;
            characters = 0;
            moreBytes = 0;
            tokens = 0;
            texts = 0;
            images = 0;
        }
    }
}
