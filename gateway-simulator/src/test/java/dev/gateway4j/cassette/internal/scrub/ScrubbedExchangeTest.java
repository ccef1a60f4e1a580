package dev.gateway4j.cassette.internal.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrubbedExchangeTest {
    private static final String KEY = "sk-proj-canary0000canary";

    private final Scrubber scrubber = Scrubber.of(CassetteConfig.Scrub.CREDENTIALS);

    @Test
    void headers_of_a_request_are_saved_if_they_are_known_to_be_harmless() {
        Scrubber asked = Scrubber.of(new CassetteConfig.Scrub(List.of("X-Tenant", "Api-Key"), Set.of(), List.of()));
        Fields headers = Exchanges.fields(
                "Accept", "*/*",
                "Api-Key", "canary",
                "Authorization", "canary",
                "B3", "canary",
                "Content-Type", "application/json",
                "Cookie", "canary",
                "Openai-Organization", "canary",
                "Traceparent", "canary",
                "User-Agent", "me/1.0",
                "X-Amz-Date", "canary",
                "X-Amz-Security-Token", "canary",
                "X-Any", "canary",
                "X-Tenant", "blue");

        Interaction clean = asked.scrub(Exchanges.of(
                RecordedRequest.of("POST", Exchanges.URL, headers, Exchanges.ASKED),
                Exchanges.answer(Exchanges.ANSWERED)));

        assertThat(clean.request().headers().values())
                .containsOnlyKeys("Accept", "Content-Type", "User-Agent", "X-Tenant");
    }

    @Test
    void headers_of_a_response_are_saved_unless_they_tell_whose_it_is() {
        Fields headers = Exchanges.fields(
                "Anthropic-Organization-Id", "canary",
                "Cf-Ray", "canary",
                "Content-Type", "application/json",
                "Openai-Organization", "canary",
                "Openai-Processing-Ms", "42",
                "Openai-Project", "canary",
                "Set-Cookie", "canary",
                "X-Amzn-Trace-Id", "canary",
                "X-B3-Traceid", "canary",
                "X-Ratelimit-Remaining-Tokens", "1000",
                "X-Request-Id", "req_0123456789abcdef");

        Interaction clean = scrubber.scrub(Exchanges.of(
                RecordedRequest.of("POST", Exchanges.URL, Exchanges.json(), Exchanges.ASKED),
                RecordedResponse.of(200, headers, Exchanges.ANSWERED, java.time.Duration.ZERO)));

        assertThat(clean.response().headers().values())
                .containsOnlyKeys(
                        "Content-Type", "Openai-Processing-Ms", "X-Ratelimit-Remaining-Tokens", "X-Request-Id");
    }

    @ParameterizedTest
    @CsvSource({
        "https://mine.openai.azure.com/openai/deployments/mine/chat/completions?api-version=1&x=y, "
                + "https://resource-name.cognitiveservices.azure.com/openai/deployments/gpt-4o/chat/completions",
        "http://localhost:8080/openai/deployments/mine/embeddings, "
                + "http://resource-name.cognitiveservices.azure.com/openai/deployments/gpt-4o/embeddings",
        "https://mine.openai.azure.com/openai/v1/responses?api-version=preview, "
                + "https://resource-name.cognitiveservices.azure.com/openai/v1/responses?api-version=preview",
        "https://mine.services.ai.azure.com/openai/v1/responses, "
                + "https://resource-name.cognitiveservices.azure.com/openai/v1/responses",
        "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-v1%3A0/invoke, "
                + "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-v1%3A0/invoke",
        "https://api.openai.com/v1/files?purpose=batch&limit=2, https://api.openai.com/v1/files?purpose=batch&limit=2"
    })
    void the_address_of_an_azure_resource_tells_not_whose_it_is(String url, String clean) {
        Interaction scrubbed = scrubber.scrub(Exchanges.to(url));

        assertThat(scrubbed.request().url()).isEqualTo(clean);
        assertThat(clean).contains("//" + scrubbed.request().host() + "/");
        assertThat(scrubber.scrub(scrubbed)).isEqualTo(scrubbed);
    }

    @Test
    void a_form_loses_what_came_from_a_query_that_was_dropped() {
        RecordedRequest request = RecordedRequest.of(
                        "POST",
                        "https://mine.openai.azure.com/openai/deployments/mine/x?api-version=1&tenant=2",
                        Exchanges.json(),
                        RecordedBody.of("[]"))
                .to(
                        "https://mine.openai.azure.com/openai/deployments/mine/x?api-version=1&tenant=2",
                        Exchanges.fields("api-version", "1", "tenant", "2", "voice", "alto", "api_key", "canary"));

        Interaction clean = scrubber.scrub(Exchanges.of(request, Exchanges.answer(Exchanges.ANSWERED)));

        assertThat(clean.request().url())
                .isEqualTo("https://resource-name.cognitiveservices.azure.com/openai/deployments/mine/x");
        assertThat(clean.request().form()).isEqualTo(Exchanges.fields("voice", "alto", "api_key", "scrubbed"));
    }

    @Test
    void lengths_follow_a_body_that_became_shorter() {
        String text = "{\"a\":\"" + KEY + "\"}";
        Fields headers = Exchanges.json().with("Content-Length", "" + text.length());
        Interaction interaction = Exchanges.of(
                RecordedRequest.of("POST", Exchanges.URL, headers, RecordedBody.of(text)),
                RecordedResponse.of(200, headers, RecordedBody.of(text), java.time.Duration.ZERO));

        Interaction clean = scrubber.scrub(interaction);

        assertThat(clean.request().contentLength()).isEqualTo(16);
        assertThat(clean.request().headers().first("Content-Length")).contains("16");
        assertThat(clean.response().contentLength()).isEqualTo(16);
        assertThat(clean.response().headers().first("Content-Length")).contains("16");
    }

    @Test
    void chunks_follow_a_body_that_became_shorter() {
        String first = "data: {\"a\":\"é " + KEY + "\"}\n\n";
        String second = "data: {\"a\":\"x\"}\n\n";
        int bytes = first.length() + 1;
        RecordedResponse response = Exchanges.answer(RecordedBody.of(first + second))
                .with(Extras.none()
                        .with(RecordedResponse.CHUNKS, "10+15 20+" + (bytes - 15) + " 30+" + second.length()));

        Interaction clean = scrubber.scrub(
                Exchanges.of(RecordedRequest.of("POST", Exchanges.URL, Exchanges.json(), Exchanges.ASKED), response));

        int shorter = bytes - KEY.length() + "scrubbed".length();
        assertThat(clean.response().extras().text(RecordedResponse.CHUNKS))
                .contains("10+15 20+" + (shorter - 15) + " 30+" + second.length());
        assertThat(clean.response().body().length()).isEqualTo(shorter + second.length());
    }

    @Test
    void members_of_nobody_s_format_are_cleaned_too() {
        Extras extras = Extras.of(Map.of(
                "x-note", new Extras.Text("by " + KEY, false),
                "x-more",
                        new Extras.Items(
                                List.of(new Extras.Members(Map.of("password", new Extras.Text("canary", true))))),
                "x-count", new Extras.Text("1", true)));
        Interaction interaction = Exchanges.to(Exchanges.URL);

        Interaction clean = scrubber.scrub(new Interaction(
                0, interaction.request().with(extras), interaction.response().with(extras), extras));

        assertThat(Exchanges.everything(clean)).doesNotContain("canary");
        assertThat(clean.extras().members()).containsEntry("x-count", new Extras.Text("1", true));
    }

    @Test
    void who_asked_from_where_is_not_saved() {
        RecordedRequest plain = RecordedRequest.of("POST", Exchanges.URL, Exchanges.json(), Exchanges.ASKED);
        RecordedRequest request = new RecordedRequest(
                plain.protocol(),
                plain.contentLength(),
                List.of(),
                Exchanges.fields("X-Any", "canary"),
                plain.host(),
                "192.0.2.1:4711",
                "/v1/x?key=canary0000canary&token=user-1",
                plain.body(),
                plain.form(),
                plain.headers(),
                plain.url(),
                "POST",
                plain.extras());

        Interaction clean = scrubber.scrub(Exchanges.of(request, Exchanges.answer(Exchanges.ANSWERED)));

        assertThat(clean.request().remoteAddr()).isEmpty();
        assertThat(clean.request().requestUri()).isEqualTo("/v1/x?key=scrubbed&token=user-1");
        assertThat(clean.request().trailer().isEmpty()).isTrue();
    }

    @Test
    void a_live_request_that_holds_nothing_is_given_back_itself() {
        WireRequest request = live("/v1/x", "a=b", "{\"a\":1}");

        assertThat(scrubber.scrub(request)).isSameAs(request);
    }

    @Test
    void a_live_request_becomes_what_its_recording_became() {
        Scrubber people =
                Scrubber.of(new CassetteConfig.Scrub(List.of(), Set.of(CassetteConfig.Pii.values()), List.of("Ada")));
        String body = "{\"a\":\"" + KEY + " of Ada, ada@canary.example, +49 30 1234567\"}";
        WireRequest request = live("/v1/projects/canary/locations/x", "q=a%40canary.example&sig=canary0000", body);
        Interaction recorded = Exchanges.of(
                RecordedRequest.of(
                        "POST",
                        "https://api.openai.com" + request.path() + "?" + request.query(),
                        Exchanges.json(),
                        RecordedBody.of(body)),
                Exchanges.answer(Exchanges.ANSWERED));

        WireRequest live = people.scrub(request);
        Interaction saved = people.scrub(recorded);

        assertThat("https://api.openai.com" + live.path() + "?" + live.query())
                .isEqualTo(saved.request().url());
        assertThat(live.body()).isEqualTo(saved.request().body().bytes());
        assertThat(Exchanges.everything(saved))
                .doesNotContain("canary")
                .doesNotContain("Ada")
                .doesNotContain("1234567");
        assertThat(live.headers()).isEqualTo(request.headers());
    }

    @ParameterizedTest
    @CsvSource({
        "sig=scrubbed&se=2030-01-01&sp=r&skoid=canary&sktid=canary&sv=1, "
                + "sig=canary%2B0000%3D&se=2031-02-02&sp=rw&skoid=blue&sktid=blue&sv=2",
        "X-Amz-Date=20300101T000000Z&X-Amz-Expires=60&x=1&X-Amz-Credential=scrubbed&X-Amz-Signature=scrubbed, "
                + "X-Amz-Date=20310101T000000Z&X-Amz-Expires=90&x=1&X-Amz-Credential=canary&X-Amz-Signature=0ca0nary0ca0nary"
    })
    void a_signed_url_is_known_by_a_signature_that_was_taken_out_before(String live, String saved) {
        String clean = scrubber.scrub(live("/v1/x", live, "{}")).query();

        assertThat(clean).doesNotContain("2030").doesNotContain("canary");
        assertThat(scrubber.scrub(Exchanges.to("https://api.openai.com/v1/x?" + saved))
                        .request()
                        .url())
                .isEqualTo("https://api.openai.com/v1/x?" + clean);
    }

    @ParameterizedTest
    @CsvSource({
        "ada@canary.example",
        "+4915112345678",
        "%2B4915112345678",
        "415-867-5309",
        "Lovelace",
        "a%40canary.example"
    })
    void who_stands_in_a_path_gets_a_stand_in_on_both_sides(String who) {
        Scrubber people = Scrubber.of(
                new CassetteConfig.Scrub(List.of(), Set.of(CassetteConfig.Pii.values()), List.of("Lovelace")));
        String path = "/v1/users/" + who + "/files";

        Interaction saved = people.scrub(Exchanges.to("https://api.openai.com" + path));
        WireRequest live = people.scrub(live(path, "", "{}"));

        assertThat(saved.request().url())
                .isEqualTo("https://api.openai.com" + live.path())
                .doesNotContain(who)
                .endsWith("/files");
        assertThat(live.endpoint()).isEqualTo(live.path());
        assertThat(people.scrub(saved)).isEqualTo(saved);
        for (String header : List.of(
                "Location: https://x.example/" + who + "?a=1", "Content-Disposition: x; filename=\"" + who + "\"")) {
            String name = header.substring(0, header.indexOf(':'));
            Interaction answer = people.scrub(Exchanges.responseHeader(name, header.substring(name.length() + 2)));
            assertThat(answer.response().headers().first(name).orElseThrow()).doesNotContain(who);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.telegram.org/bot123456789:AAcanary0000canary-canary_canary000/x, https://api.telegram.org/bot123456789:scrubbed/x",
        "https://discord.com/api/webhooks/123456789012345678/canary0000canary-canary_canary000, "
                + "https://discord.com/api/webhooks/123456789012345678/scrubbed"
    })
    void a_token_in_a_path_goes(String url, String clean) {
        assertThat(LeakGuard.find(Exchanges.to(url))).isPresent();
        assertThat(scrubber.scrub(Exchanges.to(url)).request().url()).isEqualTo(clean);
        assertThat(LeakGuard.find(scrubber.scrub(Exchanges.to(url)))).isEmpty();
    }

    private static WireRequest live(String path, String query, String body) {
        return new WireRequest(
                "c1",
                1,
                "POST",
                "https",
                "api.openai.com",
                path,
                query,
                path,
                WireHeaders.of("Content-Type", "application/json", "Traceparent", "x"),
                CallTags.none(),
                body.getBytes(StandardCharsets.UTF_8),
                0);
    }
}
