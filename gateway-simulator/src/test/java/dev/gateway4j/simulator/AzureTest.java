package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AzureTest {
    private static final String VERSION = "?api-version=2024-12-01-preview";
    private static final String CHAT = "/openai/deployments/gpt-4o/chat/completions" + VERSION;
    private static final String HELLO = "{\"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"}]}";
    private static final String SAFE =
            "\"hate\":{\"filtered\":false,\"severity\":\"safe\"},%s\"self_harm\":{\"filtered\":false,\"severity\":\"safe\"},"
                    + "\"sexual\":{\"filtered\":false,\"severity\":\"safe\"},\"violence\":{\"filtered\":false,\"severity\":\"safe\"}}";
    private static final String PROMPT = "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{"
            + SAFE.formatted("\"jailbreak\":{\"detected\":false,\"filtered\":false},") + "}]";

    private final Sim sim = Sim.standard();

    @Test
    void an_answer_is_alphabetical_and_says_what_the_filters_found() {
        Sim.Answer answer = sim.post(CHAT, HELLO);

        assertThat(answer.body())
                .startsWith(
                        "{\"choices\":[{\"content_filter_results\":{"
                                + SAFE.formatted("\"protected_material_code\":{\"detected\":false,\"filtered\":false},"
                                        + "\"protected_material_text\":{\"detected\":false,\"filtered\":false},")
                                + ",\"finish_reason\":\"stop\",\"index\":0,\"logprobs\":null,\"message\":{\"annotations\":[],\"content\":\"")
                .contains("\"model\":\"gpt-4o-2024-08-06\",\"object\":\"chat.completion\"," + PROMPT
                        + ",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_")
                .endsWith("\"total_tokens\":" + Trees.of(answer.body()).at("/usage/total_tokens") + "}}");
    }

    @Test
    void the_headers_are_those_of_azure() {
        Sim.Answer answer = sim.post(CHAT, HELLO);

        assertThat(answer.header("x-ms-deployment-name")).isEqualTo("gpt-4o");
        assertThat(answer.header("x-ms-served-model")).isEqualTo("gpt-4o-2024-08-06");
        assertThat(answer.header("x-ms-rai-invoked")).isEqualTo("true");
        assertThat(answer.header("apim-request-id")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(answer.header("x-request-id")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(answer.header("x-ratelimit-reset-requests")).matches("\\d+");
        assertThat(answer.allHeaders()).doesNotContain("openai-");
    }

    @Test
    void a_stream_begins_with_what_the_filter_of_prompts_found() {
        List<String> data = sim.post(CHAT, HELLO.replace("]}", "], \"stream\": true, \"max_tokens\": 2}"))
                .data();

        assertThat(data.get(0))
                .isEqualTo("{\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\"," + PROMPT + "}");
        assertThat(data.get(1))
                .startsWith(
                        "{\"choices\":[{\"content_filter_results\":{},\"delta\":{\"content\":\"\",\"refusal\":null,\"role\":"
                                + "\"assistant\"},\"finish_reason\":null,\"index\":0,\"logprobs\":null}],\"created\":");
        assertThat(data.get(2))
                .startsWith(
                        "{\"choices\":[{\"content_filter_results\":{\"protected_material_text\":{\"detected\":false,"
                                + "\"filtered\":false}},\"delta\":{\"content\":");
        assertThat(data.get(4)).contains("\"content_filter_results\":{},\"delta\":{},\"finish_reason\":\"length\"");
        assertThat(data).hasSize(6).last().isEqualTo("[DONE]");
    }

    @Test
    void a_model_that_has_no_probabilities_still_has_the_member_here() {
        List<String> data = sim.post(
                        "/openai/deployments/gpt-5.2/chat/completions" + VERSION,
                        HELLO.replace("]}", "], \"stream\": true}"))
                .data();

        assertThat(data.get(1)).contains("\"logprobs\":null");
    }

    @Test
    void older_versions_tell_no_service_tier() {
        assertThat(sim.post("/openai/deployments/gpt-4o/chat/completions?api-version=2024-02-01", HELLO)
                        .body())
                .doesNotContain("service_tier");
    }

    @Test
    void the_model_is_the_deployment_below_the_new_path() {
        Sim.Answer answer =
                sim.post("/openai/v1/chat/completions", HELLO.replace("{\"m", "{\"model\": \"chat-prod\", \"m"));

        assertThat(answer.body()).contains("\"model\":\"chat-prod\"").contains(PROMPT);
    }

    @Test
    void errors_are_those_of_azure() {
        Sim.Answer missing = sim.post("/openai/deployments/chat-missing/chat/completions" + VERSION, HELLO);
        Sim.Answer unversioned = sim.post("/openai/deployments/gpt-4o/chat/completions", HELLO);
        Sim.Answer nowhere = sim.post("/openai/deployments/gpt-4o/foo" + VERSION, HELLO);

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).isEqualTo("""
                {
                  "error": {
                    "type": "invalid_request_error",
                    "code": "DeploymentNotFound",
                    "message": "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."
                  }
                }""");
        assertThat(unversioned.status()).isEqualTo(404);
        assertThat(unversioned.body()).isEqualTo("{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.body()).isEqualTo(unversioned.body());
        assertThat(sim.post(CHAT, "{\"messages\": []}").body()).contains("\"code\": \"empty_array\"");
    }

    @Test
    void the_filter_of_prompts_refuses_what_says_so() {
        Sim.Answer violence = sim.post(CHAT, HELLO.replace("hello", "gateway4j:content-filter"));
        Sim.Answer jailbreak = sim.post(CHAT, HELLO.replace("hello", "gateway4j:content-filter=jailbreak"));

        JsonNode error = Trees.of(violence.body()).path("error");
        assertThat(violence.status()).isEqualTo(400);
        assertThat(error.properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("message", "type", "param", "code", "status", "innererror");
        assertThat(error.path("code").asText()).isEqualTo("content_filter");
        assertThat(error.at("/innererror/code").asText()).isEqualTo("ResponsibleAIPolicyViolation");
        assertThat(error.at("/innererror/content_filter_result/violence").toString())
                .isEqualTo("{\"filtered\":true,\"severity\":\"medium\"}");
        assertThat(error.at("/innererror/content_filter_result/hate/filtered").asBoolean())
                .isFalse();
        assertThat(Trees.of(jailbreak.body())
                        .at("/error/innererror/content_filter_result/jailbreak/detected")
                        .asBoolean())
                .isTrue();
        assertThat(sim.chat(ChatTest.ask("gpt-4o", "").replace("hello", "gateway4j:content-filter"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void embeddings_are_alphabetical_too() {
        Sim.Answer answer = sim.post(
                "/openai/deployments/text-embedding-3-small/embeddings" + VERSION,
                "{\"input\": \"x\", \"dimensions\": 2}");

        assertThat(answer.body())
                .startsWith("{\"data\":[{\"embedding\":[")
                .contains("],\"index\":0,\"object\":\"embedding\"}]");
    }

    @Test
    void a_speaking_deployment_speaks_and_a_searching_one_cites() {
        JsonNode spoken = Trees.of(sim.post(
                        "/openai/deployments/gpt-4o-audio-preview/chat/completions" + VERSION,
                        HELLO.replace(
                                "]}",
                                "], \"modalities\": [\"text\", \"audio\"], \"audio\": {\"voice\": \"alloy\", \"format\":"
                                        + " \"wav\"}}"))
                .body());
        JsonNode cited =
                Trees.of(sim.post("/openai/deployments/gpt-4o-search-preview/chat/completions" + VERSION, HELLO)
                        .body());

        assertThat(spoken.at("/choices/0/message/audio/id").asText()).matches("audio_[0-9a-f]{32}");
        assertThat(spoken.at("/choices/0/message/audio/transcript").asText()).isNotEmpty();
        assertThat(spoken.at("/choices/0/message/content").isNull()).isTrue();
        assertThat(spoken.at("/usage/completion_tokens_details/audio_tokens").asInt())
                .isPositive();
        assertThat(spoken.at("/usage/completion_tokens").asInt())
                .isEqualTo(spoken.at("/usage/completion_tokens_details/audio_tokens")
                                .asInt()
                        + spoken.at("/usage/completion_tokens_details/text_tokens")
                                .asInt());
        assertThat(cited.path("id").asText()).matches("chatcmpl-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(cited.at("/choices/0/message/annotations/0/url_citation/url").asText())
                .isEqualTo("https://en.wikipedia.org/wiki/hello?utm_source=openai");
    }
}
