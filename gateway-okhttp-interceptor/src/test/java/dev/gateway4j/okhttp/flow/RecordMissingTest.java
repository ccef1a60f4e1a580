package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Savings;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class RecordMissingTest {
    private static final String PATH = "/v1/chat/completions";

    private final LoopbackUpstream upstream = LoopbackUpstream.json(LoopbackUpstream.CHAT);
    private final LoopbackUpstream foreign = LoopbackUpstream.json("{\"live\":true}");
    private final RecordingListener listener = new RecordingListener();
    private final TapeDeck deck = TapeDeck.working();

    @AfterEach
    void stop() {
        upstream.close();
        foreign.close();
    }

    @Test
    void what_is_there_is_replayed_and_nothing_leaves() throws IOException {
        Gateway gateway = gateway(replaying().recordMissing(), CannedCassettes.of(Map.of(PATH, LoopbackUpstream.CHAT)));

        assertThat(ask(gateway, Chat.plain())).startsWith("200 replay");

        assertThat(upstream.received()).isEmpty();
        assertThat(deck.takes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = RefusalReason.class,
            names = {"NO_CASSETTE", "CASSETTE_MISMATCH"})
    void what_is_not_goes_out_with_the_key_and_is_recorded(RefusalReason why) throws IOException {
        Gateway gateway = gateway(replaying().recordMissing(), new CannedCassettes(why, Map.of()));

        assertThat(ask(gateway, Chat.plain())).isEqualTo("200 upstream null " + LoopbackUpstream.CHAT);

        assertThat(upstream.only().header("Authorization")).contains("Bearer " + Settings.STAGING_KEY);
        assertThat(deck.only().body()).isEqualTo(LoopbackUpstream.CHAT);
        assertThat(deck.only().endings).containsExactly("completed delivered");
        CallReport report = listener.only();
        assertThat(report.source()).isEqualTo(Source.UPSTREAM);
        assertThat(report.attempts()).hasSize(1);
        assertThat(report.cost()).isNotEqualTo(Cost.NOTHING);
        assertThat(gateway.savings()).isEqualTo(Savings.NONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = RefusalReason.class,
            names = {"INVALID_REQUEST", "CONTENT_REFUSED"})
    void another_refusal_is_the_answer(RefusalReason why) throws IOException {
        Gateway gateway = gateway(replaying().recordMissing(), new CannedCassettes(why, Map.of()));

        assertThat(ask(gateway, Chat.plain())).startsWith(why.status() + " gateway " + why.id());

        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void a_body_that_was_read_for_the_cassettes_is_sent_all_the_same() throws IOException {
        Gateway gateway = gateway(replaying().recordMissing(), CannedCassettes.none());
        Request audio = new Request.Builder()
                .url("https://api.openai.com/v1/audio/transcriptions")
                .post(RequestBody.create("RIFF", MediaType.get("audio/wav")))
                .build();

        assertThat(ask(gateway, audio)).startsWith("200 upstream");

        assertThat(upstream.only().body()).isEqualTo("RIFF");
        assertThat(deck.only().question()).isEqualTo("RIFF");
    }

    @Test
    void without_a_key_the_refusal_is_the_answer_unless_none_is_needed() throws IOException {
        Gateway none = gateway(replaying().noKeys().recordMissing(), CannedCassettes.none());
        Gateway open = gateway(replaying().noKeys().noAuth().recordMissing(), CannedCassettes.none());

        assertThat(ask(none, Chat.plain())).startsWith("404 gateway no_cassette");
        assertThat(upstream.received()).isEmpty();
        assertThat(ask(open, Chat.plain())).startsWith("200 upstream");

        assertThat(upstream.only().header("Authorization")).isEmpty();
        assertThat(deck.takes).hasSize(1);
    }

    @Test
    void what_cannot_be_recorded_does_not_leave() throws IOException {
        TapeDeck objecting = TapeDeck.objecting(Refusal.of(RefusalReason.INVALID_REQUEST, "Name a cassette."));
        Gateway gateway = Gateway.builder()
                .config(replaying().recordMissing().build())
                .standIn(CannedCassettes.none())
                .recorder(objecting)
                .build();

        assertThat(ask(gateway, Chat.plain())).startsWith("400 gateway invalid_request");

        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void a_host_that_is_no_upstream_is_recorded_under_relaxed_isolation_by_a_call_with_a_cassette() throws IOException {
        Gateway relaxed = gateway(replaying().isolation(Isolation.RELAXED).recordMissing(), CannedCassettes.none());
        Gateway strict = gateway(replaying().recordMissing(), CannedCassettes.none());
        Request plain = Chat.post(foreign.baseUrl() + "/messages", "{}");
        Request named = plain.newBuilder().header("X-Cassette-Name", "messages").build();

        assertThat(ask(strict, named)).startsWith("404 gateway no_cassette");
        assertThat(foreign.received()).isEmpty();
        assertThat(ask(relaxed, plain)).startsWith("200 upstream");
        assertThat(deck.takes).as("telemetry and the like").isEmpty();
        assertThat(ask(relaxed, named)).startsWith("200 upstream");

        assertThat(deck.only().request.tags().cassette()).contains("messages");
        assertThat(foreign.received().get(1).header("Authorization")).contains("Bearer sk-test-application-0000");
        assertThat(foreign.received().get(1).header("X-Cassette-Name")).isEmpty();
    }

    @Test
    void a_cassette_named_in_the_settings_counts_for_every_host() throws IOException {
        Settings settings =
                replaying().isolation(Isolation.RELAXED).recordMissing().cassette("all");
        Gateway gateway = gateway(settings, CannedCassettes.none());

        assertThat(ask(gateway, Chat.post(foreign.baseUrl() + "/messages", "{}")))
                .startsWith("200 upstream");

        assertThat(deck.takes).hasSize(1);
    }

    private Settings replaying() {
        return Settings.replaying(upstream.baseUrl());
    }

    private Gateway gateway(Settings settings, CannedCassettes cassettes) {
        return Gateway.builder()
                .config(settings.build())
                .standIn(cassettes)
                .recorder(deck)
                .listener(listener)
                .build();
    }

    /** Status, source, refusal and body. */
    private static String ask(Gateway gateway, Request request) throws IOException {
        OkHttpClient client = gateway.wrap(new OkHttpClient());
        try (Response response = client.newCall(request).execute()) {
            return response.code() + " " + response.header("x-gateway-source") + " "
                    + response.header("x-gateway-refusal") + " "
                    + response.body().string();
        }
    }
}
