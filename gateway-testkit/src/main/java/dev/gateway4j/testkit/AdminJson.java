package dev.gateway4j.testkit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.JournalEntry;
import dev.gateway4j.simulator.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What the admin path shows, as JSON. */
final class AdminJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AdminJson() {}

    static ObjectNode object() {
        return JSON.objectNode();
    }

    /** One line, for people who read it in a terminal. */
    static byte[] bytes(JsonNode json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    static ObjectNode error(AdminError error) {
        ObjectNode json = object();
        ObjectNode said = json.putObject("error").put("what", error.what()).put("why", error.why());
        said.put("way_out", error.wayOut());
        if (!error.problems().isEmpty()) {
            said.set("problems", texts(error.problems()));
        }
        return json;
    }

    static ObjectNode entry(JournalEntry entry) {
        ObjectNode json = object().put("number", entry.number())
                .put("arrived", entry.arrived().toString())
                .put("call_id", entry.callId())
                .put("method", entry.method())
                .put("path", entry.path())
                .put("query", entry.query())
                .put("endpoint", entry.endpoint())
                .put("model", entry.model().orElse(null));
        json.set("headers", headers(entry.headers()));
        json.set("body", body(entry.bodyText()));
        json.put("user_said", entry.userSaid());
        json.set("answer", answer(entry));
        json.set("origin", origin(entry.origin()));
        return json;
    }

    static ObjectNode scenario(Scenario scenario) {
        ObjectNode json = object().put("name", scenario.name());
        scenario.priority().ifPresent(priority -> json.put("priority", priority));
        ArrayNode conditions = json.putArray("when");
        scenario.match().conditions().forEach(condition -> conditions
                .addObject()
                .put("subject", lower(condition.subject()))
                .put("key", condition.key())
                .put("test", lower(condition.test()))
                .put("value", condition.value()));
        ArrayNode answers = json.putArray("answers");
        scenario.answers().forEach(answer -> answers.add(body(answer.toJson())));
        String end =
                switch (scenario.exhausted()) {
                    case LAST_REPEATS -> "last";
                    case NEXT_RULE -> "next";
                    case ERROR -> "error";
                };
        return json.put("exhausted", end);
    }

    /** Parsed if it is JSON, else the text. */
    static JsonNode body(String text) {
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return MAPPER.readTree(text);
            } catch (JacksonException notJson) {
                return JSON.textNode(text);
            }
        }
        return JSON.textNode(text);
    }

    private static ObjectNode answer(JournalEntry entry) {
        JournalEntry.Reply reply = entry.reply();
        ObjectNode json = object().put("status", reply.status());
        json.set("headers", headers(reply.headers()));
        json.set("body", body(reply.bodyText()));
        json.put("ending", reply.ending())
                .put("cut", reply.cut())
                .put("first_ms", reply.first().toMillis())
                .put("last_ms", reply.last().toMillis())
                .put("text", entry.text());
        ArrayNode calls = json.putArray("tool_calls");
        for (Answer.Call call : entry.toolCalls()) {
            calls.addObject().put("name", call.name()).set("arguments", body(call.arguments()));
        }
        return json;
    }

    private static ObjectNode origin(JournalEntry.Origin origin) {
        ObjectNode json = object().put("answered_by", origin.answeredBy())
                .put("scenario", origin.scenario().orElse(null))
                .put("fault", origin.fault().orElse(null))
                .put("unmatched", origin.unmatched());
        json.set("rivals", texts(origin.rivals()));
        Optional<JournalEntry.NearMiss> nearest = origin.nearest();
        if (nearest.isPresent()) {
            json.putObject("nearest")
                    .put("scenario", nearest.get().scenario())
                    .set("failed", texts(nearest.get().failed()));
        }
        return json.put("seed", origin.seed()).put("occurrence", origin.occurrence());
    }

    private static ObjectNode headers(WireHeaders headers) {
        ObjectNode json = object();
        headers.entries().forEach(field -> {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            JsonNode before = json.get(name);
            json.put(name, before == null ? field.getValue() : before.asText() + ", " + field.getValue());
        });
        return json;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
