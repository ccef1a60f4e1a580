package dev.gateway4j.api.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** The one factory of parsers in this package. Its limits are wide because depth and size are decided by those who call. */
final class Json {
    private static final int MAX_TOKEN = 100_000_000;

    static final JsonFactory FACTORY = JsonFactory.builder()
            // Interned names of strangers would stay for the life of the process.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(MAX_TOKEN)
                    .maxNumberLength(MAX_TOKEN)
                    .maxNameLength(MAX_TOKEN)
                    .build())
            .build();

    private Json() {}

    /** A parser of UTF-8 that skips a byte order mark. */
    static JsonParser parser(byte[] json) throws IOException {
        int bom = Utf8.bom(json);
        return FACTORY.createParser(json, bom, json.length - bom);
    }
}
