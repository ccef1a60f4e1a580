package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConversationsTest {
    private static final String PATH = "/v1/conversations";

    private final Sim sim = Sim.standard();

    @Test
    void a_conversation_is_made_read_marked_and_deleted() {
        Sim.Answer made = sim.post(PATH, "{\"metadata\": {\"topic\": \"demo\"}}");
        String id = Trees.of(made.body()).path("id").asText();

        assertThat(id).matches("conv_[0-9a-f]{48}");
        assertThat(made.body())
                .isEqualTo(
                        "{\n  \"id\": \"" + id + "\",\n  \"object\": \"conversation\",\n  \"created_at\": 1767225600,\n"
                                + "  \"metadata\": {\n    \"topic\": \"demo\"\n  }\n}");
        assertThat(sim.get(PATH + "/" + id).body()).isEqualTo(made.body());
        assertThat(sim.post(PATH + "/" + id, "{\"metadata\": {\"a\": \"b\"}}").body())
                .isEqualTo(made.body().replace("\"topic\": \"demo\"", "\"a\": \"b\""));
        assertThat(sim.delete(PATH + "/" + id).body())
                .isEqualTo("{\n  \"id\": \"" + id
                        + "\",\n  \"object\": \"conversation.deleted\",\n  \"deleted\": true\n}");
        assertThat(sim.get(PATH + "/" + id).body())
                .isEqualTo(
                        "{\n  \"error\": {\n    \"message\": \"Conversation with id '" + id
                                + "' not found.\",\n    \"type\": \"invalid_request_error\",\n    \"param\": null,\n    \"code\": null\n  }\n}");
        assertThat(sim.delete(PATH + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void a_conversation_needs_no_body() {
        JsonNode made = Trees.of(sim.post(PATH, "").body());

        assertThat(made.path("metadata").toString()).isEqualTo("{}");
    }

    @Test
    void items_are_added_listed_read_and_deleted() {
        String id = id(sim.post(PATH, "{\"items\": [{\"role\": \"user\", \"content\": \"one\"}]}"));
        String items = PATH + "/" + id + "/items";

        JsonNode added = Trees.of(sim.post(
                        items,
                        "{\"items\": [{\"type\": \"message\", \"role\": \"assistant\", \"content\": \"two\"},"
                                + "{\"role\": \"user\", \"content\": [{\"type\": \"input_text\", \"text\": \"three\"}]}]}")
                .body());
        JsonNode listed = Trees.of(sim.get(items + "?limit=2").body());
        String three = listed.at("/data/0/id").asText();

        assertThat(added.path("data")).hasSize(2);
        assertThat(added.at("/data/0/content/0/type").asText()).isEqualTo("output_text");
        assertThat(listed.at("/data/0/content/0/text").asText()).isEqualTo("three");
        assertThat(listed.path("has_more").asBoolean()).isTrue();
        assertThat(sim.get(items + "?order=asc").body()).containsSubsequence("one", "two", "three");
        assertThat(Trees.of(sim.get(items + "/" + three).body())).isEqualTo(listed.at("/data/0"));
        assertThat(Trees.of(sim.delete(items + "/" + three).body()).path("id").asText())
                .isEqualTo(id);
        assertThat(sim.get(items + "/" + three).status()).isEqualTo(404);
        assertThat(Trees.of(sim.get(items).body()).path("data")).hasSize(2);
    }

    @Test
    void a_response_adds_what_was_asked_and_answered_and_the_next_one_is_billed_for_it() {
        String id = id(sim.post(PATH, "{}"));
        String ask = "{\"model\": \"gpt-4o\", \"input\": \"Hello\", \"conversation\": {\"id\": \"" + id + "\"}}";

        JsonNode first = Trees.of(sim.post("/v1/responses", ask).body());
        JsonNode listed = Trees.of(sim.get(PATH + "/" + id + "/items").body());
        JsonNode second = Trees.of(sim.post("/v1/responses", ask).body());

        assertThat(first.path("conversation").toString()).isEqualTo("{\"id\":\"" + id + "\"}");
        assertThat(listed.path("data")).hasSize(2);
        assertThat(listed.at("/data/0")).isEqualTo(first.at("/output/0"));
        assertThat(listed.at("/data/1/content/0/text").asText()).isEqualTo("Hello");
        assertThat(second.at("/usage/input_tokens").asInt())
                .isGreaterThan(first.at("/usage/input_tokens").asInt()
                        + first.at("/usage/output_tokens").asInt());
        assertThat(Trees.of(sim.get(PATH + "/" + id + "/items").body()).path("data"))
                .hasSize(4);
    }

    @Test
    void a_response_in_the_background_adds_its_answer_when_it_is_done() {
        Sim slow = Sim.of(7, "gpt-4o", java.util.List.of());
        String id = id(slow.post(PATH, "{}"));
        String items = PATH + "/" + id + "/items";
        slow.post(
                "/v1/responses",
                "{\"model\": \"gpt-4o\", \"input\": \"Hello\", \"background\": true, \"conversation\": \"" + id
                        + "\"}");

        int before = Trees.of(slow.get(items).body()).path("data").size();
        slow.advance(Duration.ofMinutes(10));
        int after = Trees.of(slow.get(items).body()).path("data").size();

        assertThat(before).isEqualTo(1);
        assertThat(after).isEqualTo(2);
    }

    @Test
    void an_item_can_be_referred_to() {
        String id = id(sim.post(PATH, "{\"items\": [{\"role\": \"user\", \"content\": \"remember the milk\"}]}"));
        String item = Trees.of(sim.get(PATH + "/" + id + "/items").body())
                .at("/data/0/id")
                .asText();

        String response = id(sim.post(
                "/v1/responses",
                "{\"model\": \"gpt-4o\", \"input\": [{\"type\": \"item_reference\", \"id\": \"" + item + "\"}]}"));

        assertThat(sim.get("/v1/responses/" + response + "/input_items").body()).contains("remember the milk");
    }

    private static String id(Sim.Answer answer) {
        return Trees.of(answer.body()).path("id").asText();
    }
}
