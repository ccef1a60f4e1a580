package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges the events of a response's stream: what may follow what, and whether bits and wholes agree. */
final class EventGrammar {
    private static final Set<String> ENDS = Set.of("response.completed", "response.incomplete", "response.failed");
    private static final Map<String, String> WHOLES = Map.of(
            "response.output_text", "text",
            "response.refusal", "refusal",
            "response.reasoning_summary_text", "text",
            "response.function_call_arguments", "arguments",
            "response.custom_tool_call_input", "input",
            "response.mcp_call_arguments", "arguments",
            "response.code_interpreter_call_code", "code",
            "response.apply_patch_call_operation_diff", "diff",
            "response.shell_call_command", "command");

    private final List<JsonNode> done = new ArrayList<>();
    private final Map<String, StringBuilder> said = new HashMap<>();
    private String openItem = "";
    private String openPart = "";
    private State state = State.NEW;
    private boolean erred;

    private enum State {
        NEW,
        CREATED,
        QUEUED,
        RUNNING,
        ENDED
    }

    private EventGrammar() {}

    /** The response a whole stream ends with. */
    static JsonNode judge(List<JsonNode> events) {
        return judge(events, 0);
    }

    /** The response at the end of a stream of which the events before this number are missing. */
    static JsonNode judge(List<JsonNode> events, int from) {
        EventGrammar grammar = new EventGrammar();
        if (from > 0) {
            grammar.state = State.RUNNING;
        }
        for (int i = 0; i < events.size(); i++) {
            JsonNode event = events.get(i);
            checkForm(event, from + i);
            if (from == 0) {
                grammar.next(event.path("type").asText(), event);
            }
        }
        JsonNode last = events.get(events.size() - 1);
        assertThat(ENDS).contains(last.path("type").asText());
        if (from == 0) {
            grammar.checkEnd(last);
        }
        return last.path("response");
    }

    private static void checkForm(JsonNode event, int number) {
        List<String> keys = new ArrayList<>();
        event.fieldNames().forEachRemaining(keys::add);
        assertThat(keys.get(0)).isEqualTo("type");
        assertThat(keys.subList(1, keys.size())).isSorted();
        assertThat(event.path("sequence_number").asInt(-1)).as(event.toString()).isEqualTo(number);
    }

    private void next(String type, JsonNode event) {
        String at = event.toString();
        assertThat(state).as(at).isNotEqualTo(State.ENDED);
        switch (type) {
            case "response.created" -> move(State.NEW, State.CREATED, at);
            case "response.queued" -> move(State.CREATED, State.QUEUED, at);
            case "response.in_progress" -> {
                assertThat(state).as(at).isIn(State.CREATED, State.QUEUED);
                state = State.RUNNING;
            }
            case "response.output_item.added" -> added(event, at);
            case "response.output_item.done" -> itemDone(event, at);
            case "response.content_part.added", "response.reasoning_summary_part.added" -> {
                inside(event, at);
                assertThat(openPart).as(at).isEmpty();
                openPart = type.substring(0, type.lastIndexOf('.'));
            }
            case "response.content_part.done", "response.reasoning_summary_part.done" -> {
                inside(event, at);
                assertThat(openPart).as(at).isEqualTo(type.substring(0, type.lastIndexOf('.')));
                openPart = "";
            }
            case "error" -> erred = true;
            default -> {
                if (ENDS.contains(type)) {
                    move(State.RUNNING, State.ENDED, at);
                } else {
                    bit(type, event, at);
                }
            }
        }
    }

    private void move(State from, State to, String at) {
        assertThat(state).as(at).isEqualTo(from);
        state = to;
    }

    private void added(JsonNode event, String at) {
        assertThat(state).as(at).isEqualTo(State.RUNNING);
        assertThat(openItem).as(at).isEmpty();
        assertThat(event.path("output_index").asInt(-1)).as(at).isEqualTo(done.size());
        openItem = event.at("/item/id").asText();
        assertThat(openItem).as(at).isNotEmpty();
    }

    private void itemDone(JsonNode event, String at) {
        assertThat(event.at("/item/id").asText()).as(at).isEqualTo(openItem);
        assertThat(openPart).as(at).isEmpty();
        assertThat(event.path("output_index").asInt(-1)).as(at).isEqualTo(done.size());
        done.add(event.path("item"));
        openItem = "";
    }

    private void inside(JsonNode event, String at) {
        assertThat(openItem).as(at).isNotEmpty();
        if (event.has("item_id")) {
            assertThat(event.path("item_id").asText()).as(at).isEqualTo(openItem);
        }
        assertThat(event.path("output_index").asInt(-1)).as(at).isEqualTo(done.size());
    }

    private void bit(String type, JsonNode event, String at) {
        inside(event, at);
        String stem = type.substring(0, type.lastIndexOf('.'));
        String place = stem
                + event.path("output_index")
                + event.path("content_index")
                + event.path("summary_index")
                + event.path("command_index");
        if (type.endsWith(".delta")) {
            assertThat(event.path("delta").asText()).as(at).isNotEmpty();
            said.computeIfAbsent(place, key -> new StringBuilder())
                    .append(event.path("delta").asText());
        } else if (type.endsWith(".done")) {
            assertThat(WHOLES).as(at).containsKey(stem);
            assertThat(event.path(WHOLES.getOrDefault(stem, "")).asText())
                    .as(at)
                    .isEqualTo(said.getOrDefault(place, new StringBuilder()).toString());
        }
    }

    private void checkEnd(JsonNode last) {
        boolean failed = last.path("type").asText().equals("response.failed");
        assertThat(failed).isEqualTo(erred);
        if (!failed) {
            List<JsonNode> output = new ArrayList<>();
            last.at("/response/output").forEach(output::add);
            assertThat(done).isEqualTo(output);
        }
        assertThat("response." + last.at("/response/status").asText())
                .isEqualTo(last.path("type").asText());
    }
}
