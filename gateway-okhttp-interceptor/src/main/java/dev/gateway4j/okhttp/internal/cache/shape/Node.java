package dev.gateway4j.okhttp.internal.cache.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A JSON value that keeps the order of members and the spelling of numbers. Not thread-safe. */
sealed interface Node {
    void write(JsonGenerator json) throws IOException;

    /** The text of a string; empty for everything else. */
    default String text() {
        return "";
    }

    default boolean isText() {
        return this instanceof Text || this instanceof Growing;
    }

    /** True unless it is {@code null} or does not exist. */
    default boolean isSomething() {
        return !equals(Raw.NULL) && !equals(Raw.ABSENT);
    }

    /** A member of an object; absent in everything else. */
    default Node get(String name) {
        return Raw.ABSENT;
    }

    /** The elements of an array; none of everything else. */
    default List<Node> elements() {
        return List.of();
    }

    /** Reads one value whose first token was read. */
    static Node read(JsonToken first, JsonParser json) throws IOException {
        return switch (first) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> new Text(json.getText());
            case VALUE_NULL -> Raw.NULL;
            default -> new Raw(json.getText());
        };
    }

    private static Obj object(JsonParser json) throws IOException {
        Obj object = new Obj();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_OBJECT; token = json.nextToken()) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            object.put(name, name.equals("embedding") ? vector(value, json) : read(value, json));
        }
        return object;
    }

    private static Arr array(JsonParser json) throws IOException {
        Arr array = new Arr();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            array.add(read(token, json));
        }
        return array;
    }

    /** The thousands of numbers of a vector are passed over; only whether there are any is kept. */
    private static Node vector(JsonToken first, JsonParser json) throws IOException {
        if (first != JsonToken.START_ARRAY) {
            return read(first, json);
        }
        Arr array = new Arr();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (array.elements().isEmpty()) {
                array.add(read(token, json));
            } else {
                json.skipChildren();
            }
        }
        return array;
    }

    /** A string. */
    record Text(String text) implements Node {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeString(text);
        }
    }

    /** A string that is put together from pieces. */
    final class Growing implements Node {
        private final StringBuilder pieces = new StringBuilder();

        Growing add(String piece) {
            pieces.append(piece);
            return this;
        }

        @Override
        public String text() {
            return pieces.toString();
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeString(pieces.toString());
        }
    }

    /** A number, {@code true}, {@code false} or {@code null}, as it was spelled. */
    record Raw(String json) implements Node {
        static final Raw NULL = new Raw("null");
        /** What a member is that does not exist. Never written. */
        static final Raw ABSENT = new Raw("");

        static Raw of(long number) {
            return new Raw(Long.toString(number));
        }

        @Override
        public void write(JsonGenerator out) throws IOException {
            out.writeRawValue(json);
        }
    }

    /** An array. */
    final class Arr implements Node {
        private final List<Node> elements = new ArrayList<>();

        static Arr of(Node... nodes) {
            Arr array = new Arr();
            for (Node node : nodes) {
                array.add(node);
            }
            return array;
        }

        void add(Node element) {
            elements.add(element);
        }

        void addAll(Node other) {
            elements.addAll(other.elements());
        }

        @Override
        public List<Node> elements() {
            return elements;
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStartArray();
            for (Node element : elements) {
                element.write(json);
            }
            json.writeEndArray();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Arr that && elements.equals(that.elements);
        }

        @Override
        public int hashCode() {
            return elements.hashCode();
        }
    }

    /** An object. */
    final class Obj implements Node {
        private final Map<String, Node> members = new LinkedHashMap<>();

        Obj put(String name, Node value) {
            members.put(name, value);
            return this;
        }

        Obj put(String name, String value) {
            return put(name, new Text(value));
        }

        Obj put(String name, long value) {
            return put(name, Raw.of(value));
        }

        /** Puts a member that exists. */
        Obj putIfPresent(String name, Node value) {
            return value.equals(Raw.ABSENT) ? this : put(name, value);
        }

        Obj without(String name) {
            members.remove(name);
            return this;
        }

        /** Another object with the same members, which may be changed. */
        Obj copy() {
            Obj copy = new Obj();
            copy.members.putAll(members);
            return copy;
        }

        Obj with(Consumer<Obj> change) {
            change.accept(this);
            return this;
        }

        Map<String, Node> members() {
            return members;
        }

        boolean isEmpty() {
            return members.isEmpty();
        }

        @Override
        public Node get(String name) {
            return members.getOrDefault(name, Raw.ABSENT);
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            for (Map.Entry<String, Node> member : members.entrySet()) {
                json.writeFieldName(member.getKey());
                member.getValue().write(json);
            }
            json.writeEndObject();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Obj that && members.equals(that.members);
        }

        @Override
        public int hashCode() {
            return members.hashCode();
        }
    }
}
