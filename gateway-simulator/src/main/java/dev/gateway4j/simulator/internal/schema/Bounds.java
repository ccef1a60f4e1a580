package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a number.
 *
 * @param low the lower one, or null
 * @param lowExclusive true if the number must be larger
 * @param high the upper one, or null
 * @param highExclusive true if the number must be smaller
 */
record Bounds(
        @Nullable BigDecimal low,
        boolean lowExclusive,
        @Nullable BigDecimal high,
        boolean highExclusive) {
    static Bounds of(JsonNode schema) {
        BigDecimal low = number(schema, "minimum");
        BigDecimal above = number(schema, "exclusiveMinimum");
        boolean lowExclusive = schema.path("exclusiveMinimum").asBoolean() && above == null;
        if (above != null && (low == null || above.compareTo(low) >= 0)) {
            low = above;
            lowExclusive = true;
        }
        BigDecimal high = number(schema, "maximum");
        BigDecimal under = number(schema, "exclusiveMaximum");
        boolean highExclusive = schema.path("exclusiveMaximum").asBoolean() && under == null;
        if (under != null && (high == null || under.compareTo(high) <= 0)) {
            high = under;
            highExclusive = true;
        }
        return new Bounds(low, lowExclusive, high, highExclusive);
    }

    boolean below(BigDecimal value) {
        return low != null && value.compareTo(low) < (lowExclusive ? 1 : 0);
    }

    boolean above(BigDecimal value) {
        return high != null && value.compareTo(high) > (highExclusive ? -1 : 0);
    }

    private static @Nullable BigDecimal number(JsonNode schema, String name) {
        return schema.path(name).isNumber() ? schema.path(name).decimalValue() : null;
    }
}
