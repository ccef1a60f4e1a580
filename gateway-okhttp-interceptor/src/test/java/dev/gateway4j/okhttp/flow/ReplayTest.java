package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Savings;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(300)
class ReplayTest {
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
    void a_recorded_answer_is_accounted_for_and_costs_nothing() throws IOException {
        Gateway gateway = gateway(replaying(), CannedCassettes.of(Map.of(PATH, LoopbackUpstream.CHAT)));

        String answer = ask(gateway, Chat.plain());

        assertThat(answer).isEqualTo("200 replay null " + LoopbackUpstream.CHAT);
        CallReport report = listener.only();
        assertThat(report.source()).isEqualTo(Source.REPLAY);
        assertThat(report.usage()).contains(Usage.of(14, 2));
        assertThat(report.modelServed()).contains("gpt-4o-mini-2024-07-18");
        assertThat(report.cost()).isEqualTo(Cost.NOTHING);
        assertThat(report.attempts().get(0).key()).contains("staging-blue");
        assertThat(report.attempts().get(0).requestId()).contains("req_recorded");
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void what_replay_saves_is_counted_and_said_once_at_the_end() throws IOException {
        String unpriced = LoopbackUpstream.CHAT.replace("gpt-4o-mini-2024-07-18", "no-such-model");
        CannedCassettes cassettes = CannedCassettes.of(
                Map.of(PATH, LoopbackUpstream.CHAT, "/v1/other/completions", unpriced, "/v1/models", "{\"data\":[]}"));
        Logger logger = (Logger) LoggerFactory.getLogger("dev.gateway4j.cost");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Gateway gateway = gateway(replaying(), cassettes);

        ask(gateway, Chat.plain());
        ask(gateway, Chat.plain());
        ask(gateway, Chat.post("https://api.openai.com/v1/other/completions", Chat.PLAIN));
        ask(
                gateway,
                new Request.Builder().url("https://api.openai.com/v1/models").build());
        ask(gateway, Chat.post("https://api.openai.com/v1/missing", Chat.PLAIN));
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        gateway.close();
        gateway.close();
        logger.detachAppender(log);
        logger.setLevel(before);

        // 14 × 0.15 + 2 × 0.60 millionths of a dollar, twice.
        BigDecimal usd = new BigDecimal("0.0000066");
        Savings saved = gateway.savings();
        assertThat(saved.usd()).isEqualByComparingTo(usd);
        assertThat(saved).isEqualTo(new Savings(3, 42, 6, saved.usd(), 1));
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("replay saved calls=3 tokens=42+6 usd=0.0000066 unpriced=1");
    }

    @Test
    void calls_that_an_upstream_answered_save_nothing() throws IOException {
        Gateway gateway = gateway(
                Settings.passthrough(upstream.baseUrl()), CannedCassettes.of(Map.of(PATH, LoopbackUpstream.CHAT)));

        ask(gateway, Chat.plain());

        assertThat(gateway.savings()).isEqualTo(Savings.NONE);
        assertThat(listener.only().cost()).isNotEqualTo(Cost.NOTHING);
    }

    @Test
    void without_a_recording_the_call_is_refused_and_nothing_leaves() throws IOException {
        for (RefusalReason reason : new RefusalReason[] {RefusalReason.NO_CASSETTE, RefusalReason.CASSETTE_MISMATCH}) {
            Gateway gateway = gateway(replaying(), new CannedCassettes(reason, Map.of()));

            assertThat(ask(gateway, Chat.plain())).startsWith(reason.status() + " gateway " + reason.id());
        }

        assertThat(listener.reports()).extracting(CallReport::ending).containsOnly(Ending.REFUSED);
        assertThat(listener.reports()).extracting(CallReport::cost).containsOnly(Cost.NOTHING);
        assertThat(upstream.received()).isEmpty();
        assertThat(deck.takes).isEmpty();
    }

    @Test
    void a_host_that_is_no_upstream_is_replayed_as_well_without_its_credentials() throws IOException {
        CannedCassettes cassettes = CannedCassettes.of(Map.of("/v1/messages", "{\"type\":\"message\"}"));
        for (Isolation isolation : Isolation.values()) {
            Gateway gateway = gateway(replaying().isolation(isolation), cassettes);

            assertThat(ask(gateway, messages("https://api.anthropic.com")))
                    .isEqualTo("200 replay null {\"type\":\"message\"}");
        }

        CallReport report = listener.reports().get(0);
        assertThat(report.source()).isEqualTo(Source.REPLAY);
        assertThat(report.endpoint()).isEqualTo("/v1/messages");
        assertThat(report.attempts().get(0).upstream()).isEqualTo("api.anthropic.com");
        assertThat(report.attempts().get(0).key()).isEmpty();
        assertThat(report.usage()).isEmpty();
        assertThat(report.cost()).isEqualTo(Cost.NOTHING);
        assertThat(cassettes.asked.get(0).authority()).isEqualTo("api.anthropic.com");
        assertThat(cassettes.asked.get(0).headers().first("x-api-key")).isEmpty();
        assertThat(cassettes.asked.get(0).headers().first("anthropic-version")).contains("2023-06-01");
    }

    @Test
    void a_host_without_a_recording_is_refused_under_strict_isolation() throws IOException {
        Gateway gateway = gateway(replaying(), CannedCassettes.none());

        assertThat(ask(gateway, messages(foreign()))).startsWith("404 gateway no_cassette");

        assertThat(foreign.received()).isEmpty();
    }

    @Test
    void under_relaxed_isolation_it_passes_by_as_it_came_unless_a_cassette_is_named() throws IOException {
        Gateway gateway = gateway(replaying().isolation(Isolation.RELAXED), CannedCassettes.none());
        Request request = messages(foreign());
        Request named =
                request.newBuilder().header("X-Cassette-Name", "messages").build();

        String passed = ask(gateway, request);
        String refused = ask(gateway, named);
        try (Response bare = new OkHttpClient().newCall(request).execute()) {
            assertThat(bare.code()).isEqualTo(200);
        }

        assertThat(passed).isEqualTo("200 upstream null {\"live\":true}");
        assertThat(refused).startsWith("404 gateway no_cassette");
        assertThat(foreign.received()).hasSize(2);
        assertThat(foreign.received().get(0)).isEqualTo(foreign.received().get(1));
        assertThat(deck.takes).isEmpty();
        assertThat(listener.reports().get(0).cost()).isEqualTo(Cost.NOTHING);
    }

    @Test
    void a_body_too_long_to_be_recorded_passes_by_as_well() throws IOException {
        Settings small = replaying().isolation(Isolation.RELAXED).maxBodyBytes(10);
        Gateway gateway = gateway(small, CannedCassettes.none());

        assertThat(ask(gateway, messages(foreign()))).startsWith("200 upstream");
        assertThat(ask(gateway, messages(foreign() + "/v1", "x".repeat(11)))).startsWith("200 upstream");

        assertThat(foreign.received().get(1).body()).isEqualTo("x".repeat(11));
    }

    @Test
    void in_hybrid_mode_cassettes_are_replayed_and_nothing_is_recorded() throws IOException {
        Settings hybrid = Settings.hybrid(upstream.baseUrl()).recordMissing().response(PATH, ResponseType.CASSETTE);
        Gateway gateway = gateway(hybrid, CannedCassettes.none());

        assertThat(ask(gateway, Chat.plain())).startsWith("404 gateway no_cassette");

        assertThat(upstream.received()).isEmpty();
        assertThat(deck.takes).isEmpty();
    }

    @Test
    void closing_closes_everything_and_lets_the_recorders_failure_through() {
        CannedCassettes cassettes = CannedCassettes.none();
        TapeDeck full = TapeDeck.fullAt("close");
        StandIn stuck = new StandIn() {
            @Override
            public dev.gateway4j.api.spi.WireAnswer answer(dev.gateway4j.api.spi.WireRequest request) {
                return cassettes.answer(request);
            }

            @Override
            public void close() {
                cassettes.close();
                throw new IllegalStateException("stuck");
            }
        };
        Gateway failing = Gateway.builder()
                .config(replaying().recordMissing().build())
                .standIn(cassettes)
                .recorder(full)
                .build();
        Gateway both = Gateway.builder()
                .config(replaying().recordMissing().build())
                .standIn(stuck)
                .recorder(deck)
                .build();

        assertThatThrownBy(failing::close)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left on device at close");
        assertThatThrownBy(both::close).hasMessage("stuck");

        assertThat(cassettes.closed).isTrue();
        assertThat(full.closed).isTrue();
        assertThat(deck.closed).isTrue();
        failing.close();
    }

    private Settings replaying() {
        return Settings.replaying(upstream.baseUrl());
    }

    private String foreign() {
        return foreign.baseUrl().replace("/v1", "");
    }

    private static Request messages(String origin) {
        return messages(origin, "{\"model\":\"claude-x\",\"max_tokens\":1}");
    }

    private static Request messages(String origin, String body) {
        return Chat.post(origin + "/v1/messages", body)
                .newBuilder()
                .removeHeader("Authorization")
                .header("x-api-key", "ant-test-application-0000")
                .header("anthropic-version", "2023-06-01")
                .build();
    }

    private Gateway gateway(Settings settings, StandIn standIn) {
        return Gateway.builder()
                .config(settings.build())
                .standIn(standIn)
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
