package dev.gateway4j.api.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Canonical JSON by other means: a parser of a library, a tree, sorted maps and exact decimals. Slow and recursive. */
final class CanonicalOracle {
    private CanonicalOracle() {}

    /** The canonical text; empty if there is none. */
    static Optional<String> canonical(byte[] json) {
        if (!Utf8.isValid(json)) {
            return Optional.empty();
        }
        try (JsonParser parser = Json.parser(json)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return Optional.empty();
            }
            String text = value(parser, first);
            return parser.nextToken() == null ? Optional.of(text) : Optional.empty();
        } catch (IOException | Refused e) {
            return Optional.empty();
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static String value(JsonParser json, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> text(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getText());
            default -> json.getText();
        };
    }

    private static String object(JsonParser json) throws IOException {
        Map<String, String> members = new TreeMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (members.put(name, value(json, json.nextToken())) != null
                    || !StandardCharsets.UTF_16.newEncoder().canEncode(name)) {
                throw new Refused();
            }
        }
        List<String> parts = new ArrayList<>();
        members.forEach((name, value) -> parts.add(text(name) + ":" + value));
        return "{" + String.join(",", parts) + "}";
    }

    private static String array(JsonParser json) throws IOException {
        List<String> parts = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            parts.add(value(json, token));
        }
        return "[" + String.join(",", parts) + "]";
    }

    private static String text(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            int named = "\"\\\b\f\n\r\t".indexOf(c);
            if (pair) {
                out.append(c).append(text.charAt(++i));
            } else if (named >= 0) {
                out.append('\\').append("\"\\bfnrt".charAt(named));
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static String number(String spelling) {
        BigDecimal value = new BigDecimal(spelling);
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = value.stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int point = digits.length() - shortest.scale();
        String sign = value.signum() < 0 ? "-" : "";
        if (point > 21 || point <= -6) {
            String rest = digits.substring(1);
            return sign + digits.charAt(0) + (rest.isEmpty() ? "" : "." + rest) + "e" + (point - 1);
        }
        return sign + shortest.abs().toPlainString();
    }
}
