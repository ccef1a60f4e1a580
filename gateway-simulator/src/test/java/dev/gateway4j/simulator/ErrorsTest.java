package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ErrorsTest {
    private static final String CHAT = "/v1/chat/completions";

    private final Sim sim = Sim.standard();

    @ParameterizedTest
    @CsvFileSource(resources = "/errors.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void a_wrong_request_gets_the_error_of_the_wire(
            String method,
            String path,
            String body,
            int status,
            String type,
            String param,
            String code,
            String message) {
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);

        Sim.Answer answer = sim.send(method, path, bytes);

        JsonNode error = Trees.of(answer.body()).path("error");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(error.path("message").asText()).isEqualTo(message);
        assertThat(error.path("type").asText()).isEqualTo(type);
        assertThat(error.path("param").asText(null)).isEqualTo(param);
        assertThat(error.path("code").asText(null)).isEqualTo(code);
    }

    @Test
    void an_error_of_chat_looks_as_on_the_wire() {
        Sim.Answer answer = sim.chat("{\"model\": \"nope\", \"messages\": []}");

        assertThat(answer.body()).isEqualTo("""
                {
                  "error": {
                    "message": "The model `nope` does not exist or you do not have access to it.",
                    "type": "invalid_request_error",
                    "param": null,
                    "code": "model_not_found"
                  }
                }""");
        Golden.assertSame("error-chat.headers", answer.allHeaders());
    }

    @Test
    void angle_brackets_are_escaped_in_errors_of_responses_only() {
        assertThat(sim.post("/v1/responses", "{\"model\": \"<b>\", \"input\": \"x\"}")
                        .body())
                .contains("'\\u003cb\\u003e'");
        assertThat(sim.chat("{\"model\": \"<b>\", \"messages\": []}").body()).contains("`<b>`");
    }

    @Test
    void bytes_that_are_no_utf_8_are_no_json() {
        byte[] body = ChatTest.ask("gpt-4o", "").replace("hello", "h\u00e9llo").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(sim.send("POST", CHAT, body).body()).contains("We could not parse the JSON body");
    }

    @Test
    void deep_nesting_is_refused_and_never_overflows_the_stack() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(sim.chat("{\"model\": \"gpt-4o\", \"messages\": " + deep + "}")
                        .status())
                .isEqualTo(400);
        assertThat(sim.chat(deep).status()).isEqualTo(400);
    }

    @Test
    void a_wrong_type_anywhere_is_refused_or_accepted_and_never_a_failure() {
        for (String member : Fields.CHAT) {
            for (String value : Fields.VALUES) {
                Sim.Answer answer =
                        sim.chat("{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \""
                                + member + "\": " + value + "}");
                assertThat(answer.status()).as(member + ": " + value).isIn(200, 400, 404);
            }
        }
        for (String member : Fields.RESPONSES) {
            for (String value : Fields.VALUES) {
                Sim.Answer answer = sim.post(
                        "/v1/responses",
                        "{\"model\": \"gpt-4o\", \"input\": \"x\", \"" + member + "\": " + value + "}");
                assertThat(answer.status()).as(member + ": " + value).isIn(200, 400, 404);
            }
        }
        for (String value : Fields.VALUES) {
            for (String template : Fields.NESTED) {
                assertThat(sim.post(
                                        template.startsWith("{\"input\"") ? "/v1/responses" : CHAT,
                                        withModel(template, value))
                                .status())
                        .as(template + " " + value)
                        .isIn(200, 400, 404);
            }
            assertThat(sim.post("/v1/embeddings", "{\"model\": \"text-embedding-3-small\", \"input\": " + value + "}")
                            .status())
                    .as("input: " + value)
                    .isIn(200, 400);
        }
    }

    private static String withModel(String template, String value) {
        return "{\"model\": \"gpt-4o\", " + template.substring(1).replace("@", value);
    }
}
