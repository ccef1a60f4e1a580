package dev.gateway4j.cassette.internal.match;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.config.CassetteConfig.BodyRule;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/** When two values that differ count as equal. */
@FunctionalInterface
interface ValueRule {
    /** True if they do. */
    boolean both(JsonNode a, JsonNode b);

    /** The rule as the settings have it. */
    static ValueRule of(BodyRule rule) {
        return switch (rule.same()) {
            case IGNORE -> (a, b) -> true;
            case REGEX -> regex(Pattern.compile(rule.regex().orElse("")));
            case UUID -> (a, b) -> isUuid(a) && isUuid(b);
            case TIMESTAMP -> (a, b) -> isTime(a) && isTime(b);
            case NUMBER -> close(rule.tolerance().orElse(0));
        };
    }

    private static ValueRule regex(Pattern pattern) {
        return (a, b) -> a.isValueNode()
                && b.isValueNode()
                && pattern.matcher(a.asText()).matches()
                && pattern.matcher(b.asText()).matches();
    }

    private static ValueRule close(double tolerance) {
        return (a, b) -> finite(a) && finite(b) && apart(a, b).doubleValue() <= tolerance;
    }

    /** True for a number that a double holds. */
    static boolean finite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValue());
    }

    /** How far two finite numbers are apart: in decimals, since 0.7 and 0.6 as doubles are not 0.1 apart. */
    static BigDecimal apart(JsonNode a, JsonNode b) {
        return BigDecimal.valueOf(a.doubleValue())
                .subtract(BigDecimal.valueOf(b.doubleValue()))
                .abs();
    }

    /** True for a text such as {@code 123e4567-e89b-12d3-a456-426614174000}. */
    static boolean isUuid(JsonNode value) {
        String text = value.isTextual() ? value.textValue() : "";
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            boolean right = hyphen ? text.charAt(i) == '-' : "0123456789abcdefABCDEF".indexOf(text.charAt(i)) >= 0;
            if (!right) {
                return false;
            }
        }
        return true;
    }

    /** True for ISO 8601, and for whole seconds or milliseconds since 1970 from 1973 on. */
    static boolean isTime(JsonNode value) {
        if (value.isNumber()) {
            double number = value.doubleValue();
            return number >= 1e8 && number < 1e14 && Math.rint(number) == number;
        }
        String text = value.isTextual() ? value.textValue() : "";
        return text.length() >= 8
                && text.length() <= 64
                && Iso.FORMATS.stream().anyMatch(format -> reads(format, text));
    }

    private static boolean reads(DateTimeFormatter format, String text) {
        try {
            format.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** How ISO 8601 writes times. */
    final class Iso {
        private static final List<DateTimeFormatter> FORMATS = List.of(
                DateTimeFormatter.ISO_DATE_TIME,
                DateTimeFormatter.ISO_DATE,
                DateTimeFormatter.BASIC_ISO_DATE,
                DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss[X]"),
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm[:ss[.SSS]][XX]"));

        private Iso() {}
    }
}
