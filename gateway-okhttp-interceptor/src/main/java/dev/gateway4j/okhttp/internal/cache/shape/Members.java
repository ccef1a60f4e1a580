package dev.gateway4j.okhttp.internal.cache.shape;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the members of an object stand in its bytes. */
record Members(List<Member> all) {
    /** A member: its name, the kind of its value, and where that stands. */
    record Member(String name, JsonToken kind, int start, int end) {}

    /** Those of the object that these bytes are; empty if they are no object. */
    static Optional<Members> of(byte[] bytes) throws IOException {
        try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Members members = of(json);
            return json.nextToken() == null ? Optional.of(members) : Optional.empty();
        }
    }

    /** Those of the object whose beginning was just read. */
    static Members of(JsonParser json) throws IOException {
        List<Member> all = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken kind = json.nextToken();
            int start = Json.start(json);
            all.add(new Member(name, kind, start, Json.skip(json)));
        }
        return new Members(all);
    }

    Optional<Member> find(String name) {
        return all.stream().filter(member -> member.name().equals(name)).findFirst();
    }
}
