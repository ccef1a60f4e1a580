package dev.gateway4j.cassette.internal.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Secret;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeakGuardTest {
    private static final String KEY = "sk-canary0Canary1Canary2";

    @Test
    void it_names_the_place_and_the_kind() {
        assertFound(
                Exchanges.answering(RecordedBody.of("é {\"a\": \"" + KEY + "\"}")),
                "interaction 3, response body at byte 10: looks like an OpenAI key");
        assertFound(Exchanges.to(Exchanges.URL + "/" + KEY), "interaction 3, request URL: looks like an OpenAI key");
        assertFound(
                Exchanges.requestHeader("Authorization", "Bearer x"),
                "interaction 3, request header Authorization: is never saved");
        assertFound(
                Exchanges.responseHeader("Openai-Project", "x"),
                "interaction 3, response header Openai-Project: is never saved");
        assertFound(
                Exchanges.responseHeader("Location", "https://x.example/" + KEY),
                "interaction 3, response header Location: looks like an OpenAI key");
        assertFound(
                Exchanges.asking(RecordedBody.of("{\"password\":\"canary\"}")),
                "interaction 3, request body at byte 1: a member named like a credential has a value");
    }

    @Test
    void it_names_a_known_secret_by_its_alias() {
        Secret.of("the blue one", "canary!of!the!guard");

        assertFound(
                Exchanges.asking(RecordedBody.of("is canary!of!the!guard")),
                "interaction 3, request body at byte 3: holds the secret \"the blue one\"");
    }

    @Test
    void it_says_through_what_it_looked() {
        String code = Base64.getEncoder().encodeToString(("the key is " + KEY).getBytes(StandardCharsets.UTF_8));

        assertFound(
                Exchanges.asking(RecordedBody.of("{\"data\":\"" + code + "\"}")),
                "interaction 3, request body, inside of base64: looks like an OpenAI key");
        assertFound(
                Exchanges.asking(RecordedBody.of("{\"a\":\"\\u0073" + KEY.substring(1) + "\"}")),
                "interaction 3, request body, without the escapes of JSON: looks like an OpenAI key");
        assertFound(
                Exchanges.asking(RecordedBody.of(
                        "data: {\"delta\":\"sk-canary0\"}\n\ndata: {\"delta\":\"Canary1Canary2\"}\n\n")),
                "interaction 3, request body, over several events: looks like an OpenAI key");
    }

    @Test
    void it_looks_into_members_that_no_format_knows() {
        Interaction interaction = Exchanges.to(Exchanges.URL);
        Extras extras = Extras.of(Map.of("x-note", new Extras.Text(KEY, false)));

        assertFound(
                new Interaction(3, interaction.request(), interaction.response(), extras),
                "interaction 3, interaction member x-note: looks like an OpenAI key");
    }

    static Stream<String> marked() {
        // Which accounts, pages and projects these are is scrubbed, but no reason to refuse a file.
        return Stream.concat(Canaries.IN_TEXT.stream(), Canaries.MEMBERS.stream())
                .filter(text -> !text.startsWith("arn:") && !text.startsWith("/v1/projects"));
    }

    @ParameterizedTest
    @MethodSource("marked")
    void what_was_not_scrubbed_is_seen(String marked) {
        Interaction interaction = Exchanges.asking(RecordedBody.of(marked.replaceAll("[«»]", "")));

        assertThat(LeakGuard.find(interaction)).isPresent();
    }

    private static void assertFound(Interaction interaction, String message) {
        assertThat(LeakGuard.find(interaction)).contains(message);
        assertThat(message).doesNotContain("canary");
    }
}
