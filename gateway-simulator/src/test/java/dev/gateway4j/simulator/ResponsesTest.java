package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsesTest {
    private static final String PATH = "/v1/responses";

    private final Sim sim = Sim.standard();

    @Test
    void a_plain_answer_looks_as_on_the_wire() {
        Sim.Answer answer = sim.post(
                PATH,
                "{\"model\": \"gpt-4o-mini\", \"instructions\": \"Be <b>kind</b>.\","
                        + " \"input\": \"Say hello\", \"temperature\": 0, \"metadata\": {\"a\": \"b\"}}");

        Golden.assertSame("responses-plain.json", answer.body());
        Golden.assertSame("responses-plain.headers", answer.allHeaders());
    }

    @Test
    void a_streamed_answer_of_a_reasoning_model_looks_as_on_the_wire() {
        Sim.Answer answer = sim.post(PATH, ask(", \"max_output_tokens\": 16, \"stream\": true", "gpt-5-nano"));

        Golden.assertSame("responses-stream-incomplete.sse", answer.body());
    }

    @Test
    void a_streamed_answer_says_what_a_plain_one_says() {
        JsonNode plain = Trees.of(sim.post(PATH, ask("", "gpt-4o")).body());

        List<String> data = sim.post(PATH, ask(", \"stream\": true", "gpt-4o")).data();

        StringBuilder deltas = new StringBuilder();
        for (int i = 0; i < data.size(); i++) {
            JsonNode event = Trees.of(data.get(i));
            assertThat(event.path("sequence_number").asInt()).isEqualTo(i);
            deltas.append(event.path("delta").asText());
        }
        JsonNode last = Trees.of(data.get(data.size() - 1));
        assertThat(last.path("type").asText()).isEqualTo("response.completed");
        assertThat(last.at("/response/usage")).isEqualTo(plain.path("usage"));
        assertThat(deltas.toString()).isEqualTo(text(plain));
        assertThat(last.at("/response/output/0/content")).isEqualTo(plain.at("/output/0/content"));
    }

    @Test
    void chat_and_responses_answer_the_same_question_alike() {
        String chat = Trees.of(sim.chat(ChatTest.ask("gpt-4o", "")).body())
                .at("/choices/0/message/content")
                .asText();

        assertThat(text(Trees.of(sim.post(PATH, ask("", "gpt-4o")).body()))).isEqualTo(chat);
    }

    @Test
    void a_delta_and_its_padding_fill_sixteen_characters() {
        List<String> data = sim.post(PATH, ask(", \"stream\": true", "gpt-4o")).data();

        List<JsonNode> deltas =
                data.stream().map(Trees::of).filter(event -> event.has("delta")).toList();
        assertThat(deltas).hasSizeGreaterThan(15).allSatisfy(event -> {
            int length = event.path("delta").asText().length()
                    + event.path("obfuscation").asText().length();
            assertThat(length % 16).isZero();
        });
        assertThat(sim.post(
                                PATH,
                                ask(
                                        ", \"stream\": true, \"stream_options\": {\"include_obfuscation\": false}",
                                        "gpt-4o"))
                        .body())
                .doesNotContain("obfuscation");
    }

    @Test
    void a_limit_leaves_the_answer_incomplete_after_exactly_that_many_tokens() {
        JsonNode answer = Trees.of(
                sim.post(PATH, ask(", \"max_output_tokens\": 16", "gpt-4o")).body());

        assertThat(answer.path("status").asText()).isEqualTo("incomplete");
        assertThat(answer.at("/incomplete_details/reason").asText()).isEqualTo("max_output_tokens");
        assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(16);
        assertThat(new Tokens().count("gpt-4o", text(answer))).isEqualTo(16);
        assertThat(answer.path("completed_at").isNull()).isTrue();
    }

    @Test
    void a_response_can_be_read_again_and_deleted() {
        Sim.Answer made = sim.post(PATH, ask("", "gpt-4o"));
        String id = Trees.of(made.body()).path("id").asText();

        assertThat(sim.get(PATH + "/" + id).body()).isEqualTo(made.body());
        assertThat(sim.send("DELETE", PATH + "/" + id, new byte[0]).body())
                .isEqualTo("{\n  \"id\": \"" + id + "\",\n  \"object\": \"response.deleted\",\n  \"deleted\": true\n}");
        assertThat(sim.get(PATH + "/" + id).status()).isEqualTo(404);
        assertThat(sim.send("DELETE", PATH + "/" + id, new byte[0]).status()).isEqualTo(404);
    }

    @Test
    void a_streamed_response_is_kept_too_and_one_with_store_false_is_not() {
        String kept = idOf(sim.post(PATH, ask(", \"stream\": true", "gpt-4o")));
        String forgotten = idOf(sim.post(PATH, ask(", \"stream\": true, \"store\": false", "gpt-4o")));

        assertThat(sim.get(PATH + "/" + kept).status()).isEqualTo(200);
        assertThat(sim.get(PATH + "/" + forgotten).status()).isEqualTo(404);
    }

    @Test
    void the_input_is_listed_newest_first_and_in_pages() {
        String id = idOf(sim.post(
                PATH,
                "{\"model\": \"gpt-4o\", \"input\": [{\"role\": \"user\", \"content\": \"one\"},"
                        + "{\"type\": \"message\", \"role\": \"assistant\", \"content\": [{\"type\": \"output_text\", \"text\": \"two\"}]},"
                        + "{\"role\": \"user\", \"content\": [{\"type\": \"input_text\", \"text\": \"three\"}]}]}"));

        JsonNode first =
                Trees.of(sim.get(PATH + "/" + id + "/input_items?limit=2").body());
        JsonNode rest = Trees.of(sim.get(PATH + "/" + id + "/input_items?limit=2&after="
                        + first.path("last_id").asText())
                .body());

        assertThat(first.at("/data/0/content/0/text").asText()).isEqualTo("three");
        assertThat(first.at("/data/1/content/0/text").asText()).isEqualTo("two");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(rest.at("/data/0/content/0/text").asText()).isEqualTo("one");
        assertThat(rest.at("/data/0/id").asText()).startsWith("msg_").hasSize(54);
        assertThat(rest.path("has_more").asBoolean()).isFalse();
        assertThat(sim.get(PATH + "/" + id + "/input_items?order=asc").body())
                .containsSubsequence("one", "two", "three");
        assertThat(sim.get(PATH + "/" + id + "/input_items?limit=0").status()).isEqualTo(400);
    }

    @Test
    void a_chain_shares_the_root_of_its_ids_and_bills_what_was_said_before() {
        JsonNode first = Trees.of(sim.post(PATH, ask("", "gpt-4o")).body());
        String id = first.path("id").asText();

        JsonNode second = Trees.of(sim.post(PATH, ask(", \"previous_response_id\": \"" + id + "\"", "gpt-4o"))
                .body());

        assertThat(second.path("id").asText())
                .startsWith(id.substring(0, 5 + 16))
                .isNotEqualTo(id);
        assertThat(second.path("previous_response_id").asText()).isEqualTo(id);
        // 3 + user + (3 + role + the answer, which was billed one more) + user
        assertThat(second.at("/usage/input_tokens").asInt())
                .isEqualTo(3 + 6 + 4 + first.at("/usage/output_tokens").asInt() - 1 + 6);
    }

    @Test
    void a_chain_may_go_on_after_the_middle_of_it_is_deleted() {
        String first = idOf(sim.post(PATH, ask("", "gpt-4o")));
        String second = idOf(sim.post(PATH, ask(", \"previous_response_id\": \"" + first + "\"", "gpt-4o")));
        sim.delete(PATH + "/" + first);

        assertThat(sim.post(PATH, ask(", \"previous_response_id\": \"" + second + "\"", "gpt-4o"))
                        .status())
                .isEqualTo(200);
        assertThat(sim.post(PATH, ask(", \"previous_response_id\": \"" + first + "\"", "gpt-4o"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void azure_answers_for_any_deployment_and_tells_its_filters() {
        JsonNode answer = Trees.of(
                sim.post("/openai/v1/responses", ask("", "my-deployment")).body());

        assertThat(answer.at("/content_filters/0/source_type").asText()).isEqualTo("prompt");
        assertThat(answer.at("/content_filters/0/blocked").asBoolean(true)).isFalse();
        assertThat(answer.has("billing")).isFalse();
    }

    @Test
    void too_long_an_input_is_cut_where_that_is_asked_for() {
        String input = "one two three ".repeat(60_000);

        assertThat(sim.post(PATH, "{\"model\": \"gpt-4o\", \"input\": \"" + input + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(Trees.of(sim.post(
                                        PATH,
                                        "{\"model\": \"gpt-4o\", \"truncation\": \"auto\", \"input\": \"" + input
                                                + "\"}")
                                .body())
                        .at("/usage/input_tokens")
                        .asInt())
                .isEqualTo(128_000);
    }

    @Test
    void ids_have_the_form_of_the_wire() {
        JsonNode answer = Trees.of(sim.post(PATH, ask("", "gpt-4o")).body());

        assertThat(answer.path("id").asText()).matches("resp_[0-9a-f]{16}006955b900[0-9a-f]{4}81[0-9a-f]{18}");
        assertThat(answer.at("/output/0/id").asText()).matches("msg_[0-9a-f]{50}");
    }

    private static String idOf(Sim.Answer answer) {
        JsonNode tree = Trees.of(
                answer.body().startsWith("{") ? answer.body() : answer.data().get(0));
        return tree.has("id")
                ? tree.path("id").asText()
                : tree.at("/response/id").asText();
    }

    private static String text(JsonNode response) {
        return response.at("/output/0/content/0/text").asText();
    }

    private static String ask(String more, String model) {
        return "{\"model\": \"" + model + "\", \"input\": \"Say hello\"" + more + "}";
    }
}
