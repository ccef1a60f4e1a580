package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Faults that are answers: status, body and headers as on the wire. */
class ErrorFaultsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";

    private final Sim sim = Sim.with(builder -> {});

    @ParameterizedTest
    @CsvFileSource(resources = "/faults.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void a_fault_is_the_error_of_the_wire(
            String fault, String path, int status, String type, String param, String code, String message) {
        sim.faults().add(fault);

        Sim.Answer answer = ask(path);

        JsonNode error = Trees.of(answer.body()).path("error");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(error.path("type").asText(null)).isEqualTo(type);
        assertThat(error.path("param").asText(null)).isEqualTo(param);
        assertThat(error.path("code").asText(null)).isEqualTo(code);
        assertThat(error.path("message").asText()).matches(message);
        assertThat(answer.header("x-ratelimit-limit-tokens").equals("(absent)")).isEqualTo(!limited(fault));
    }

    @Test
    void every_status_there_is_has_a_fault() {
        List<Integer> statuses = Fault.names().stream()
                .filter(name -> Character.isDigit(name.charAt(0)))
                .map(name -> {
                    sim.faults().clear();
                    sim.faults().add(name);
                    return ask(CHAT).status();
                })
                .distinct()
                .toList();

        assertThat(statuses).containsExactly(400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 502, 503, 504, 520, 529);
    }

    @Test
    void the_edge_answers_in_its_own_form_and_names_nobody() {
        sim.faults().add("401-key");

        Sim.Answer answer = ask(CHAT);

        assertThat(answer.body()).isEqualTo("""
                {
                    "error": {
                        "message": "Incorrect API key provided: sk-test-**********0000. You can find your API key at https://platform.openai.com/account/api-keys.",
                        "type": "invalid_request_error",
                        "param": null,
                        "code": "invalid_api_key"
                    }
                }
                """);
        assertThat(answer.allHeaders()).doesNotContain("openai-", "x-ratelimit", "www-authenticate");
        assertThat(answer.header("x-request-id")).startsWith("req_");
        assertThat(answer.header("vary")).isEqualTo("Origin");
    }

    @Test
    void the_edge_of_responses_has_another_form() {
        sim.faults().add("401-missing");

        Sim.Answer answer = ask(RESPONSES);

        assertThat(answer.body()).isEqualTo("""
                {
                  "error": {
                    "message": "Missing bearer or basic authentication in header",
                    "type": "invalid_request_error",
                    "param": null,
                    "code": null
                  }
                }""");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer realm=\"OpenAI API\"");
    }

    @Test
    void pages_of_the_edge_are_no_json() {
        for (int status : List.of(502, 504, 520)) {
            sim.faults().clear();
            sim.faults().add(Integer.toString(status));

            Sim.Answer answer = ask(CHAT);

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("content-type")).isEqualTo("text/html; charset=UTF-8");
            assertThat(answer.body()).startsWith("<!DOCTYPE html>").contains("Error code " + status);
            assertThat(answer.allHeaders()).doesNotContain("x-request-id", "openai-");
        }
    }

    @Test
    void a_page_or_nothing_can_come_with_status_200() {
        sim.faults().add("html");
        assertThat(ask(CHAT).body()).startsWith("<!DOCTYPE html>");

        sim.faults().clear();
        sim.faults().add("empty-body");
        assertThat(ask(CHAT).status()).isEqualTo(200);
        assertThat(ask(CHAT).body()).isEmpty();
    }

    @Test
    void the_wait_a_limit_asks_for_is_the_same_in_text_and_headers() {
        sim.faults().add("429-tokens by=1494ms");

        Sim.Answer answer = ask(CHAT);

        assertThat(Trees.of(answer.body()).at("/error/message").asText())
                .isEqualTo(
                        "Rate limit reached for gpt-4o in organization org-Gateway4jSimulator000000 on tokens per min (TPM):"
                                + " Limit 30000, Used 30742, Requested 5. Please try again in 1.494s."
                                + " Visit https://platform.openai.com/account/rate-limits to learn more.");
        assertThat(answer.header("retry-after")).isEqualTo("2");
        assertThat(answer.header("retry-after-ms")).isEqualTo("1494");
        assertThat(answer.header("x-ratelimit-limit-tokens")).isEqualTo("30000");
        assertThat(answer.header("x-ratelimit-remaining-tokens")).isEqualTo("0");
        assertThat(answer.header("x-ratelimit-reset-tokens")).isEqualTo("1m0s");
    }

    @Test
    void no_wait_helps_where_money_is_missing() {
        sim.faults().add("429-quota");

        Sim.Answer answer = ask(CHAT);

        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(answer.allHeaders()).doesNotContain("retry-after");
    }

    @Test
    void azure_says_it_its_own_way() {
        String path = "/openai/deployments/chat-blue/chat/completions";
        sim.faults().add("401-key nth=1; 404-deployment nth=2; 400-filter nth=3");

        Sim.Answer unauthorized = ask(path);
        Sim.Answer unknown = ask(path);
        Sim.Answer filtered = ask(path);

        assertThat(unauthorized.body())
                .isEqualTo(
                        "{\"error\":{\"code\":\"401\",\"message\":\"Access denied due to invalid subscription key or wrong API"
                                + " endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API"
                                + " endpoint for your resource.\"}}");
        assertThat(unauthorized.header("apim-request-id")).hasSize(36);
        assertThat(unknown.body()).contains("\"code\":\"DeploymentNotFound\"");
        assertThat(filtered.body()).contains("\"code\":\"content_filter\",\"status\":400,\"innererror\":{");
    }

    private Sim.Answer ask(String path) {
        return sim.post(
                path,
                path.equals(RESPONSES)
                        ? "{\"model\": \"gpt-4o\", \"input\": \"Say hello\"}"
                        : ChatTest.ask("gpt-4o", ""));
    }

    private static boolean limited(String fault) {
        return fault.equals("429") || fault.equals("429-requests");
    }
}
