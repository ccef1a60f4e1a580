package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a value may look like, with references followed and the parts of an {@code allOf} put together. Immutable once made; the shapes inside
 * it are made when they are first asked for. Thread-safe.
 */
public final class Shape {
    private final Function<String, Shape> named;
    private final Set<String> types = new LinkedHashSet<>();
    private final Map<String, Inner> properties = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();
    private final List<JsonNode> values = new ArrayList<>();
    private final List<Union> unions = new ArrayList<>();
    private final Map<String, JsonNode> plain = new LinkedHashMap<>();
    private @Nullable Inner items;
    private @Nullable Inner additional;
    private @Nullable Pattern pattern;
    private volatile @Nullable List<Shape> leaves;
    private boolean open;
    private boolean nullable;

    /**
     * Several shapes of which one holds.
     *
     * @param branches the shapes
     * @param exactlyOne true if no two of them may hold
     */
    record Union(List<Inner> branches, boolean exactlyOne) {}

    /** A shape inside another, made when it is needed: shapes refer to each other in circles. */
    static final class Inner {
        private final JsonNode facts;
        private final Function<String, Shape> named;
        private volatile @Nullable Shape shape;

        private Inner(JsonNode facts, Function<String, Shape> named) {
            this.facts = facts;
            this.named = named;
        }

        Shape shape() {
            Shape made = shape;
            if (made == null) {
                made = of(facts, named);
                shape = made; // two threads may both make it; the shapes are alike
            }
            return made;
        }
    }

    private Shape(Function<String, Shape> named) {
        this.named = named;
    }

    /** The shape of these facts, where names lead to other shapes. */
    static Shape of(JsonNode facts, Function<String, Shape> named) {
        if (facts.size() == 1 && facts.has("$ref")) {
            return named.apply(facts.path("$ref").asText());
        }
        Shape shape = new Shape(named);
        shape.take(facts);
        shape.simplify();
        shape.open |= shape.properties.isEmpty() && shape.unions.isEmpty();
        return shape;
    }

    private void take(JsonNode facts) {
        if (facts.has("$ref")) {
            take(named.apply(facts.path("$ref").asText()));
        }
        boolean all = !facts.path("allOf").isEmpty();
        for (JsonNode part : facts.path("allOf")) {
            Shape shape = of(part, named);
            take(shape);
            all &= shape.nullable || shape.saysNothing();
        }
        nullable = facts.has("allOf") ? all : nullable; // null must be allowed by every part
        types(facts.path("type"));
        if (facts.has("enum")) {
            values.clear();
            facts.path("enum").forEach(values::add);
        }
        nullable |= facts.path("nullable").asBoolean();
        for (Map.Entry<String, JsonNode> property : facts.path("properties").properties()) {
            properties.put(property.getKey(), new Inner(property.getValue(), named));
        }
        facts.path("required").forEach(name -> required.add(name.asText()));
        if (facts.has("items")) {
            items = new Inner(facts.path("items"), named);
        }
        JsonNode more = facts.path("additionalProperties");
        open |= more.isObject() || more.asBoolean();
        if (more.isObject()) {
            additional = new Inner(more, named);
        }
        union(facts.path("anyOf"), false);
        union(facts.path("oneOf"), true);
        if (facts.has("pattern")) {
            pattern = Pattern.compile(facts.path("pattern").asText());
        }
        if (facts instanceof ObjectNode members) {
            members.properties().stream()
                    .filter(fact -> fact.getValue().isValueNode())
                    .forEach(fact -> plain.put(fact.getKey(), fact.getValue()));
        }
    }

    private void take(Shape other) {
        if (types.isEmpty()) {
            types.addAll(other.types);
        }
        properties.putAll(other.properties);
        required.addAll(other.required);
        if (!other.values.isEmpty()) {
            values.clear();
            values.addAll(other.values);
        }
        unions.addAll(other.unions);
        plain.putAll(other.plain);
        items = other.items == null ? items : other.items;
        additional = other.additional == null ? additional : other.additional;
        pattern = other.pattern == null ? pattern : other.pattern;
        // A part without members of its own is open, which says nothing about the whole.
        open |= other.open && !(other.properties.isEmpty() && other.unions.isEmpty() && other.additional == null);
        nullable |= other.nullable;
    }

