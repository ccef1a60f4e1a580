package dev.gateway4j.cassette.internal.care;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.openai.SseParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The events of a recorded stream.
 *
 * @param list every event, the one that was still open at the end included
 * @param cut whether the last event was still open when the body ended
 */
record Events(List<Event> list, boolean cut) {
    static Events of(byte[] body) {
        List<Event> events = new ArrayList<>();
        SseParser parser = new SseParser(
                (type, data, offset, length) ->
                        events.add(Event.of(type, Arrays.copyOfRange(data, offset, offset + length))),
                Integer.MAX_VALUE - 16);
        parser.feed(body, 0, body.length);
        boolean cut = parser.finish();
        parser.pending()
                .ifPresent(open -> events.add(Event.of(open.type(), open.data().getBytes(StandardCharsets.UTF_8))));
        return new Events(events, cut);
    }

    boolean has(String label) {
        return list.stream().anyMatch(event -> event.label().equals(label));
    }

    /**
     * One event.
     *
     * @param label how it is told from others: the name of the event, or the {@code type} or {@code object} its JSON names
     * @param done whether it is {@code [DONE]}
     * @param empty whether it has no data
     * @param json its data, if that is JSON
     */
    record Event(String label, boolean done, boolean empty, Optional<JsonNode> json) {
        static final String DONE = "[DONE]";

        private static Event of(String name, byte[] data) {
            if (data.length < 16
                    && new String(data, StandardCharsets.ISO_8859_1).strip().equals(DONE)) {
                return new Event(DONE, true, false, Optional.empty());
            }
            Optional<JsonNode> json = CareJson.parse(data);
            return new Event(label(name, json), false, data.length == 0, json);
        }

        private static String label(String name, Optional<JsonNode> json) {
            if (!name.equals("message")) {
                return name;
            }
            return json.map(value -> value.path("type").isTextual() ? value.path("type") : value.path("object"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .orElse(name);
        }

        /** True if it reports that the upstream failed. */
        boolean failed() {
            return label.equals("error")
                    || label.equals("response.failed")
                    || json.map(value -> value.path("error"))
                            .filter(JsonNode::isObject)
                            .isPresent();
        }
    }
}
