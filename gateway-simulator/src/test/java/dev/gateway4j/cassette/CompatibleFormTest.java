package dev.gateway4j.cassette;

import static dev.gateway4j.cassette.Shelves.ask;
import static dev.gateway4j.cassette.Shelves.chat;
import static dev.gateway4j.cassette.Shelves.hear;
import static dev.gateway4j.cassette.Shelves.naming;
import static dev.gateway4j.cassette.Shelves.post;
import static dev.gateway4j.cassette.Shelves.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Shelves.Heard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Envoy AI Gateway's test server says, to the byte. */
class CompatibleFormTest {
    private static final WireHeaders ERROR =
            WireHeaders.of("Content-Type", "text/plain; charset=utf-8", "X-TestOpenAI-Error", "true");
    private static final WireHeaders NONE = WireHeaders.empty();

    @TempDir
    Path directory;

    private CassettePlayer player = CassettePlayer.builder().build();

    @BeforeEach
    void a_directory() {
        put(directory, "chat", chat("hello", "{}"));
        put(directory, "azure-chat", chat("azure", "{}"));
        player = CassettePlayer.builder()
                .directory(directory)
                .compatible("/srv/cassettes")
                .build();
    }

    @Test
    void a_named_cassette_that_does_not_match_is_out_of_date() {
        assertError(
                naming("chat", post("/v1/chat/completions%20x", "{}")),
                409,
                "Interaction out of date for POST /v1/chat/completions x. To re-record, delete"
                        + " /srv/cassettes/chat.yaml and re-run with OPENAI_API_KEY set.");
        assertError(
                naming("azure-chat", ask("hullo")),
                409,
                "Interaction out of date for POST /v1/chat/completions. To re-record, delete"
                        + " /srv/cassettes/azure-chat.yaml and re-run with AZURE_OPENAI_API_KEY set.");
    }

    @Test
    void an_unknown_name_asks_for_the_key_that_would_record_it() {
        assertError(
                naming("other", ask("hello")),
                500,
                "No cassette found for POST /v1/chat/completions. To record OpenAI cassettes, set OPENAI_API_KEY"
                        + " environment variable and provide X-Cassette-Name header.");
        assertError(
                naming("azure-other", ask("hello")),
                500,
                "No cassette found for POST /v1/chat/completions. To record Azure cassettes, set AZURE_OPENAI_API_KEY,"
                        + " AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_DEPLOYMENT, and OPENAI_API_VERSION environment variables"
                        + " and provide X-Cassette-Name header.");
        assertError(
                naming("../chat", ask("hello")),
                500,
                "No cassette found for POST /v1/chat/completions. To record OpenAI cassettes, set OPENAI_API_KEY"
                        + " environment variable and provide X-Cassette-Name header.");
    }

    @Test
    void without_a_name_the_request_is_printed_and_what_is_secret_is_not() {
        WireHeaders headers = WireHeaders.of(
                "Host",
                "localhost",
                "content-type",
                "application/json",
                "X-Two",
                "1",
                "authorization",
                "Bearer sk-test-x",
                "x-two",
                "2",
                "TraceParent",
                "00-1",
                "Api-Key",
                "a",
                "api-key",
                "b");

        assertError(
                post("/v1/embeddings", "a=1&b=%20", headers, "\n {\"x\":1}".getBytes(StandardCharsets.UTF_8)),
                500,
                """
                No cassette found for POST /v1/embeddings. To record a new cassette, include the X-Cassette-Name header \
                with the cassette name.

                --- Actual Request Details ---
                Method:      POST
                Path:        /v1/embeddings
                Query:       a=1&b=%20

                Headers:
                  Content-Type: application/json
                  X-Two: 1
                  X-Two: 2
                  Authorization: [REDACTED]
                  Traceparent: [REDACTED]
                  Api-Key: [REDACTED]

                Body:
                 \s
                 {"x":1}

                --- End Request Details ---
                """);
    }

    @Test
    void a_body_that_is_not_json_is_quoted_as_go_does_and_none_is_said_to_be_empty() {
        assertThat(hear(player.answer(post("/x", "", NONE, new byte[0]))).text())
                .contains("\nBody:\n  <empty>\n\n---");
        byte[] odd = "a\"\\\n\t\u0001\u007fé\u00a0\u200b😀\u0007".getBytes(StandardCharsets.UTF_8);
        byte[] broken = new byte[odd.length + 2];
        System.arraycopy(odd, 0, broken, 0, odd.length);
        broken[odd.length] = (byte) 0xff;
        broken[odd.length + 1] = (byte) 0xc3;

        assertThat(hear(player.answer(post("/x", "", NONE, broken))).text())
                .contains("\nBody:\n  \"a\\\"\\\\\\n\\t\\x01\\x7fé\\u00a0\\u200b😀\\a\\xff\\xc3\"\n\n---");
    }

    @Test
    void the_first_in_sorted_order_answers_and_then_for_ever() {
        put(directory, "a", chat("same", "1"), chat("same", "2"));
        put(directory, "b", chat("same", "3"));

        assertThat(List.of(
                        hear(player.answer(ask("same"))).text(),
                        hear(player.answer(ask("same"))).text()))
                .containsExactly("1", "1");
    }

    @Test
    void what_the_settings_say_of_replay_does_not_count() {
        put(directory, "old", chat("old", "1").at(0), chat("old", "2"));
        CassetteConfig settings = new CassetteConfig(
                directory.toString(),
                Optional.of("chat"),
                false,
                false,
                Optional.of(Duration.ofDays(1)),
                CassetteConfig.OnExpired.REFUSE,
                CassetteConfig.Repeats.QUEUE,
                CassetteConfig.Exhausted.REFUSE,
                "recorded",
                CassetteConfig.Attempts.DELIVERED,
                CassetteConfig.Match.STRICT,
                CassetteConfig.Scrub.CREDENTIALS);
        CassettePlayer set = CassettePlayer.builder()
                .settings(settings)
                .compatible("/srv/cassettes")
                .build();

        for (int i = 0; i < 3; i++) {
            assertThat(hear(set.answer(ask("old"))).text()).isEqualTo("1");
        }
    }

    @Test
    void replay_has_the_timing_of_the_test_server_unless_another_is_set() {
        CassettePlayer instant = CassettePlayer.builder()
                .directory(directory)
                .compatible("/srv/cassettes")
                .timing("instant")
                .build();

        assertThat(hear(player.answer(ask("hello"))).headDue()).isEqualTo(2_000_000);
        assertThat(hear(instant.answer(ask("hello"))).headDue()).isZero();
    }

    private void assertError(WireRequest request, int status, String message) {
        Heard heard = hear(player.answer(request));

        assertThat(heard.text()).isEqualTo("TestOpenAI Error: " + message + "\n");
        assertThat(heard.status()).isEqualTo(status);
        assertThat(heard.headers()).isEqualTo(ERROR);
    }
}
