package dev.gateway4j.okhttp.internal.cache.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever leaves a flight harms nobody but himself, and what was used is booked once. */
@Timeout(120)
class LeavingTest {
    private static final String WHOLE = String.join("", Tower.EVENTS);

    private final Tower tower = new Tower();

    @AfterEach
    void nothingIsLeft() {
        tower.close();
    }

    /** How many events have arrived; -1 before the head. */
    static IntStream moments() {
        return IntStream.rangeClosed(-1, Tower.EVENTS.size());
    }

    @ParameterizedTest
    @MethodSource("moments")
    void an_opener_that_is_cancelled_fails_nobody(int moment) {
        Call opener = tower.call();
        CompletableFuture<String> opened = tower.reads(opener);
        tower.boards(1);
        List<CompletableFuture<String>> followers = List.of(tower.reads(), tower.reads(), tower.reads());
        tower.boards(4);
        Wire.Exchange upstream = upTo(moment);

        opener.cancel();
        Throwable failure = Tower.failure(opened);
        theRest(upstream, moment);

        assertThat(failure).isInstanceOf(IOException.class).hasMessage("Canceled");
        assertThat(followers).allSatisfy(follower -> assertThat(follower.join()).isEqualTo(WHOLE));
        Crowd.until(() -> tower.flights.underWay() == 0);
        assertThat(tower.wire.asked()).isEqualTo(1);
        assertThat(tower.landed).hasSize(1);
        assertPaidOnce();
        assertThat(tower.reports())
                .filteredOn(report -> report.ending() == Ending.CANCELLED)
                .hasSize(1);
    }

