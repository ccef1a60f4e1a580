package dev.gateway4j.cassette.internal.match;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads bodies as JSON, into tokens or into trees. */
final class Trees {
    /** Deep enough for any request, and few enough calls for any stack; what nests deeper is bytes. */
    private static final int MAX_DEPTH = 500;

    private static final int MAX_TEXT = 100_000_000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .build())
            .build();
    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Trees() {}

    static JsonParser parser(byte[] body) throws IOException {
        return FACTORY.createParser(body);
    }

    /** The tree of a body that has a canonical spelling. */
    static JsonNode of(byte[] body, Optional<String> otherwise) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            boolean unnamed =
                    tree.path("model").asText().isEmpty() || !tree.path("model").isTextual();
            if (tree instanceof ObjectNode object && unnamed) {
                otherwise.ifPresent(model -> object.put("model", model));
            }
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException("what was JSON before no longer is", e);
        }
    }

    static JsonNode text(String text) {
        return MAPPER.getNodeFactory().textNode(text);
    }

    /** False if the first character tells that this is not JSON. */
    static boolean mayBegin(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{' || b == '[' || b == '"' || b == '-' || (b >= '0' && b <= '9') || "tfn".indexOf(b) >= 0;
            }
        }
        return false;
    }
}
