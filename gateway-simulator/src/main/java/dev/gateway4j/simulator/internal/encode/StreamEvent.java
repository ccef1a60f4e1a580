package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.json.Json;
import java.util.Map;
import java.util.TreeMap;

/** An event of a response's stream before it is written: its members are sorted as on the wire. Used by one thread. */
final class StreamEvent {
    /** What time passes before an event. */
    enum Wait {
        /** None. */
        NONE,
        /** That until the headers. */
        HEADERS,
        /** That until the first content. */
        FIRST,
        /** That of its tokens. */
        TOKENS,
        /** That between the last token and the end. */
        TAIL
    }

    private final String type;
    private final Wait wait;
    private final int tokens;
    private final Map<String, JsonNode> members = new TreeMap<>();

    StreamEvent(String type, Wait wait, int tokens) {
        this.type = type;
        this.wait = wait;
        this.tokens = tokens;
    }

    Wait waits() {
        return wait;
    }

    int tokens() {
        return tokens;
    }

    StreamEvent put(String name, JsonNode value) {
        members.put(name, value);
        return this;
    }

    /** The text that was said bit by bit; empty if this event says none. */
    String delta() {
        JsonNode delta = members.get("delta");
        return delta == null ? "" : delta.asText();
    }

    boolean isDelta() {
        return members.containsKey("delta");
    }

    /** The event with the line breaks after it. */
    String written() {
        String data = Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            for (Map.Entry<String, JsonNode> member : members.entrySet()) {
                json.writeFieldName(member.getKey());
                json.writeTree(member.getValue());
            }
            json.writeEndObject();
        });
        return "event: " + type + "\ndata: " + data + "\n\n";
    }
}
