package dev.gateway4j.simulator.internal.timing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;

/**
 * How long a real call took.
 *
 * @param total milliseconds until its end
 * @param first milliseconds until its first token, of a stream
 * @param tokens tokens of its answer
 */
public record Sample(double total, OptionalDouble first, long tokens) {
    static Sample of(JsonNode row, String where) {
        JsonNode total = row.path("total_ms");
        JsonNode tokens = row.path("output_tokens");
        JsonNode first = row.path("ttft_ms");
        if (!total.isNumber() || total.asDouble() <= 0 || !tokens.canConvertToLong() || tokens.asLong() < 0) {
            throw new IllegalArgumentException(
                    where + " needs numbers \"total_ms\" above 0 and \"output_tokens\", 0 or more");
        }
        if (first.isNumber() && (first.asDouble() < 0 || first.asDouble() > total.asDouble())) {
            throw new IllegalArgumentException(where + ": \"ttft_ms\" lies between 0 and \"total_ms\"");
        }
        return new Sample(
                total.asDouble(),
                first.isNumber() ? OptionalDouble.of(first.asDouble()) : OptionalDouble.empty(),
                tokens.asLong());
    }
}
