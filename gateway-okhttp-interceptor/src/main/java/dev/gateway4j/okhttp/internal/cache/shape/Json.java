package dev.gateway4j.okhttp.internal.cache.shape;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Reads and writes the JSON of answers, strictly: a member that stands twice is no JSON here, since others may read the other one. */
final class Json {
    private static final int MAX_TEXT = 100_000_000;
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .rootValueSeparator((String) null)
            // Interned names of strangers would stay for the life of the process.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
            .build();

    private Json() {}

    /** The value that these bytes are; empty if they are no JSON, or more than one value. */
    static Optional<Node> read(byte[] bytes, int offset, int length) {
        try (JsonParser json = parser(bytes, offset, length)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                return Optional.empty();
            }
            Node node = Node.read(first, json);
            return json.nextToken() == null ? Optional.of(node) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<Node> read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    static JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
        return FACTORY.createParser(bytes, offset, length);
    }

    static JsonGenerator generator(ByteArrayOutputStream out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    /** Where the token that was just read ends; of an object or array, where the whole of it ends, which is passed over. */
    static int skip(JsonParser json) throws IOException {
        json.skipChildren();
        json.finishToken();
        return (int) json.currentLocation().getByteOffset();
    }

    /** Where the token that was just read begins. */
    static int start(JsonParser json) {
        return (int) json.currentTokenLocation().getByteOffset();
    }
}
