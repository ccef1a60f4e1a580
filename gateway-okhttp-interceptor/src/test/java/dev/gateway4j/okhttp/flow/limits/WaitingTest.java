package dev.gateway4j.okhttp.flow.limits;

import static dev.gateway4j.api.limit.LimitKind.CONCURRENCY;
import static dev.gateway4j.api.limit.LimitKind.REQUESTS;
import static dev.gateway4j.api.limit.LimitScope.ENVIRONMENT;
import static dev.gateway4j.api.limit.LimitScope.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.limit.LimitOutcome.Decision;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits that let calls wait. */
@Timeout(60)
class WaitingTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final ManualTime time = ManualTime.standing();
    private final Script openai = Script.answering();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void a_call_waits_no_longer_than_it_must() throws IOException {
        ManualTime hurrying = ManualTime.advancing();
        House house = new House(
                Limited.simulated(Limited.waiting(LONG, 10, Limited.perMinute(ENVIRONMENT, REQUESTS, 6))),
                hurrying,
                openai);
        for (int i = 0; i < 6; i++) {
            assertThat(house.ask(Limited.ask())).isEqualTo(200);
        }
        assertThat(hurrying.nanos()).isZero();

        assertThat(house.ask(Limited.ask())).isEqualTo(200);

        assertThat(hurrying.nanos()).isEqualTo(Duration.ofSeconds(10).toNanos());
        assertThat(house.lastOutcome().decision()).isEqualTo(Decision.WAITED);
        assertThat(house.lastOutcome().limit()).contains("requests_per_minute");
        assertThat(house.lastOutcome().waited()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_wait_longer_than_max_wait_is_refused_at_once() throws IOException {
        House house = new House(
                Limited.simulated(
                        Limited.waiting(Duration.ofSeconds(2), 10, Limited.perMinute(ENVIRONMENT, REQUESTS, 6))),
                ManualTime.advancing(),
                openai);
        for (int i = 0; i < 6; i++) {
            house.ask(Limited.ask());
        }

        try (Response refused = house.client.newCall(Limited.ask()).execute()) {
            assertThat(refused.code()).isEqualTo(429);
            assertThat(refused.header("retry-after")).isEqualTo("10");
            assertThat(refused.body().string()).contains("That is longer than this call may wait.");
        }
        assertThat(house.lastOutcome().waited()).isZero();
    }

    @Test
    void a_call_that_would_be_too_late_anyway_is_refused_at_once() throws IOException {
        House house = new House(
                Limited.simulated(Limited.waiting(LONG, 10, Limited.perMinute(ENVIRONMENT, REQUESTS, 1))),
                ManualTime.advancing(),
                openai);
        house.ask(Limited.ask());
        OkHttpClient hasty =
                house.client.newBuilder().callTimeout(Duration.ofSeconds(20)).build();

        try (Response refused = hasty.newCall(Limited.ask()).execute()) {
            assertThat(refused.code()).isEqualTo(429);
        }
    }

    @Test
    void a_cancelled_call_stops_waiting_at_once_and_takes_nothing() throws Exception {
        House house = waitingHouse();
        Call call = house.client.newCall(Limited.ask());
        Future<Response> waiting = threads.submit(call::execute);
        awaitWaiting(1);

        call.cancel();

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(IOException.class).hasMessageContaining("Canceled");
        assertThat(house.last().ending()).isEqualTo(Ending.CANCELLED);
        time.advance(Duration.ofMinutes(1));
        assertThat(house.left(REQUESTS)).isEqualTo(1);
    }

    @Test
    void an_interrupted_call_stops_waiting_and_stays_interrupted() throws Exception {
        House house = waitingHouse();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                house.ask(Limited.ask());
                interrupted.completeExceptionally(new AssertionError("it was answered"));
            } catch (InterruptedIOException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            } catch (IOException e) {
                interrupted.completeExceptionally(e);
            }
        });
        thread.start();
        awaitWaiting(1);

        thread.interrupt();

        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
        thread.join();
    }

    @Test
    void a_call_beyond_max_queue_is_refused() throws Exception {
        House house = waitingHouse();
        Future<Integer> first = threads.submit(() -> house.ask(Limited.ask()));
        Future<Integer> second = threads.submit(() -> house.ask(Limited.ask()));
        awaitWaiting(2);

        assertThat(house.ask(Limited.ask())).isEqualTo(429);

        assertThat(first.isDone() || second.isDone()).as("the two wait on").isFalse();
        house.client.dispatcher().cancelAll();
    }

    @Test
    void a_place_that_is_freed_goes_to_the_first_in_line_at_once() throws Exception {
        House house = new House(
                Limited.simulated(Limited.waiting(LONG, 10, Limited.perMinute(ENVIRONMENT, CONCURRENCY, 1))),
                time,
                openai);
        Response first = house.client.newCall(Limited.ask()).execute();
        Future<Integer> second = threads.submit(() -> house.ask(Limited.ask()));
        awaitWaiting(1);
        assertThat(second.isDone()).isFalse();

        first.close();

        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(time.nanos()).as("not by the clock").isZero();
        assertThat(house.left(CONCURRENCY)).isEqualTo(1);
    }

    /** OkHttp's dispatcher runs 5 calls a host and 64 in all. */
    @Test
    void calls_that_wait_leave_other_hosts_their_slots() throws Exception {
        House house = new House(
                Limited.simulated(Limited.waiting(Duration.ofHours(2), 100, Limited.perMinute(MODEL, REQUESTS, 1))),
                time,
                openai);
        assertThat(house.ask(Limited.ask())).isEqualTo(200);
        CountDownLatch elsewhere = new CountDownLatch(1);
        for (int i = 0; i < 40; i++) {
            house.client.newCall(Limited.ask()).enqueue(new Heard(new CountDownLatch(1)));
        }
        awaitWaiting(5);
        assertThat(house.client.dispatcher().runningCallsCount()).isEqualTo(5);
        assertThat(house.client.dispatcher().queuedCallsCount()).isEqualTo(35);

        // Another host: strict isolation refuses it, which is an answer all the same, and it had to run to get it.
        house.client.newCall(Limited.post("https://other.example/", "{}")).enqueue(new Heard(elsewhere));

        assertThat(elsewhere.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(time.waiting()).isEqualTo(5);
        house.client.dispatcher().cancelAll();
    }

    private House waitingHouse() throws IOException {
        House house = new House(
                Limited.simulated(Limited.waiting(LONG, 2, Limited.perMinute(ENVIRONMENT, REQUESTS, 1))), time, openai);
        assertThat(house.ask(Limited.ask())).isEqualTo(200);
        return house;
    }

    private void awaitWaiting(int count) {
        while (time.waiting() < count) {
            Thread.onSpinWait();
        }
    }

    private record Heard(CountDownLatch latch) implements Callback {
        @Override
        public void onFailure(Call call, IOException e) {
            latch.countDown();
        }

        @Override
        public void onResponse(Call call, Response response) {
            response.close();
            latch.countDown();
        }
    }
}
