package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds one value against its shape and tells what is wrong first, as OpenAI would. Used by one thread at a time. */
public final class Checker {
    private static final Set<String> UNDECLARED = Set.of(
            "return_token_budget",
            "search_content_types",
            "output_schema",
            "n",
            "background",
            "output_format",
            "quality",
            "revised_prompt",
            "size",
            "status");
    /** What items of earlier answers come without, though the document asks for it. */
    private static final Set<String> LEFT_OUT = Set.of(
            "id",
            "status",
            "annotations",
            "logprobs",
            "bytes",
            "top_logprobs",
            "outputs",
            "pending_safety_checks",
            "request_id",
            "keys",
            "env",
            "fingerprint");
    /** What the document asks for and the service does not, wherever it stands. */
    private static final Set<String> NOT_DEMANDED = Set.of("detail");
    /** The same in a tool that is a function. */
    private static final Set<String> NOT_DEMANDED_OF_FUNCTIONS = Set.of("strict", "parameters");

    private static final Pattern ITEM = Pattern.compile("^(?:input|items)\\[");
    private static final Pattern TOOL = Pattern.compile("(?:^|\\.)tools\\[\\d+]$");
    private static final Pattern SIZE = Pattern.compile("\\d+x\\d+");

    private final boolean closed;
    private final boolean forgiving;
    private final StringBuilder path = new StringBuilder();

    private Checker(boolean closed, boolean forgiving) {
        this.closed = closed;
        this.forgiving = forgiving;
    }

    /**
     * What is wrong with a request's body.
     *
     * @param closed true if members that are not declared are wrong
     */
    public static Optional<ApiError> problem(Shape shape, JsonNode value, boolean closed) {
        return Optional.ofNullable(new Checker(closed, true).check(shape, value, closed));
    }

