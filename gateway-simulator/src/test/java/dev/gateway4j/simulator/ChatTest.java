package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatTest {
    private final Sim sim = Sim.standard();

    @Test
    void a_message_may_come_back_as_it_was_answered() {
        String answered = Trees.of(Sim.standard().chat(ask("gpt-4o", "")).body())
                .at("/choices/0/message")
                .toString();

        Sim.Answer answer = Sim.standard()
                .chat("{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}, " + answered
                        + ", {\"role\": \"user\", \"content\": \"And?\"}]}");

        assertThat(answered).contains("annotations");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void a_plain_answer_looks_as_on_the_wire() {
        Sim.Answer answer = sim.chat(ask("gpt-4o-mini", ""));

        assertThat(answer.status()).isEqualTo(200);
        Golden.assertSame("chat-plain.json", answer.body());
        Golden.assertSame("chat-plain.headers", answer.allHeaders());
    }

    @Test
    void a_reasoning_model_has_no_logprobs_no_fingerprint_and_tells_cache_writes() {
        Sim.Answer answer = sim.chat(ask("gpt-5.6-sol", ", \"max_completion_tokens\": 12"));

        Golden.assertSame("chat-plain-gpt-5.6.json", answer.body());
    }

    @Test
    void a_streamed_answer_looks_as_on_the_wire() {
        Sim.Answer answer = sim.chat(ask("gpt-4o-mini", streamed(", \"max_tokens\": 3")));

        assertThat(answer.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
        Golden.assertSame("chat-stream.sse", answer.body());
    }

    @Test
    void several_streamed_choices_take_turns() {
        Sim.Answer answer = sim.chat(ask("gpt-5-mini", ", \"n\": 2, \"max_completion_tokens\": 2, \"stream\": true"));

        Golden.assertSame("chat-stream-n2.sse", answer.body());
    }

    @Test
    void a_streamed_answer_says_what_a_plain_one_says_and_bills_the_same() {
        JsonNode plain = Trees.of(sim.chat(ask("gpt-4o", ", \"n\": 3")).body());

        List<String> data = sim.chat(ask("gpt-4o", streamed(", \"n\": 3"))).data();

        for (int i = 0; i < 3; i++) {
            assertThat(Trees.streamedText(data, i))
                    .isEqualTo(plain.at("/choices/" + i + "/message/content").asText());
        }
        assertThat(Trees.of(data.get(data.size() - 2)).path("usage")).isEqualTo(plain.path("usage"));
        assertThat(data.get(data.size() - 1)).isEqualTo("[DONE]");
    }

    @Test
    void without_include_usage_no_chunk_has_a_usage_member() {
        Sim.Answer answer = sim.chat(ask("gpt-4o", ", \"stream\": true"));

        assertThat(answer.body()).doesNotContain("usage").contains("obfuscation");
    }

    @Test
    void every_chunk_is_padded_to_one_more_than_a_multiple_of_sixteen() {
        List<String> data = sim.chat(ask("gpt-4o", streamed(""))).data();

        assertThat(data).hasSizeGreaterThan(20);
        assertThat(data.subList(0, data.size() - 1)).allSatisfy(line -> {
            assertThat(Trees.of(line).path("obfuscation").isTextual()).isTrue();
            assertThat(line.codePointCount(0, line.length()) % 16).isEqualTo(1);
        });
    }

    @Test
    void padding_can_be_declined() {
        Sim.Answer answer =
                sim.chat(ask("gpt-4o", ", \"stream\": true, \"stream_options\": {\"include_obfuscation\": false}"));

        assertThat(answer.data()).hasSizeGreaterThan(20);
        assertThat(answer.body()).doesNotContain("obfuscation");
    }

    @Test
    void a_limit_ends_the_answer_after_exactly_that_many_tokens() {
        Tokens tokens = new Tokens();
        for (int limit : List.of(1, 7, 19)) {
            JsonNode answer = Trees.of(
                    sim.chat(ask("gpt-4o", ", \"max_tokens\": " + limit)).body());

            assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
            assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(limit);
            assertThat(tokens.count(
                            "gpt-4o", answer.at("/choices/0/message/content").asText()))
                    .isEqualTo(limit);
        }
    }

    @Test
    void a_generous_limit_changes_nothing() {
        JsonNode free = Trees.of(sim.chat(ask("gpt-4o", "")).body());

        JsonNode limited =
                Trees.of(sim.chat(ask("gpt-4o", ", \"max_tokens\": 4096")).body());

        assertThat(limited.path("choices")).isEqualTo(free.path("choices"));
        assertThat(limited.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void usage_counts_the_tokens_of_the_text() {
        Tokens tokens = new Tokens();
        for (String model : List.of("gpt-4o", "gpt-4")) {
            JsonNode answer = Trees.of(sim.chat(ask(model, ", \"n\": 2")).body());

            int counted = tokens.count(
                            model, answer.at("/choices/0/message/content").asText())
                    + tokens.count(
                            model, answer.at("/choices/1/message/content").asText());
            assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(counted);
            // 3 + (3 + role + "Say hello")
            assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(3 + 3 + 1 + 2);
            assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(9 + counted);
        }
    }

    @Test
    void reasoning_models_count_one_token_less_and_two_more_for_each_earlier_answer() {
        String talk = "{\"model\": \"gpt-5\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"},"
                + "{\"role\": \"assistant\", \"content\": \"hello\"}, {\"role\": \"user\", \"content\": \"Say hello\"}]}";

        JsonNode answer = Trees.of(sim.chat(talk).body());

        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(2 + 6 + (3 + 1 + 1 + 2) + 6);
    }

    @Test
    void an_answer_ends_before_a_stop_sequence() {
        String whole = content(sim.chat(ask("gpt-4o", "")));
        String stop = whole.substring(9, 14);

        JsonNode cut = Trees.of(sim.chat(ask("gpt-4o", ", \"stop\": [\"never said\", \"" + stop + "\"]"))
                .body());

        String text = cut.at("/choices/0/message/content").asText();
        assertThat(text).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(cut.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(cut.at("/usage/completion_tokens").asInt()).isEqualTo(new Tokens().count("gpt-4o", text));
    }

    @Test
    void all_roles_and_parts_are_understood() {
        Sim.Answer answer = sim.chat("{\"model\": \"gpt-4o\", \"messages\": ["
                + "{\"role\": \"system\", \"content\": \"Be brief.\"},"
                + "{\"role\": \"developer\", \"content\": [{\"type\": \"text\", \"text\": \"Be kind.\"}]},"
                + "{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"Look\"},"
                + "{\"type\": \"image_url\", \"image_url\": {\"url\": \"https://example.com/a.png\", \"detail\": \"low\"}},"
                + "{\"type\": \"input_audio\", \"input_audio\": {\"data\": \"AAAA\", \"format\": \"wav\"}},"
                + "{\"type\": \"file\", \"file\": {\"file_id\": \"file-1\"}}]},"
                + "{\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{\"id\": \"call_1\", \"type\": \"function\","
                + " \"function\": {\"name\": \"f\", \"arguments\": \"{}\"}}]},"
                + "{\"role\": \"tool\", \"tool_call_id\": \"call_1\", \"content\": \"42\"}]}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(Trees.of(answer.body()).at("/usage/prompt_tokens").asInt()).isGreaterThan(85);
    }

    @Test
    void the_language_of_the_prompt_is_answered() {
        String german = content(sim.chat("{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\","
                + " \"content\": \"Wie ist das Wetter und was soll ich mit der Zeit machen?\"}]}"));

        assertThat(german).containsAnyOf(" der ", " die ", " das ", " und ", "Die ", "Der ", "Das ");
    }

    @Test
    void the_service_tier_is_the_one_that_served() {
        assertThat(sim.chat(ask("gpt-4o", ", \"service_tier\": \"auto\"")).body())
                .contains("\"service_tier\": \"default\"");
        assertThat(sim.chat(ask("gpt-4o", ", \"service_tier\": \"flex\"")).body())
                .contains("\"service_tier\": \"flex\"");
        assertThat(sim.chat(ask("gpt-4o", ", \"service_tier\": \"fast\"")).body())
                .contains("\"service_tier\": \"priority\"");
    }

    @Test
    void every_base_url_leads_to_the_same_endpoint() {
        String body = ask("gpt-4o", "");
        for (String path : List.of(
                "/v1/chat/completions",
                "/openai/v1/chat/completions",
                "/chat/completions",
                "/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21",
                "/v1/chat/completions/")) {
            assertThat(sim.post(path, body).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void the_base_path_of_an_upstream_is_no_part_of_the_endpoint() {
        String body = ask("gpt-4o", "");

        assertThat(sim.below("/api/v1", "POST", "/api/v1/chat/completions", body)
                        .status())
                .isEqualTo(200);
        assertThat(sim.below("/api", "POST", "/api/v1/chat/completions", body).status())
                .isEqualTo(200);
        assertThat(sim.below("/api/v1", "POST", "/api/v1/foo", body).body()).contains("Invalid URL (POST /api/v1/foo)");
    }

    @Test
    void a_deployment_decides_the_model() {
        String nameless = "{\"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"}]}";

        assertThat(sim.post("/openai/deployments/gpt-4o-mini/chat/completions?api-version=2024-10-21", nameless)
                        .body())
                .contains("\"model\":\"gpt-4o-mini-2024-07-18\"");
        assertThat(sim.post("/openai/deployments/chat-prod/chat/completions?api-version=2024-10-21", nameless)
                        .body())
                .contains("\"model\":\"chat-prod\"");
    }

    @Test
    void half_a_surrogate_pair_does_no_harm() {
        Sim.Answer answer =
                sim.chat("{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"\\ud83d\"}]}");

        assertThat(answer.status()).isEqualTo(200);
    }

    private static String content(Sim.Answer answer) {
        return Trees.of(answer.body()).at("/choices/0/message/content").asText();
    }

    private static String streamed(String more) {
        return more + ", \"stream\": true, \"stream_options\": {\"include_usage\": true}";
    }

    static String ask(String model, String more) {
        return "{\"model\": \"" + model + "\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"}]" + more
                + "}";
    }
}
