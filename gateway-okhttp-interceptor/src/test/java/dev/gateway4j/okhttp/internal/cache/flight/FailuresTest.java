package dev.gateway4j.okhttp.internal.cache.flight;

import static dev.gateway4j.api.limit.LimitKind.REQUESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.TruncatedAnswerException;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fails a flight fails everybody on board, each in his own way, and is forgotten with it. */
@Timeout(120)
class FailuresTest {
    static Stream<IOException> failures() {
        return Stream.of(
                new ConnectException("Connection refused"),
                new SocketTimeoutException("timeout"),
                new UnknownHostException("no such host"),
                new SSLHandshakeException("no trust"),
                new EOFException("cut"),
                new IOException("something else"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everybody_hears_of_it_by_an_exception_of_his_own_and_the_next_call_asks_anew(IOException broken) {
        try (Tower tower = new Tower()) {
            List<CompletableFuture<String>> crew = tower.crew(3);

            tower.wire.exchange(0).breaks(broken);

            Set<Throwable> heard = new HashSet<>();
            for (CompletableFuture<String> call : crew) {
                Throwable failure = Tower.failure(call);
                assertThat(failure).hasSameClassAs(broken).hasMessage(broken.getMessage());
                heard.add(failure);
            }
            assertThat(heard).hasSize(3);
            assertThat(tower.landed).isEmpty();
            assertThat(tower.reports(3))
                    .allSatisfy(report -> assertThat(report.ending()).isEqualTo(Ending.FAILED));
            assertThat(tower.reports())
                    .filteredOn(report -> !report.attempts().isEmpty())
                    .singleElement()
                    .satisfies(report -> assertThat(report.cost()).isInstanceOf(Cost.Unknown.class));
            assertNextIsFine(tower);
        }
    }

    @Test
    void a_cut_answer_is_cut_for_everybody_after_all_that_came() {
        try (Tower tower = new Tower()) {
            List<CompletableFuture<String>> crew = tower.crew(3);

            Wire.Exchange upstream = tower.wire.exchange(0).stream();
            Tower.EVENTS.subList(0, 2).forEach(upstream::sends);
            upstream.ends();

            int bytes = Tower.EVENTS.get(0).length() + Tower.EVENTS.get(1).length();
            assertThat(crew).allSatisfy(call -> assertThat(Tower.failure(call))
                    .isInstanceOf(TruncatedAnswerException.class)
                    .hasMessageContaining("ended after " + bytes + " bytes"));
            assertThat(tower.landed).isEmpty();
            assertThat(tower.reports(3))
                    .allSatisfy(report -> assertThat(report.ending()).isEqualTo(Ending.TRUNCATED));
            assertNextIsFine(tower);
        }
    }

    @Test
    void a_stream_that_breaks_off_breaks_off_for_everybody() {
        try (Tower tower = new Tower()) {
            List<CompletableFuture<String>> crew = tower.crew(2);

            tower.wire.exchange(0).stream().sends(Tower.EVENTS.get(0)).breaks(new SocketTimeoutException("timeout"));

            assertThat(crew)
                    .allSatisfy(call -> assertThat(Tower.failure(call)).isInstanceOf(SocketTimeoutException.class));
            tower.reports(2);
            assertNextIsFine(tower);
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(ints = {400, 404, 500})
    void an_error_of_the_upstream_is_everybodys_and_the_next_call_asks_anew(int status) throws Exception {
        try (Tower tower = new Tower()) {
            List<CompletableFuture<Response>> crew = new java.util.ArrayList<>();
            for (int i = 0; i < 3; i++) {
                crew.add(Tower.on(() -> tower.call().execute()));
                tower.boards(i + 1);
            }
            String body = "{\"error\":{\"message\":\"no\"}}";

            tower.wire
                    .exchange(0)
                    .starts(status, "application/json")
                    .sends(body)
                    .ends();

            for (CompletableFuture<Response> call : crew) {
                assertThat(call.join().code()).isEqualTo(status);
                assertThat(call.join().body().string()).isEqualTo(body);
            }
            assertThat(tower.wire.asked()).isEqualTo(1);
            assertThat(tower.landed).extracting(Landed::status).containsExactly(status);
            assertThat(tower.reports(3))
                    .allSatisfy(report -> assertThat(report.status()).hasValue(status));
            assertNextIsFine(tower);
        }
    }

    @Test
    void a_refusal_is_for_the_opener_alone_and_the_others_board_another_flight() throws Exception {
        LimitRule rule =
                new LimitRule(LimitScope.USER, LimitRule.EACH, REQUESTS, 1, Duration.ofMinutes(1), "requests_per_user");
        try (Tower tower = new Tower(RateLimitConfig.of(List.of(rule)), 100, 1 << 20)) {
            assertNextIsFine(tower); // anna has no more
            CompletableFuture<Void> gate = new CompletableFuture<>();
            tower.flies(journey -> new Waiting(journey, gate));
            CompletableFuture<Response> anna =
                    Tower.on(() -> tower.client.newCall(Tower.ask("anna")).execute());
            tower.boards(1);
            List<CompletableFuture<String>> others = Stream.of("berta", "clara", "dora")
                    .map(user -> tower.reads(tower.client.newCall(Tower.ask(user))))
                    .toList();
            tower.boards(4);

            tower.wire.plays(
                    (exchange, number) -> exchange.json().sends(Tower.PLAIN).ends());
            gate.complete(null);
            Response refused = anna.join();

            assertThat(refused.code()).isEqualTo(429);
            assertThat(refused.header("x-gateway-refusal")).isEqualTo("rate_limited");
            assertThat(refused.header("x-gateway-source")).isEqualTo("gateway");
            refused.close();
            assertThat(others).allSatisfy(call -> assertThat(call.join()).isEqualTo(Tower.PLAIN));
            assertThat(tower.wire.asked()).isBetween(2, 4); // one of them opens; who comes late may ask anew
            List<CallReport> reports = tower.reports(5);
            assertThat(reports)
                    .filteredOn(report -> report.refusal().equals(java.util.Optional.of(RefusalReason.RATE_LIMITED)))
                    .singleElement()
                    .satisfies(report -> {
                        assertThat(report.tags().user()).contains("anna");
                        assertThat(report.ending()).isEqualTo(Ending.REFUSED);
                        assertThat(report.cost()).isEqualTo(Cost.NOTHING);
                        assertThat(report.attempts()).hasSize(1);
                    });
            assertThat(reports)
                    .filteredOn(report -> !report.tags().user().equals(java.util.Optional.of("anna")))
                    .allSatisfy(report -> assertThat(report.ending()).isEqualTo(Ending.COMPLETED))
                    .anySatisfy(report -> assertThat(
                                    SingleFlightTest.outcome(report).status())
                            .isEqualTo(CacheStatus.MISS));
        }
    }

    static Stream<Throwable> crashes() {
        return Stream.of(new IllegalStateException("a bug"), new OutOfMemoryError("made up"), new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("crashes")
    void whatever_a_journey_throws_everybody_hears_of_it(Throwable crash) {
        try (Tower tower = new Tower()) {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            tower.flies(journey -> new Waiting(journey, gate) {
                @Override
                public Answer depart(Upstream upstream) throws IOException {
                    Answer unusedAnswer = super.depart(upstream);
                    return sneak(crash);
                }
            });
            List<CompletableFuture<String>> crew = tower.crew(3);

            gate.complete(null);
            tower.wire.exchange(0).json().sends(Tower.PLAIN).ends();

            assertThat(crew).allSatisfy(call -> assertThat(Tower.failure(call))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(crash.getClass().getSimpleName()));
            assertThat(tower.reports(3))
                    .allSatisfy(report -> assertThat(report.ending()).isEqualTo(Ending.FAILED));
            tower.flies(journey -> journey);
            assertNextIsFine(tower);
        }
    }

    @ParameterizedTest
    @MethodSource("crashes")
    void an_answer_that_cannot_be_kept_is_delivered_all_the_same(Throwable crash) {
        try (Tower tower = new Tower()) {
            tower.flies(journey -> new Journey() {
                @Override
                public Answer depart(Upstream upstream) throws IOException {
                    return journey.depart(upstream);
                }

                @Override
                public void landed(Landed landed) {
                    sneak(crash);
                }
            });
            List<CompletableFuture<String>> crew = tower.crew(2);

            tower.wire.exchange(0).json().sends(Tower.PLAIN).ends();

            assertThat(crew).allSatisfy(call -> assertThat(call.join()).isEqualTo(Tower.PLAIN));
            tower.reports(2);
        }
    }

    @Test
    void whoever_finds_no_place_asks_by_himself() throws Exception {
        try (Tower tower = new Tower(RateLimitConfig.none(), 1, 1 << 20)) {
            List<CompletableFuture<String>> crew = tower.crew(2);
            CompletableFuture<Response> third = Tower.on(() -> tower.call().execute());

            tower.wire.exchange(1).json().sends(Tower.PLAIN).ends();
            Response alone = third.join();
            alone.body().bytes();
            tower.wire.exchange(0).json().sends(Tower.PLAIN).ends();

            assertThat(alone.header("x-gateway-cache")).isEqualTo("miss");
            assertThat(alone.header("x-gateway-source")).isEqualTo("upstream");
            assertThat(crew).allSatisfy(call -> assertThat(call.join()).isEqualTo(Tower.PLAIN));
            assertThat(tower.reports(3))
                    .filteredOn(report -> report.cost().text().equals(Tower.COST))
                    .hasSize(2);
        }
    }

    @Test
    void where_no_flight_can_start_calls_ask_by_themselves() {
        try (Tower tower = new Tower()) {
            tower.threads.close();
            tower.wire.plays(
                    (exchange, number) -> exchange.json().sends(Tower.PLAIN).ends());

            assertThat(List.of(tower.reads(), tower.reads()))
                    .allSatisfy(call -> assertThat(call.join()).isEqualTo(Tower.PLAIN));

            assertThat(tower.wire.asked()).isEqualTo(2);
            assertThat(tower.reports(2)).allSatisfy(report -> {
                assertThat(report.cost().text()).isEqualTo(Tower.COST);
                assertThat(SingleFlightTest.outcome(report).status()).isEqualTo(CacheStatus.MISS);
            });
        }
    }

    private static void assertNextIsFine(Tower tower) {
        int before = tower.wire.asked();
        int reports = tower.reports().size();
        CompletableFuture<String> next = tower.reads();
        tower.wire.exchange(before).json().sends(Tower.PLAIN).ends();
        assertThat(next.join()).isEqualTo(Tower.PLAIN);
        tower.reports(reports + 1);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws what need not be declared
    private static <T, E extends Throwable> T sneak(Throwable crash) throws E {
        throw (E) crash;
    }

    /** Asks once it may. */
    private static class Waiting implements Journey {
        private final Journey journey;
        private final CompletableFuture<Void> gate;

        Waiting(Journey journey, CompletableFuture<Void> gate) {
            this.journey = journey;
            this.gate = gate;
        }

        @Override
        public Answer depart(Upstream upstream) throws IOException {
            Void unusedOpen = gate.join();
            return journey.depart(upstream);
        }

        @Override
        public void landed(Landed landed) {
            journey.landed(landed);
        }
    }
}
