package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes texts, numbers and truths that go with the name of their member. Used by one thread at a time. */
final class Scalars {
    private static final String[] WORDS = {
        "amber", "birch", "cedar", "delta", "ember", "fern", "grove", "harbor", "island", "juniper", "lake", "meadow",
        "north", "ocean", "pine", "quartz", "river", "stone", "timber", "valley"
    };
    /** A picture of one point, as PNG in base64. */
    private static final String PICTURE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private static final long LIFE = 3_600;

    private final Asked asked;
    private final Draws draws;
    private final Map<String, String> ids = new HashMap<>();
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;

    Scalars(Asked asked, Draws draws) {
        this.asked = asked;
        this.draws = draws;
    }

    int below(int bound) {
        return draws.below(bound);
    }

    JsonNode make(Shape shape, String type, String name, String owner, int depth) {
        return switch (type) {
            case "integer", "number" -> number(shape, type, name);
            case "boolean" ->
                nodes.booleanNode(
                        name.equals("deleted") || shape.fact("default").asBoolean());
            default -> nodes.textNode(fitted(shape, text(shape, name, owner, depth)));
        };
    }

    private JsonNode number(Shape shape, String type, String name) {
        if (isTime(shape, name)) {
            boolean later = name.startsWith("expires") || name.startsWith("end");
            return nodes.numberNode(asked.seconds() + (later ? LIFE : 0));
        }
        JsonNode standard = shape.fact("default");
        if (standard.isNumber()) {
            return standard;
        }
        JsonNode above = shape.fact("exclusiveMinimum");
        BigDecimal least = above.isNumber() ? above.decimalValue().add(BigDecimal.ONE) : BigDecimal.ZERO;
        if (shape.fact("minimum").isNumber()) {
            least = least.max(shape.fact("minimum").decimalValue());
        }
        if (shape.fact("maximum").isNumber()) {
            least = least.min(shape.fact("maximum").decimalValue());
        }
        return type.equals("integer") ? nodes.numberNode(least.longValue()) : nodes.numberNode(least);
    }

    private static boolean isTime(Shape shape, String name) {
        return shape.fact("format").asText().equals("unixtime")
                || name.endsWith("_at")
                || name.equals("created")
                || name.endsWith("_time");
    }

    private String text(Shape shape, String name, String owner, int depth) {
        Optional<String> named = Optional.ofNullable(asked.path().get(name));
        if (named.isPresent()) {
            return named.get();
        }
        if (name.equals("id")) {
            return (depth <= 1 ? asked.subject() : Optional.<String>empty())
                    .orElseGet(() -> fresh(owner.isEmpty() ? asked.kind() : owner));
        }
        if (name.equals("object")) {
            return asked.operation().method().equals("DELETE") ? asked.kind() + ".deleted" : asked.kind();
        }
        if (name.endsWith("_id")) {
            return asked.subject()
                    .filter(id -> depth <= 1 && asked.kind().endsWith(name.substring(0, name.length() - 3)))
                    .orElseGet(() -> remembered(name.substring(0, name.length() - 3)));
        }
        JsonNode standard = shape.fact("default");
        return standard.isTextual() ? standard.asText() : byName(shape, name);
    }

    private String byName(Shape shape, String name) {
        if (shape.fact("format").asText().equals("uri") || name.equals("url") || name.endsWith("_url")) {
            return "https://example.com/" + words(1);
        }
        return switch (shape.fact("format").asText() + name) {
            case "date" -> "2026-01-01";
            case "email" -> words(1) + "@example.com";
            case "model" -> asked.body().path("model").asText("gpt-5.6");
            case "filename" -> words(1) + ".txt";
            case "path" -> "/mnt/data/" + words(1) + ".txt";
            case "arguments" -> "{}";
            case "b64_json" -> PICTURE;
            case "first_id", "last_id" -> "";
            default -> words(isLong(name) ? 6 : 2);
        };
    }

    private static boolean isLong(String name) {
        return name.equals("text") || name.equals("content") || name.equals("message") || name.endsWith("delta");
    }

    private String fresh(String kind) {
        String prefix = Prefixes.of(kind);
        int length = Prefixes.length(prefix);
        String id = prefix + (length > 24 ? draws.hex(length) : draws.alphanumeric(length));
        ids.putIfAbsent(prefix, id);
        return id;
    }

    /** The same id whenever the same thing is named. */
    private String remembered(String kind) {
        String known = ids.get(Prefixes.of(kind));
        return known == null ? fresh(kind) : known;
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : count > 2 ? " " : "-").append(WORDS[draws.below(WORDS.length)]);
        }
        return text.toString();
    }

    private String fitted(Shape shape, String text) {
        int least = shape.fact("minLength").asInt();
        int most = shape.fact("maxLength").asInt(Integer.MAX_VALUE);
        String fitted = text;
        if (shape.pattern().isPresent()
                && !shape.pattern().get().matcher(fitted).find()) {
            fitted = text.replaceAll("[^A-Za-z0-9_-]", "-");
        }
        fitted = fitted.length() < least ? fitted + draws.alphanumeric(least - fitted.length()) : fitted;
        return fitted.length() > most ? fitted.substring(0, most) : fitted;
    }
}
