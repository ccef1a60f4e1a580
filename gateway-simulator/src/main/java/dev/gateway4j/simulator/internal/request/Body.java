package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The object a request holds, read member by member with OpenAI's errors. Null is the same as nothing at all. The fields of a form are
 * read alike, though their numbers are texts.
 */
public final class Body {
    private static final int MOST_PAIRS = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 512;

    private final JsonNode json;
    private final String path;
    private final boolean form;

    private Body(JsonNode json, String path, boolean form) {
        this.json = json;
        this.path = path;
        this.form = form;
    }

    /** The body of a request, which must be a JSON object. */
    public static Body of(byte[] bytes) {
        return new Body(Members.body(bytes), "", false);
    }

    /** The body of a request that needs none. */
    public static Body optional(byte[] bytes) {
        return bytes.length == 0 ? new Body(JsonNodeFactory.instance.objectNode(), "", false) : of(bytes);
    }

    /** The fields of a form. */
    public static Body ofForm(ObjectNode fields) {
        return new Body(fields, "", true);
    }

    /** Refuses every member but these. */
    public void only(String... names) {
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (!List.of(names).contains(member.getKey())) {
                throw ErrorKind.UNKNOWN_PARAMETER.with(path + member.getKey());
            }
        }
    }

    /** This object, which must have all these members. */
    public Body require(String... names) {
        for (String name : names) {
            if (!has(name)) {
                throw ErrorKind.MISSING.with(path + name);
            }
        }
        return this;
    }

    /** True if there is such a member. */
    public boolean has(String name) {
        return !json.path(name).isMissingNode() && !json.path(name).isNull();
    }

    /** The member as it came; missing if there is none. */
    public JsonNode get(String name) {
        return json.path(name);
    }

    /** A copy of the whole object. */
    public ObjectNode copy() {
        return json.deepCopy();
    }

    /** A text that must be there. */
    public String text(String name) {
        return maybeText(name).orElseThrow(() -> ErrorKind.MISSING.with(path + name));
    }

    /** A text that may be there. */
    public Optional<String> maybeText(String name) {
        return typed(name, JsonType.STRING).map(JsonNode::asText);
    }

    /** One of these texts, which must be there. */
    public String choice(String name, String... values) {
        return maybeChoice(name, values).orElseThrow(() -> ErrorKind.MISSING.with(path + name));
    }

    /** One of these texts, if there is any. */
    public Optional<String> maybeChoice(String name, String... values) {
        Optional<String> text = maybeText(name);
        if (text.isPresent() && !List.of(values).contains(text.get())) {
            throw ErrorKind.VALUE.with(path + name, text.get(), Param.listed(List.of(values)));
        }
        return text;
    }

    /** A number in this range, which must be there. */
    public long integer(String name, long min, long max) {
        return maybeInteger(name, min, max).orElseThrow(() -> ErrorKind.MISSING.with(path + name));
    }

    /** A number in this range, if there is any. */
    public OptionalLong maybeInteger(String name, long min, long max) {
        if (!has(name)) {
            return OptionalLong.empty();
        }
        JsonNode value = number(name);
        JsonType.INTEGER.require(path + name, value);
        range(name, "integer", value.decimalValue(), BigDecimal.valueOf(min), BigDecimal.valueOf(max));
        return OptionalLong.of(value.asLong());
    }

    /** A number in this range, or what it is where there is none. */
    public double decimal(String name, double min, double max, double standard) {
        if (!has(name)) {
            return standard;
        }
        JsonNode value = number(name);
        JsonType.DECIMAL.require(path + name, value);
        range(name, "decimal", value.decimalValue(), plain(min), plain(max));
        return value.asDouble();
    }

    /** Texts, at most so many; none if there is no such member. */
    public List<String> texts(String name, int most) {
        List<String> texts = new ArrayList<>();
        typed(name, JsonType.STRINGS).ifPresent(array -> array.forEach(text -> texts.add(text.asText())));
        if (texts.size() > most) {
            throw ErrorKind.LONG_ARRAY.with(path + name, most, texts.size());
        }
        return texts;
    }

    /** An object inside this one, if there is any. */
    public Optional<Body> maybeObject(String name) {
        return typed(name, JsonType.OBJECT).map(value -> new Body(value, path + name + ".", form));
    }

    /** Objects inside this one; none if there is no such member. */
    public List<Body> objects(String name) {
        List<Body> objects = new ArrayList<>();
        typed(name, JsonType.OBJECTS)
                .ifPresent(array -> array.forEach(
                        value -> objects.add(new Body(value, path + name + "[" + objects.size() + "].", form))));
        return objects;
    }

    /** The pairs a user keeps with a thing; empty if there is no such member. */
    public Optional<ObjectNode> metadata() {
        Optional<JsonNode> pairs = typed("metadata", JsonType.OBJECT);
        pairs.ifPresent(this::checkPairs);
        return pairs.map(JsonNode::deepCopy);
    }

    private void checkPairs(JsonNode pairs) {
        if (pairs.size() > MOST_PAIRS) {
            throw ResourceError.MANY_PAIRS.with(path + "metadata", MOST_PAIRS, pairs.size());
        }
        for (Map.Entry<String, JsonNode> pair : pairs.properties()) {
            String name = path + "metadata." + pair.getKey();
            JsonType.STRING.require(name, pair.getValue());
            checkLength(name, pair.getKey(), LONGEST_KEY);
            checkLength(name, pair.getValue().asText(), LONGEST_VALUE);
        }
    }

    private static void checkLength(String name, String text, int longest) {
        if (text.length() > longest) {
            throw ResourceError.LONG_TEXT.with(name, longest, text.length());
        }
    }

    private Optional<JsonNode> typed(String name, JsonType type) {
        if (!has(name)) {
            return Optional.empty();
        }
        type.require(path + name, json.path(name));
        return Optional.of(json.path(name));
    }

    private JsonNode number(String name) {
        JsonNode value = json.path(name);
        if (!form || !value.isTextual()) {
            return value;
        }
        try {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(value.asText()).longValueExact());
        } catch (NumberFormatException | ArithmeticException notAnInteger) {
            return value;
        }
    }

    private void range(String name, String kind, BigDecimal value, BigDecimal min, BigDecimal max) {
        if (value.compareTo(min) < 0) {
            throw ErrorKind.BELOW.with(path + name, kind, min.toPlainString(), value.toPlainString());
        }
        if (value.compareTo(max) > 0) {
            throw ErrorKind.ABOVE.with(path + name, kind, max.toPlainString(), value.toPlainString());
        }
    }

    private static BigDecimal plain(double bound) {
        BigDecimal exact = BigDecimal.valueOf(bound).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}