    private void types(JsonNode type) {
        List<String> named = new ArrayList<>();
        if (type.isTextual()) {
            named.add(type.asText());
        }
        type.forEach(one -> named.add(one.asText()));
        nullable |= named.remove("null");
        if (!named.isEmpty()) {
            types.clear();
            types.addAll(named);
        } else if (nullable && !type.isMissingNode()) {
            types.add("null");
        }
    }

    private void union(JsonNode branches, boolean exactlyOne) {
        List<Inner> inner = new ArrayList<>();
        boolean onlyRequires = true;
        for (JsonNode branch : branches) {
            boolean isNull = branch.size() == 1 && branch.path("type").asText().equals("null");
            nullable |= isNull;
            if (!isNull) {
                inner.add(new Inner(branch, named));
                onlyRequires &= branch.isEmpty() || (branch.size() == 1 && branch.has("required"));
            }
        }
        if (!inner.isEmpty() && !onlyRequires) {
            unions.add(new Union(List.copyOf(inner), exactlyOne));
        }
    }

    /** A union with one branch left is that branch. */
    private void simplify() {
        if (unions.size() == 1 && unions.get(0).branches().size() == 1) {
            Inner only = unions.remove(0).branches().get(0);
            take(only.shape());
            open |= only.shape().open;
        }
    }

    /** The types it may have, as JSON Schema calls them, without {@code null}; empty if unions decide, or nothing does. */
    Set<String> types() {
        return types;
    }

    /** True if null is such a value. */
    boolean nullable() {
        return nullable;
    }

    /** True if an object may have members that are not declared. */
    boolean open() {
        return open;
    }

    /** The names of declared members. */
    Set<String> names() {
        return properties.keySet();
    }

    /** The shape of a declared member. */
    Optional<Shape> property(String name) {
        return Optional.ofNullable(properties.get(name)).map(Inner::shape);
    }

    /** The members that must be there. */
    Set<String> required() {
        return required;
    }

    /** The shape of an array's elements. */
    Optional<Shape> items() {
        return Optional.ofNullable(items).map(Inner::shape);
    }

    /** The shape of members that are not declared. */
    Optional<Shape> additional() {
        return Optional.ofNullable(additional).map(Inner::shape);
    }

    /** The values it may have; empty if they are not enumerated. */
    List<JsonNode> values() {
        return values;
    }

    /** Its unions, all of which hold. */
    List<Union> unions() {
        return unions;
    }

    /** The pattern a text must have. */
    Optional<Pattern> pattern() {
        return Optional.ofNullable(pattern);
    }

    /** Another fact by the name JSON Schema gives it, such as {@code maxLength}; missing if there is none. */
    JsonNode fact(String name) {
        JsonNode fact = plain.get(name);
        return fact == null ? MissingNode.getInstance() : fact;
    }

    private boolean saysNothing() {
        return types.isEmpty() && unions.isEmpty() && values.isEmpty();
    }

    /** True if it only says that one of several shapes holds. */
    boolean onlyUnion() {
        return !unions.isEmpty() && properties.isEmpty();
    }

    /** All shapes it may be in the end, unions inside unions taken apart. */
    public List<Shape> leaves() {
        @Nullable List<Shape> known = leaves;
        if (known == null) {
            known = onlyUnion() ? inner() : List.of(this);
            leaves = known; // two threads may both find them; the lists are alike
        }
        return known;
    }

    private List<Shape> inner() {
        List<Shape> inner = new ArrayList<>();
        for (Union union : unions) {
            union.branches().forEach(branch -> inner.addAll(branch.shape().leaves()));
        }
        return List.copyOf(inner);
    }

    /** The one value a member can have, such as that of {@code type}; empty if it can have others. */
    public Optional<String> constant(String member) {
        return property(member)
                .filter(shape -> shape.values().size() == 1)
                .map(shape -> shape.values().get(0).asText());
    }

    /** True if it is a text and nothing else, which as an answer means raw bytes. */
    public boolean onlyText() {
        return types.equals(Set.of("string"));
    }
}
