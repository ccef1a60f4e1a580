package dev.gateway4j.okhttp.internal.cache.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What holds for every rendition, and a second opinion on what a stream says. */
final class Streams {
    private Streams() {}

    static Rendition assertSound(Rendition rendition) {
        int[] ends = rendition.ends();
        long[] times = rendition.atNanos();
        assertThat(ends).isNotEmpty().hasSameSizeAs(times);
        assertThat(ends[ends.length - 1]).isEqualTo(rendition.body().length);
        for (int i = 0; i < ends.length; i++) {
            assertThat(ends[i]).isGreaterThan(i == 0 ? 0 : ends[i - 1]);
            assertThat(times[i]).isGreaterThanOrEqualTo(i == 0 ? 0 : times[i - 1]);
        }
        return rendition;
    }

    /** The JSON of each event; {@code [DONE]} left out. */
    static List<JsonNode> data(Rendition rendition) {
        List<JsonNode> data = new ArrayList<>();
        for (String event : Bodies.events(rendition)) {
            event.lines()
                    .filter(line -> line.startsWith("data: ") && !line.endsWith("[DONE]"))
                    .forEach(line ->
                            data.add(Bodies.json(line.substring(6).getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        }
        return data;
    }

    /** A plain answer without what a stream has no place for: the number of a tool call, and that a content is left out instead of null. */
    static JsonNode comparable(JsonNode plain) {
        plain.path("choices").forEach(choice -> {
            if (choice.path("message") instanceof ObjectNode message) {
                message.path("tool_calls").forEach(call -> ((ObjectNode) call).remove("index"));
                if (!message.has("content")) {
                    message.putNull("content");
                }
            }
        });
        return plain;
    }

    static ArrayNode array(JsonNode node) {
        return (ArrayNode) node;
    }
}
