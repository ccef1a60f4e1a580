package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may come in, and what those who may not are told. */
class DoorTest {
    private static final String CHAT = "/v1/chat/completions";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Bearer sk-test-blue-0000                | 200 |
            bearer sk-test-blue-0000                | 200 |
            Basic OnNrLXRlc3QtYmx1ZS0wMDAw          | 200 |
            Bearer sk-test-green-0000               | 401 | Incorrect API key provided: sk-test-******0000. You can find
            Bearer short                            | 401 | Incorrect API key provided: short. You can find
            Bearer bad-key-xxxxxxxxxxtest           | 401 | Incorrect API key provided: bad-key-**********test. You can find
            Bearer                                  | 401 | You didn't provide an API key. You need to provide
            Token sk-test-blue-0000                 | 401 | You didn't provide an API key. You need to provide
            Basic ???                               | 401 | You didn't provide an API key. You need to provide
            """)
    void a_listed_key_comes_in_and_no_other(String authorization, int status, String message) {
        Sim sim = Sim.with(builder -> builder.keys(Set.of("sk-test-blue-0000")));

        Sim.Answer answer = sim.reply("POST", CHAT, ChatTest.ask("gpt-4o", ""), "Authorization", authorization);

        assertThat(answer.status()).isEqualTo(status);
        if (message != null) {
            assertThat(answer.body())
                    .contains(message)
                    .contains("\n    \"error\": {\n")
                    .endsWith("}\n");
        }
    }

    @Test
    void any_key_comes_in_where_one_is_required() {
        Sim sim = Sim.with(SimulatedOpenAi.Builder::requireKey);

        assertThat(sim.reply("POST", CHAT, ChatTest.ask("gpt-4o", ""), "authorization", "Bearer redacted")
                        .status())
                .isEqualTo(200);
        assertThat(sim.chat(ChatTest.ask("gpt-4o", "")).status()).isEqualTo(401);
        assertThat(sim.post("/v1/responses", "{}").body()).contains("Missing bearer or basic authentication in header");
    }

    @Test
    void no_key_is_asked_for_in_process() {
        assertThat(Sim.standard().chat(ChatTest.ask("gpt-4o", "")).status()).isEqualTo(200);
    }

    @Test
    void another_organization_does_not_come_in() {
        Sim sim = Sim.with(builder -> builder.organization("org-blue"));

        Sim.Answer other = sim.reply("POST", CHAT, ChatTest.ask("gpt-4o", ""), "OpenAI-Organization", "org-green");

        assertThat(other.status()).isEqualTo(401);
        assertThat(Trees.of(other.body()).at("/error/code").asText()).isEqualTo("mismatched_organization");
        assertThat(sim.reply("POST", CHAT, ChatTest.ask("gpt-4o", ""), "OpenAI-Organization", "org-blue")
                        .status())
                .isEqualTo(200);
        assertThat(sim.chat(ChatTest.ask("gpt-4o", "")).status()).isEqualTo(200);
    }

    @Test
    void azure_wants_its_own_header_and_refuses_in_its_own_words() {
        Sim sim = Sim.with(builder -> builder.keys(Set.of("sk-test-blue-0000")));
        String path = "/openai/deployments/chat-blue/chat/completions";

        assertThat(sim.azure(path, ChatTest.ask("gpt-4o", ""), "api-key", "sk-test-blue-0000")
                        .status())
                .isEqualTo(200);
        assertThat(sim.azure(path, ChatTest.ask("gpt-4o", ""), "api-key", "sk-test-green-0000")
                        .body())
                .startsWith("{\"error\":{\"code\":\"401\",\"message\":\"Access denied due to invalid subscription key");
    }

    @Test
    void a_fault_does_not_strike_who_is_not_let_in() {
        Sim sim = Sim.with(builder -> builder.requireKey().faults("500 first=1"));

        assertThat(sim.chat(ChatTest.ask("gpt-4o", "")).status()).isEqualTo(401);
        assertThat(sim.faults().list()).hasSize(1);
        assertThat(sim.reply("POST", CHAT, ChatTest.ask("gpt-4o", ""), "authorization", "Bearer x")
                        .status())
                .isEqualTo(500);
    }
}
