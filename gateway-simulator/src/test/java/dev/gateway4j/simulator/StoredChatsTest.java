package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredChatsTest {
    private static final String CHATS = "/v1/chat/completions";

    private final Sim sim = Sim.standard();

    @Test
    void only_what_is_stored_can_be_asked_for_again() {
        String forgotten = id(sim.chat(ChatTest.ask("gpt-4o", "")));
        JsonNode answer = Trees.of(sim.chat(
                        ChatTest.ask(
                                "gpt-4o",
                                ", \"store\": true, \"metadata\": {\"team\": \"blue\"}, \"temperature\": 0.5, \"user\": \"u1\""))
                .body());

        JsonNode kept =
                Trees.of(sim.get(CHATS + "/" + answer.path("id").asText()).body());

        assertThat(kept.path("choices")).isEqualTo(answer.path("choices"));
        assertThat(kept.path("usage")).isEqualTo(answer.path("usage"));
        assertThat(kept.path("metadata").toString()).isEqualTo("{\"team\":\"blue\"}");
        assertThat(kept.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(kept.path("top_p").asDouble()).isEqualTo(1);
        assertThat(kept.path("tools").isNull()).isTrue();
        assertThat(kept.path("input_user").asText()).isEqualTo("u1");
        assertThat(kept.path("request_id").asText()).matches("req_[0-9a-f]{32}");
        assertThat(kept.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly(
                        "id",
                        "object",
                        "created",
                        "model",
                        "choices",
                        "usage",
                        "service_tier",
                        "system_fingerprint",
                        "metadata",
                        "input_user",
                        "request_id",
                        "seed",
                        "temperature",
                        "top_p",
                        "presence_penalty",
                        "frequency_penalty",
                        "tools",
                        "tool_choice",
                        "response_format");
        ChatErrorsTest.requireError(
                sim.get(CHATS + "/" + forgotten),
                404,
                null,
                null,
                "Chat completion with id '" + forgotten + "' not found.");
    }

    @Test
    void a_streamed_answer_is_stored_whole() {
        List<String> data = sim.chat(ChatTest.ask("gpt-4o", ", \"store\": true, \"stream\": true"))
                .data();

        JsonNode kept = Trees.of(
                sim.get(CHATS + "/" + Trees.of(data.get(0)).path("id").asText()).body());

        assertThat(kept.at("/choices/0/message/content").asText()).isEqualTo(Trees.streamedText(data, 0));
    }

    @Test
    void lists_are_filtered_ordered_and_paged() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String team = i % 2 == 0 ? "blue" : "red";
            ids.add(id(sim.chat(ChatTest.ask(
                    i == 4 ? "gpt-4o-mini" : "gpt-4o",
                    ", \"store\": true, \"metadata\": {\"team\": \"" + team + "\"}"))));
        }

        assertThat(ids(CHATS)).isEqualTo(ids);
        assertThat(ids(CHATS + "?order=desc&limit=2")).containsExactly(ids.get(4), ids.get(3));
        assertThat(ids(CHATS + "?limit=2&after=" + ids.get(1))).containsExactly(ids.get(2), ids.get(3));
        assertThat(ids(CHATS + "?metadata[team]=red")).containsExactly(ids.get(1), ids.get(3));
        assertThat(ids(CHATS + "?model=gpt-4o-mini")).containsExactly(ids.get(4));
        JsonNode page = Trees.of(sim.get(CHATS + "?limit=2").body());
        assertThat(page.path("object").asText()).isEqualTo("list");
        assertThat(page.path("first_id").asText()).isEqualTo(ids.get(0));
        assertThat(page.path("last_id").asText()).isEqualTo(ids.get(1));
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(Trees.of(sim.get(CHATS).body()).path("has_more").asBoolean()).isFalse();
    }

    @Test
    void metadata_can_be_changed_and_nothing_else() {
        String path = CHATS + "/" + id(sim.chat(ChatTest.ask("gpt-4o", ", \"store\": true")));

        Sim.Answer changed = sim.post(path, "{\"metadata\": {\"seen\": \"yes\"}}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(sim.get(path).body()).isEqualTo(changed.body()).contains("\"seen\": \"yes\"");
        ChatErrorsTest.requireError(
                sim.post(path, "{\"model\": \"x\"}"), 400, "model", "unknown_parameter", "Unknown parameter: 'model'.");
        ChatErrorsTest.requireError(
                sim.post(path, "{}"),
                400,
                "metadata",
                "missing_required_parameter",
                "Missing required parameter: 'metadata'.");
    }

    @Test
    void what_is_deleted_is_gone() {
        String id = id(sim.chat(ChatTest.ask("gpt-4o", ", \"store\": true")));

        Sim.Answer deleted = sim.send("DELETE", CHATS + "/" + id, new byte[0]);

        assertThat(deleted.body())
                .isEqualTo("{\n  \"object\": \"chat.completion.deleted\",\n  \"id\": \"" + id
                        + "\",\n  \"deleted\": true\n}\n");
        assertThat(sim.get(CHATS + "/" + id).status()).isEqualTo(404);
        assertThat(sim.send("DELETE", CHATS + "/" + id, new byte[0]).status()).isEqualTo(404);
    }

    @Test
    void the_messages_of_the_request_are_listed() {
        String id = id(
                sim.chat(
                        "{\"model\": \"gpt-4o\", \"store\": true, \"messages\": [{\"role\": \"system\", \"content\": \"Be"
                                + " brief\"}, {\"role\": \"user\", \"name\": \"Ann\", \"content\": [{\"type\": \"text\", \"text\": \"Hi\"}]}]}"));

        JsonNode list = Trees.of(sim.get(CHATS + "/" + id + "/messages").body());

        assertThat(list.at("/data/0").toString())
                .isEqualTo("{\"id\":\"" + id + "-0\",\"role\":\"system\",\"content\":\"Be brief\",\"name\":null,"
                        + "\"content_parts\":null}");
        assertThat(list.at("/data/1").toString())
                .isEqualTo("{\"id\":\"" + id
                        + "-1\",\"role\":\"user\",\"content\":null,\"name\":\"Ann\",\"content_parts\":"
                        + "[{\"type\":\"text\",\"text\":\"Hi\"}]}");
        assertThat(list.path("last_id").asText()).isEqualTo(id + "-1");
    }

    private List<String> ids(String target) {
        List<String> ids = new ArrayList<>();
        Trees.of(sim.get(target).body())
                .path("data")
                .forEach(entry -> ids.add(entry.path("id").asText()));
        return ids;
    }

    private static String id(Sim.Answer answer) {
        return Trees.of(answer.body()).path("id").asText();
    }
}