    @Test
    void an_opener_that_leaves_others_behind_costs_nothing_and_the_flight_reports_by_itself() {
        Call opener = tower.call();
        CompletableFuture<String> opened = tower.reads(opener);
        tower.boards(1);
        CompletableFuture<String> follower = tower.reads();
        tower.boards(2);

        opener.cancel();
        Throwable unusedCanceled = Tower.failure(opened);
        theRest(tower.wire.exchange(0), -1);
        String unusedAnswer = follower.join();

        List<CallReport> reports = tower.reports(3);
        assertThat(reports.get(0)).satisfies(left -> {
            assertThat(left.ending()).isEqualTo(Ending.CANCELLED);
            assertThat(left.cost()).isEqualTo(Cost.NOTHING);
            assertThat(left.usage()).contains(Usage.of(0, 0));
            assertThat(left.attempts()).isEmpty();
            assertThat(SingleFlightTest.outcome(left).status()).isEqualTo(CacheStatus.MISS);
        });
        String flight = SingleFlightTest.outcome(reports.get(0)).flight().orElseThrow();
        assertThat(reports)
                .filteredOn(report -> report.callId().equals(flight))
                .singleElement()
                .satisfies(own -> {
                    assertThat(own.cost().text()).isEqualTo(Tower.COST);
                    assertThat(own.tags().user()).contains("anna");
                    assertThat(own.ending()).isEqualTo(Ending.COMPLETED);
                    assertThat(own.attempts()).hasSize(1);
                    assertThat(SingleFlightTest.outcome(own).flight()).contains(flight);
                });
        assertThat(reports)
                .filteredOn(report -> SingleFlightTest.outcome(report).status() == CacheStatus.SHARED)
                .singleElement()
                .satisfies(shared ->
                        assertThat(SingleFlightTest.outcome(shared).flight()).contains(flight));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void a_follower_that_is_cancelled_harms_nobody(int moment) {
        List<CompletableFuture<String>> crew = new ArrayList<>(tower.crew(2));
        Call follower = tower.call();
        CompletableFuture<String> following = tower.reads(follower);
        tower.boards(3);
        Wire.Exchange upstream = upTo(moment);

        follower.cancel();
        Throwable failure = Tower.failure(following);
        theRest(upstream, moment);

        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(crew).allSatisfy(call -> assertThat(call.join()).isEqualTo(WHOLE));
        assertPaidOnce();
        List<CallReport> reports = tower.reports(3);
        assertThat(reports)
                .filteredOn(report -> report.ending() == Ending.CANCELLED)
                .singleElement()
                .satisfies(report -> assertThat(report.cost()).isEqualTo(Cost.NOTHING));
        assertThat(reports)
                .filteredOn(report -> SingleFlightTest.outcome(report).status() == CacheStatus.MISS)
                .singleElement()
                .satisfies(report -> assertThat(report.cost().text()).isEqualTo(Tower.COST));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void the_last_one_off_ends_the_flight_upstream(int moment) {
        Call opener = tower.call();
        CompletableFuture<String> opened = tower.reads(opener);
        Wire.Exchange upstream = upTo(moment);

        opener.cancel();
        Throwable failure = Tower.failure(opened);

        assertThat(failure).hasMessage("Canceled");
        // Whole but for its end, it has a second for that.
        Crowd.until(() -> {
            tower.advance(Duration.ofSeconds(1));
            return upstream.canceled();
        });
        CallReport report = tower.reports(1).get(0);
        assertThat(report.ending()).isEqualTo(Ending.CANCELLED);
        assertThat(report.attempts()).hasSize(1);
        assertThat(SingleFlightTest.outcome(report).status()).isEqualTo(CacheStatus.MISS);
        if (moment < 3) {
            assertThat(report.cost()).isInstanceOf(Cost.Unknown.class);
        }
        Crowd.until(() -> tower.flights.underWay() == 0);
        assertThat(tower.landed).isEmpty();
    }

    @Test
    void a_flight_whose_last_follower_leaves_ends_and_reports_by_itself() {
        Call opener = tower.call();
        CompletableFuture<String> opened = tower.reads(opener);
        tower.boards(1);
        Call follower = tower.call();
        CompletableFuture<String> following = tower.reads(follower);
        tower.boards(2);
        Wire.Exchange upstream = upTo(1);

        opener.cancel();
        Throwable unusedCanceled = Tower.failure(opened);
        follower.cancel();
        Throwable unusedCanceledToo = Tower.failure(following);

        Crowd.until(upstream::canceled);
        List<CallReport> reports = tower.reports(3);
        assertThat(reports).allSatisfy(report -> assertThat(report.ending()).isEqualTo(Ending.CANCELLED));
        assertThat(reports)
                .filteredOn(report -> report.cost() instanceof Cost.Unknown)
                .singleElement()
                .satisfies(report -> assertThat(report.attempts()).hasSize(1));
        Crowd.until(() -> tower.flights.underWay() == 0);
    }

    @Test
    void who_closes_without_reading_leaves_and_the_others_stay() throws Exception {
        CompletableFuture<Response> opener = Tower.on(() -> tower.call().execute());
        tower.boards(1);
        CompletableFuture<Response> closing = Tower.on(() -> tower.call().execute());
        tower.boards(2);
        CompletableFuture<Response> half = Tower.on(() -> tower.call().execute());
        tower.boards(3);
        Wire.Exchange upstream = upTo(2);

        closing.join().close();
        BufferedSource source = half.join().body().source();
        String first = source.readUtf8(Tower.EVENTS.get(0).length());
        half.join().close();
        theRest(upstream, 2);

        assertThat(first).isEqualTo(Tower.EVENTS.get(0));
        assertThat(opener.join().body().string()).isEqualTo(WHOLE);
        assertThat(tower.reports(3))
                .filteredOn(report -> report.ending() == Ending.ABANDONED)
                .hasSize(2)
                .allSatisfy(report -> assertThat(report.cost()).isEqualTo(Cost.NOTHING));
        assertPaidOnce();
    }

    @Test
    void a_reader_that_stops_at_the_last_brace_has_a_whole_answer_which_is_kept() throws Exception {
        CompletableFuture<Response> opener = Tower.on(() -> tower.call().execute());
        Wire.Exchange upstream = tower.wire.exchange(0).json().sends(Tower.PLAIN);
        Response response = opener.join();
        String read = response.body().source().readUtf8(Tower.PLAIN.length());
        Crowd.until(() -> upstream.taken() == 1);

        response.close();
        upstream.ends();

        CallReport report = tower.reports(1).get(0);
        assertThat(read).isEqualTo(Tower.PLAIN);
        assertThat(report.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(report.cost().text()).isEqualTo(Tower.COST);
        assertThat(report.attempts().get(0).ending()).isEqualTo(Ending.COMPLETED);
        assertThat(tower.landed).hasSize(1);
    }

    @Test
    void a_whole_answer_that_never_ends_is_given_up_a_second_after_the_last_reader() throws Exception {
        CompletableFuture<Response> opener = Tower.on(() -> tower.call().execute());
        Wire.Exchange upstream = tower.wire.exchange(0).json().sends(Tower.PLAIN);
        Response response = opener.join();
        String unusedWhole = response.body().source().readUtf8(Tower.PLAIN.length());
        response.close();

        tower.advance(Duration.ofSeconds(1));

        Crowd.until(upstream::canceled);
        CallReport report = tower.reports(1).get(0);
        assertThat(report.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(report.cost().text()).isEqualTo(Tower.COST);
        Crowd.until(() -> tower.flights.underWay() == 0);
    }

    @Test
    void each_has_a_deadline_of_its_own_and_the_flight_has_none() {
        Call opener = tower.call();
        opener.timeout().timeout(5, TimeUnit.SECONDS);
        CompletableFuture<String> opened = tower.reads(opener);
        tower.boards(1);
        CompletableFuture<String> patient = tower.reads();
        tower.boards(2);

        tower.advance(Duration.ofSeconds(5));
        Throwable failure = Tower.failure(opened);
        theRest(tower.wire.exchange(0), -1);

        assertThat(failure).isInstanceOf(InterruptedIOException.class).hasMessage("timeout");
        assertThat(opener.isCanceled()).isTrue();
        assertThat(patient.join()).isEqualTo(WHOLE);
        assertThat(tower.reports(3))
                .filteredOn(report -> report.ending() == Ending.FAILED)
                .singleElement()
                .satisfies(late -> assertThat(late.cost()).isEqualTo(Cost.NOTHING));
        assertPaidOnce();
    }

    @Test
    void a_deadline_holds_between_two_events_too() throws Exception {
        Call hasty = tower.call();
        hasty.timeout().timeout(5, TimeUnit.SECONDS);
        CompletableFuture<String> patient = tower.reads();
        tower.boards(1);
        CompletableFuture<Response> follower = Tower.on(hasty::execute);
        tower.boards(2);
        Wire.Exchange upstream = upTo(1);
        BufferedSource source = follower.join().body().source();
        String first = source.readUtf8(Tower.EVENTS.get(0).length());

        tower.advance(Duration.ofSeconds(5));

        assertThat(first).isEqualTo(Tower.EVENTS.get(0));
        assertThatThrownBy(source::readByte)
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("timeout");
        Crowd.until(() -> tower.flights.aboard(Tower.KEY) == 1);
        theRest(upstream, 1);
        assertThat(patient.join()).isEqualTo(WHOLE);
        tower.reports(2);
    }

    @Test
    void a_silent_answer_is_too_slow_for_whoever_says_so() {
        CompletableFuture<String> patient = tower.reads(
                tower.client.newBuilder().readTimeout(Duration.ZERO).build().newCall(Tower.ask()));
        tower.boards(1);
        Call hasty = tower.client
                .newBuilder()
                .readTimeout(Duration.ofSeconds(10))
                .build()
                .newCall(Tower.ask());
        CompletableFuture<String> following = tower.reads(hasty);
        tower.boards(2);
        Wire.Exchange upstream = upTo(1);

        // It may be on its way to its wait yet, which begins whenever it does.
        Crowd.until(() -> {
            tower.advance(Duration.ofSeconds(1));
            return following.isDone();
        });
        theRest(upstream, 1);

        assertThat(Tower.failure(following))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("timeout");
        assertThat(patient.join()).isEqualTo(WHOLE);
        tower.reports(2);
    }

    @Test
    void who_has_waited_in_vain_and_asks_again_does_not_board_the_same_silence() {
        CompletableFuture<String> patient = tower.reads();
        tower.boards(1);
        Call hasty = tower.call();
        hasty.timeout().timeout(5, TimeUnit.SECONDS);
        CompletableFuture<String> following = tower.reads(hasty);
        tower.boards(2);
        tower.advance(Duration.ofSeconds(5));
        Throwable unusedTimeout = Tower.failure(following);

        CompletableFuture<String> again = tower.reads();
        theRest(tower.wire.exchange(1), -1);

        assertThat(again.join()).isEqualTo(WHOLE);
        assertThat(patient.isDone()).isFalse();
        theRest(tower.wire.exchange(0), -1);
        assertThat(patient.join()).isEqualTo(WHOLE);
        assertThat(tower.reports(3))
                .filteredOn(report -> report.cost().text().equals(Tower.COST))
                .hasSize(2);
    }

    @Test
    void who_is_late_on_an_answer_that_arrives_leaves_it_open_to_others() {
        CompletableFuture<String> patient = tower.reads();
        tower.boards(1);
        Call hasty = tower.call();
        hasty.timeout().timeout(5, TimeUnit.SECONDS);
        CompletableFuture<String> following = tower.reads(hasty);
        tower.boards(2);
        Wire.Exchange upstream = upTo(1);
        Crowd.until(() -> tower.flights.arrived(Tower.KEY) == 1);
        tower.advance(Duration.ofSeconds(5));
        Throwable unusedTimeout = Tower.failure(following);

        CompletableFuture<String> again = tower.reads();
        tower.boards(2);
        theRest(upstream, 1);

        assertThat(again.join()).isEqualTo(WHOLE);
        assertThat(patient.join()).isEqualTo(WHOLE);
        assertThat(tower.wire.asked()).isEqualTo(1);
        tower.reports(3);
    }

    @Test
    void a_listener_that_takes_its_time_holds_up_no_reader() {
        Call opener = tower.call();
        CompletableFuture<String> opened = tower.reads(opener);
        tower.boards(1);
        CompletableFuture<String> follower = tower.reads();
        tower.boards(2);
        opener.cancel();
        Throwable unusedCanceled = Tower.failure(opened);
        Crowd.until(() -> tower.reports().size() == 1);
        String flight =
                SingleFlightTest.outcome(tower.reports().get(0)).flight().orElseThrow();
        CompletableFuture<Void> slow = new CompletableFuture<>();
        tower.hears(report -> {
            if (report.callId().equals(flight)) {
                slow.join();
            }
        });

        theRest(tower.wire.exchange(0), -1);

        assertThat(follower.join()).isEqualTo(WHOLE);
        assertThat(tower.reports(2)).noneMatch(report -> report.callId().equals(flight));
        slow.complete(null);
        tower.reports(3);
        assertPaidOnce();
    }

    @Test
    void an_answer_that_is_over_is_not_watched_though_nobody_reads_or_closes_it() throws Exception {
        Response left = open(1);
        CompletableFuture<String> other = tower.reads();
        tower.boards(2);

        tower.wire.exchange(0).sends(Tower.PLAIN).ends();

        assertThat(other.join()).isEqualTo(Tower.PLAIN);
        Crowd.until(() -> tower.watch.watched() == 0);
        assertThat(left.body().string()).isEqualTo(Tower.PLAIN);
        tower.reports(2);
    }

    private Response open(int number) throws Exception {
        CompletableFuture<Response> call = Tower.on(() -> tower.call().execute());
        tower.boards(number);
        Wire.Exchange unusedHead = tower.wire.exchange(0).json();
        return call.join();
    }

    @Test
    void an_interrupted_waiter_leaves_with_its_flag_set() throws Exception {
        CompletableFuture<String> patient = tower.reads();
        tower.boards(1);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<String> interrupted = Tower.on(() -> {
            thread.complete(Thread.currentThread());
            try (Response response = tower.call().execute()) {
                return response.body().string();
            } finally {
                flag.complete(Thread.currentThread().isInterrupted());
            }
        });
        tower.boards(2);

        thread.join().interrupt();
        Throwable failure = Tower.failure(interrupted);
        theRest(tower.wire.exchange(0), -1);

        assertThat(failure).isInstanceOf(InterruptedIOException.class).hasMessage("interrupted");
        assertThat(flag.join()).isTrue();
        assertThat(patient.join()).isEqualTo(WHOLE);
        tower.reports(2);
    }

    private Wire.Exchange upTo(int moment) {
        Wire.Exchange upstream = tower.wire.exchange(0);
        if (moment >= 0) {
            upstream.stream();
            Tower.EVENTS.subList(0, moment).forEach(upstream::sends);
            Crowd.until(() -> upstream.taken() == moment);
        }
        return upstream;
    }

    private static void theRest(Wire.Exchange upstream, int moment) {
        if (moment < 0) {
            upstream.stream();
        }
        Tower.EVENTS.subList(Math.max(0, moment), Tower.EVENTS.size()).forEach(upstream::sends);
        upstream.ends();
    }

    private void assertPaidOnce() {
        BigDecimal paid = tower.reports().stream()
                .map(report -> ((Cost.Known) report.cost()).usd())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(paid).isEqualByComparingTo(Tower.COST);
    }
}