    /** What is wrong inside the members of a request's body that are objects or arrays, the body itself being judged elsewhere. */
    public static Optional<ApiError> nestedProblem(Shape shape, JsonNode body) {
        Checker checker = new Checker(true, true);
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            Optional<Shape> declared = shape.property(member.getKey());
            if (declared.isPresent() && member.getValue().isContainerNode()) {
                checker.path.append(member.getKey());
                @Nullable ApiError error = checker.check(declared.get(), member.getValue(), true);
                if (error != null) {
                    return Optional.of(error);
                }
                checker.path.setLength(0);
            }
        }
        return Optional.empty();
    }

    /** What is wrong with one parameter. */
    public static Optional<ApiError> problem(Shape shape, JsonNode value, String name) {
        Checker checker = new Checker(false, true);
        checker.path.append(name);
        return Optional.ofNullable(checker.check(shape, value, false));
    }

    /** True if a value is just what the shape says: nothing else in it, and null only where null is allowed. */
    static boolean fits(Shape shape, JsonNode value) {
        return new Checker(true, false).check(shape, value, true) == null;
    }

    private @Nullable ApiError check(Shape shape, JsonNode value, boolean here) {
        if (value.isNull()) {
            boolean anything = shape.types().isEmpty()
                    && shape.unions().isEmpty()
                    && shape.values().isEmpty();
            boolean allowed =
                    shape.nullable() || anything || shape.leaves().stream().anyMatch(Shape::nullable);
            return allowed ? null : ErrorKind.TYPE.with(path, Words.expected(shape), "null");
        }
        if (!shape.types().isEmpty() && shape.types().stream().noneMatch(type -> is(type, value))) {
            return ErrorKind.TYPE.with(path, Words.expected(shape), Words.got(value));
        }
        if (!shape.values().isEmpty() && !has(shape.values(), value) && !isSize(value)) {
            return ErrorKind.VALUE.with(path, value.asText(), Words.listed(texts(List.of(shape))));
        }
        @Nullable ApiError inside = value.isContainerNode() ? container(shape, value, here) : scalar(shape, value);
        if (inside != null) {
            return inside;
        }
        for (Shape.Union union : shape.unions()) {
            @Nullable ApiError error = union(union, shape, value, here && shape.onlyUnion());
            if (error != null) {
                return error;
            }
        }
        return null;
    }

    private @Nullable ApiError container(Shape shape, JsonNode value, boolean here) {
        return value.isArray() ? array(shape, value) : object(shape, value, here);
    }

    private @Nullable ApiError object(Shape shape, JsonNode value, boolean here) {
        boolean narrow = here && closed && !shape.onlyUnion() && !open(shape, value);
        Set<String> known = narrow ? known(shape, value) : Set.of();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String name = member.getKey();
            Optional<Shape> declared = shape.property(name);
            int mark = path.length();
            path.append(mark == 0 ? "" : ".").append(name);
            @Nullable ApiError error = null;
            if (declared.isPresent()) {
                boolean absent = forgiving
                        && member.getValue().isNull()
                        && !shape.required().contains(name);
                error = absent ? null : check(declared.get(), member.getValue(), closed);
            } else if (narrow && !known.contains(name) && !isOnTheWire(name)) {
                error = ErrorKind.UNKNOWN_PARAMETER.with(path);
            } else if (shape.additional().isPresent()) {
                error = check(shape.additional().get(), member.getValue(), closed);
            }
            path.setLength(mark);
            if (error != null) {
                return error;
            }
        }
        return missing(shape, value);
    }

    private @Nullable ApiError missing(Shape shape, JsonNode value) {
        for (String name : shape.required()) {
            if (!value.has(name) && !(forgiving && isDispensable(name))) {
                return ErrorKind.MISSING.with(path.isEmpty() ? name : path + "." + name);
            }
        }
        JsonNode most = shape.fact("maxProperties");
        return most.isNumber() && value.size() > most.asInt()
                ? ErrorKind.MANY_PROPERTIES.with(path, most.asInt(), value.size())
                : null;
    }

    /** The service does without some of what the document asks for. */
    private boolean isDispensable(String name) {
        return NOT_DEMANDED.contains(name)
                || (LEFT_OUT.contains(name) && ITEM.matcher(path).find())
                || (NOT_DEMANDED_OF_FUNCTIONS.contains(name)
                        && TOOL.matcher(path).find());
    }

    /** Tools and items of earlier answers have members the document does not know. */
    private boolean isOnTheWire(String name) {
        boolean undeclared = UNDECLARED.contains(name) && (path.indexOf("input[") == 0 || path.indexOf("tools[") == 0);
        // Applications send an answer's message back as they got it.
        boolean echoed = name.equals("annotations") && path.indexOf("messages[") == 0;
        return forgiving && (undeclared || echoed);
    }

    /** Pictures have sizes beyond those the document lists. */
    private boolean isSize(JsonNode value) {
        return forgiving && value.isTextual() && SIZE.matcher(value.asText()).matches();
    }

    private @Nullable ApiError array(Shape shape, JsonNode value) {
        int least = shape.fact("minItems").asInt();
        if (value.size() < least) {
            return value.isEmpty() && least == 1
                    ? ErrorKind.EMPTY_ARRAY.with(path)
                    : ErrorKind.SHORT_ARRAY.with(path, least, value.size());
        }
        JsonNode most = shape.fact("maxItems");
        if (most.isNumber() && value.size() > most.asInt()) {
            return ErrorKind.LONG_ARRAY.with(path, most.asInt(), value.size());
        }
        Optional<Shape> items = shape.items();
        for (int i = 0; items.isPresent() && i < value.size(); i++) {
            int mark = path.length();
            path.append('[').append(i).append(']');
            @Nullable ApiError error = check(items.get(), value.get(i), closed);
            path.setLength(mark);
            if (error != null) {
                return error;
            }
        }
        return null;
    }

    private @Nullable ApiError scalar(Shape shape, JsonNode value) {
        if (value.isNumber()) {
            return number(shape, value);
        }
        return value.isTextual() ? text(shape, value.asText()) : null;
    }

    private @Nullable ApiError text(Shape shape, String text) {
        int length = text.codePointCount(0, text.length());
        int least = shape.fact("minLength").asInt();
        if (length < least) {
            return length == 0
                    ? ErrorKind.EMPTY_STRING.with(path, least)
                    : ErrorKind.SHORT_STRING.with(path, least, length);
        }
        JsonNode most = shape.fact("maxLength");
        if (most.isNumber() && length > most.asInt()) {
            return ErrorKind.LONG_STRING.with(path, most.asInt(), length);
        }
        boolean fits =
                shape.pattern().isEmpty() || shape.pattern().get().matcher(text).find();
        return fits ? null : ErrorKind.PATTERN.with(path, shape.pattern().get().pattern());
    }

    private @Nullable ApiError number(Shape shape, JsonNode value) {
        String kind = shape.types().contains("integer") ? "integer" : "decimal";
        BigDecimal number = value.decimalValue();
        JsonNode least = shape.fact("minimum");
        if (least.isNumber() && number.compareTo(least.decimalValue()) < 0) {
            return ErrorKind.BELOW.with(path, kind, shown(least), value.asText());
        }
        JsonNode above = shape.fact("exclusiveMinimum");
        if (above.isNumber() && number.compareTo(above.decimalValue()) <= 0) {
            return ErrorKind.BELOW.with(path, kind, shown(above), value.asText());
        }
        JsonNode most = shape.fact("maximum");
        if (most.isNumber() && number.compareTo(most.decimalValue()) > 0) {
            return ErrorKind.ABOVE.with(path, kind, shown(most), value.asText());
        }
        return null;
    }

    private @Nullable ApiError union(Shape.Union union, Shape whole, JsonNode value, boolean here) {
        List<Shape> branches = union.branches().stream().map(Shape.Inner::shape).toList();
        List<Shape> typed =
                branches.stream().filter(branch -> couldBe(branch, value)).toList();
        if (typed.isEmpty()) {
            return ErrorKind.TYPE.with(path, Words.expected(whole), Words.got(value));
        }
        List<Shape> claiming =
                typed.stream().filter(branch -> claims(branch, value)).toList();
        if (claiming.isEmpty()) {
            return unclaimed(typed, value);
        }
        @Nullable ApiError first = null;
        int fitting = 0;
        for (Shape branch : claiming) {
            @Nullable ApiError error = check(branch, value, here);
            fitting += error == null ? 1 : 0;
            if (error == null && (forgiving || !union.exactlyOne())) {
                return null;
            }
            first = first == null || deeper(error, first) ? error : first;
        }
        if (fitting == 1) {
            return null;
        }
        return value.isTextual()
                ? text(claiming, value, first)
                : first == null ? ErrorKind.PATTERN.with(path, "") : first;
    }

    private ApiError text(List<Shape> claiming, JsonNode value, @Nullable ApiError first) {
        boolean enumerated =
                claiming.stream().noneMatch(branch -> branch.values().isEmpty());
        return enumerated || first == null
                ? ErrorKind.VALUE.with(path, value.asText(), Words.listed(texts(claiming)))
                : first;
    }

    /** No branch has the value's {@code type}: either it says none or it says an unknown one. */
    private ApiError unclaimed(List<Shape> branches, JsonNode value) {
        for (String name : List.of("type", "role", "object", "event")) {
            Set<String> allowed = new LinkedHashSet<>();
            branches.stream().flatMap(branch -> branch.leaves().stream()).forEach(leaf -> leaf.property(name)
                    .ifPresent(shape -> allowed.addAll(texts(List.of(shape)))));
            JsonNode said = value.path(name);
            if (!allowed.isEmpty() && !allowed.contains(said.asText())) {
                String where = path.isEmpty() ? name : path + "." + name;
                if (said.isMissingNode()) {
                    return ErrorKind.MISSING.with(where);
                }
                return said.isTextual()
                        ? ErrorKind.VALUE.with(where, said.asText(), Words.listed(allowed))
                        : ErrorKind.TYPE.with(where, "a string", Words.got(said));
            }
        }
        @Nullable ApiError error = check(branches.get(0), value, false);
        return error == null ? ErrorKind.MISSING.with(path + ".type") : error;
    }

    /** True if an error tells more than the one so far: that a part is of another kind only says that this was not the branch. */
    private static boolean deeper(@Nullable ApiError error, ApiError than) {
        if (error == null || isKind(error) != isKind(than)) {
            return error != null && isKind(than);
        }
        return error.param().orElse("").length() > than.param().orElse("").length();
    }

    private static boolean isKind(ApiError error) {
        String param = error.param().orElse("");
        return param.endsWith(".type") || param.endsWith(".role");
    }

    /** True if the constants of a branch do not speak against the value. */
    private static boolean claims(Shape branch, JsonNode value) {
        if (!value.isObject()) {
            return true;
        }
        if (branch.onlyUnion()) {
            return branch.unions().stream()
                    .flatMap(union -> union.branches().stream())
                    .anyMatch(inner -> claims(inner.shape(), value));
        }
        for (String name : List.of("type", "role", "object", "event")) {
            Optional<Shape> declared = branch.property(name);
            boolean mustBe = branch.required().contains(name);
            if (declared.isEmpty() || declared.get().values().isEmpty()) {
                continue;
            }
            if (value.has(name) ? !has(declared.get().values(), value.path(name)) : mustBe) {
                return false;
            }
        }
        return true;
    }

    private static boolean couldBe(Shape shape, JsonNode value) {
        return shape.leaves().stream()
                .anyMatch(
                        leaf -> leaf.types().isEmpty() || leaf.types().stream().anyMatch(type -> is(type, value)));
    }

    /** True if the value may have members that nobody declared. */
    private static boolean open(Shape shape, JsonNode value) {
        return shape.open()
                || shape.unions().stream()
                        .flatMap(union -> union.branches().stream())
                        .map(Shape.Inner::shape)
                        .anyMatch(branch -> claims(branch, value)
                                && open(branch, value)
                                && !branch.names().isEmpty());
    }

    private static Set<String> known(Shape shape, JsonNode value) {
        if (shape.unions().isEmpty()) {
            return shape.names();
        }
        Set<String> names = new HashSet<>(shape.names());
        shape.unions().stream()
                .flatMap(union -> union.branches().stream())
                .map(Shape.Inner::shape)
                .filter(branch -> claims(branch, value))
                .forEach(branch -> names.addAll(known(branch, value)));
        return names;
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            default -> value.isNull();
        };
    }

    private static boolean has(List<JsonNode> values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value) || (one.isNumber() && value.isNumber() && one.asDouble() == value.asDouble())) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> texts(List<Shape> shapes) {
        Set<String> texts = new LinkedHashSet<>();
        for (Shape shape : shapes) {
            shape.leaves().forEach(leaf -> leaf.values().forEach(value -> texts.add(value.asText())));
        }
        return texts;
    }

    private static String shown(JsonNode bound) {
        return bound.decimalValue().stripTrailingZeros().toPlainString();
    }
}
