package dev.gateway4j.cassette.internal.care;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON value looks like, whatever it says. Several values have one shape together. Immutable.
 *
 * @param kinds what the value is, or the values are
 * @param members the members of objects, by name
 * @param elements one shape for all elements of lists; empty if there are none
 * @param words what it says, where that is a word of the protocol and not of somebody
 */
record Shape(Set<Kind> kinds, SortedMap<String, Member> members, Optional<Shape> elements, SortedSet<String> words) {
    /** Members whose texts are words of the protocol. */
    private static final Set<String> WORDED = Set.of(
            "finishReason",
            "finish_reason",
            "object",
            "reason",
            "role",
            "service_tier",
            "status",
            "stop_reason",
            "type");

    private static final SortedMap<String, Member> NO_MEMBERS = Collections.emptySortedMap();
    private static final SortedSet<String> NO_WORDS = Collections.emptySortedSet();

    /** What a value can be. */
    enum Kind {
        /** No value. */
        NULL("null"),
        /** True or false. */
        BOOLEAN("a boolean"),
        /** A number. */
        NUMBER("a number"),
        /** A text. */
        TEXT("a text"),
        /** A list. */
        LIST("a list"),
        /** An object. */
        OBJECT("an object");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * A member of an object.
     *
     * @param shape of its values
     * @param always whether every object has it
     */
    record Member(Shape shape, boolean always) {
        private Member and(@Nullable Member other) {
            return other == null
                    ? new Member(shape, false)
                    : new Member(shape.and(other.shape), always && other.always);
        }
    }

    /** The shape of a value. */
    static Shape of(JsonNode value) {
        return of(value, false);
    }

    private static Shape of(JsonNode value, boolean worded) {
        Kind kind = kind(value);
        SortedMap<String, Member> members = NO_MEMBERS;
        if (kind == Kind.OBJECT) {
            members = new TreeMap<>();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                Shape shape = of(member.getValue(), WORDED.contains(member.getKey()));
                members.put(member.getKey(), new Member(shape, true));
            }
        }
        return new Shape(
                EnumSet.of(kind),
                members,
                kind == Kind.LIST ? elements(value) : Optional.empty(),
                words(value, worded));
    }

    private static Kind kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> Kind.BOOLEAN;
            case NUMBER -> Kind.NUMBER;
            case STRING -> Kind.TEXT;
            case ARRAY -> Kind.LIST;
            case OBJECT -> Kind.OBJECT;
            default -> Kind.NULL;
        };
    }

    private static Optional<Shape> elements(JsonNode list) {
        Optional<Shape> all = Optional.empty();
        for (JsonNode element : list) {
            Shape shape = of(element);
            all = Optional.of(all.isEmpty() ? shape : all.get().and(shape));
        }
        return all;
    }

    private static SortedSet<String> words(JsonNode value, boolean worded) {
        boolean word = worded && value.isTextual() && value.textValue().matches("[A-Za-z][A-Za-z0-9_.-]{0,47}");
        return word ? new TreeSet<>(Set.of(value.textValue())) : NO_WORDS;
    }

    /** One shape for what has this shape and what has that one. */
    Shape and(Shape other) {
        if (equals(other)) {
            return this;
        }
        EnumSet<Kind> allKinds = EnumSet.copyOf(kinds);
        allKinds.addAll(other.kinds);
        SortedSet<String> allWords = new TreeSet<>(words);
        allWords.addAll(other.words);
        return new Shape(allKinds, membersAnd(other), elementsAnd(other), allWords);
    }

    private SortedMap<String, Member> membersAnd(Shape other) {
        if (!is(Kind.OBJECT) || !other.is(Kind.OBJECT)) {
            return is(Kind.OBJECT) ? members : other.members; // what is no object lacks no member
        }
        SortedMap<String, Member> all = new TreeMap<>();
        members.forEach((name, member) -> all.put(name, member.and(other.members.get(name))));
        other.members.forEach((name, member) -> all.putIfAbsent(name, new Member(member.shape(), false)));
        return all;
    }

    private Optional<Shape> elementsAnd(Shape other) {
        if (elements.isEmpty() || other.elements.isEmpty()) {
            return elements.or(() -> other.elements);
        }
        return Optional.of(elements.get().and(other.elements.get()));
    }

    boolean is(Kind kind) {
        return kinds.contains(kind);
    }

    /** The kinds of what is there, without null. */
    Set<Kind> values() {
        EnumSet<Kind> values = EnumSet.noneOf(Kind.class);
        values.addAll(kinds);
        values.remove(Kind.NULL);
        return values;
    }
}
