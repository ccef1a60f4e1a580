package dev.gateway4j.okhttp.flow.limits;

import static dev.gateway4j.api.limit.LimitKind.CONCURRENCY;
import static dev.gateway4j.api.limit.LimitKind.REQUESTS;
import static dev.gateway4j.api.limit.LimitKind.TOKENS;
import static dev.gateway4j.api.limit.LimitScope.ENVIRONMENT;
import static dev.gateway4j.api.limit.LimitScope.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.RateLimitConfig.Estimator;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.api.limit.LimitStatus;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRefusal;
import dev.gateway4j.api.spi.WireRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promises 4 and 5 of the project, as far as limits keep them, over the whole gateway; each with a control that shows it can fail. */
@Timeout(120)
class LimitPromisesTest {
    private static final int THREADS = 16;
    private static final int CALLS = 10_000;
    private static final long PLENTY = 10_000_000;

    private final ManualTime time = ManualTime.standing();

    @Test
    void promise_4_every_reservation_returns_to_zero_after_any_mix_of_endings() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        House house = new House(
                Limited.simulated(
                        Limited.perMinute(ENVIRONMENT, TOKENS, PLENTY),
                        Limited.perMinute(ENVIRONMENT, REQUESTS, PLENTY),
                        Limited.perMinute(ENVIRONMENT, CONCURRENCY, THREADS),
                        Limited.perMinute(MODEL, TOKENS, PLENTY),
                        Limited.perMinute(MODEL, CONCURRENCY, THREADS / 2)),
                time,
                Script.of(request -> somehow(request, turn.incrementAndGet())));

        inThreads(thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < CALLS / THREADS; i++) {
                end(house, random.nextInt(4));
            }
        });

        List<CallReport> reports = house.reports();
        assertThat(reports).hasSize(CALLS);
        assertThat(reports.stream().map(CallReport::ending).distinct())
                .contains(Ending.COMPLETED, Ending.ABANDONED, Ending.CANCELLED, Ending.FAILED, Ending.REFUSED);
        assertThat(left(house, ENVIRONMENT, CONCURRENCY)).isEqualTo(THREADS);
        assertThat(left(house, MODEL, CONCURRENCY)).isEqualTo(THREADS / 2);
        long settled = reports.stream().mapToLong(LimitPromisesTest::tokens).sum();
        assertThat(PLENTY - left(house, ENVIRONMENT, TOKENS)).isEqualTo(settled).isPositive();
        assertThat(PLENTY - left(house, MODEL, TOKENS)).isEqualTo(settled);

        // Control: an answer that is left open is seen to hold its place and its tokens.
        turn.set(5); // how many calls were answered depends on how many were refused; the next answer is a stream
        Response open = house.client.newCall(Limited.streamed()).execute();
        assertThat(left(house, ENVIRONMENT, CONCURRENCY)).isEqualTo(THREADS - 1);
        open.close();
        assertThat(left(house, ENVIRONMENT, CONCURRENCY)).isEqualTo(THREADS);
    }

    /** What a call has to be charged in the end: what it used, or what was reserved where nobody knows. */
    private static long tokens(CallReport report) {
        if (report.usage().isPresent()) {
            return report.usage().map(Usage::totalTokens).orElseThrow();
        }
        boolean answeredWithError =
                report.status().isPresent() && report.status().getAsInt() >= 300;
        boolean neverLeft = report.failure()
                .filter(text -> text.contains("ConnectException"))
                .isPresent();
        return answeredWithError || neverLeft ? 0 : Limited.CHARGED;
    }

    private static WireAnswer somehow(WireRequest request, int turn) {
        return switch (turn % 12) {
            case 0 -> Script.json(request, 500, "{\"error\":{}}");
            case 1 -> Script.reset(request);
            case 2 -> new Frame.Fault(request.arrivedNanos(), FaultKind.CONNECT_REFUSED);
            case 3 -> new WireRefusal(request.arrivedNanos(), Refusal.of(RefusalReason.NO_CASSETTE, "none"));
            case 4, 5 -> Script.json(request, 200, Script.ANSWER);
            default -> Script.stream(request, Script.STREAM, 0);
        };
    }

    private static void end(House house, int how) {
        Call call = house.client.newCall(Limited.streamed());
        try (Response response = call.execute()) {
            if (how == 0) {
                call.cancel();
            }
            if (how == 1) {
                response.body().source().require(1);
            } else {
                response.body().bytes();
            }
        } catch (IOException e) {
            assertThat(call.isExecuted()).isTrue();
        }
    }

    @Test
    void promise_5_no_concurrency_gets_a_request_or_a_token_more_than_the_limit() throws Exception {
        Script openai = Script.answering();
        House house = new House(
                Limited.simulated(Limited.estimated(
                        Estimator.WORST_CASE,
                        Limited.perMinute(ENVIRONMENT, REQUESTS, 700),
                        Limited.perMinute(MODEL, TOKENS, 25_000))),
                time,
                openai);
        Request capped =
                Limited.post(Limited.URL, Limited.QUESTION.replace("{\"model\"", "{\"max_tokens\":6,\"model\""));

        inThreads(thread -> {
            for (int i = 0; i < 150; i++) {
                ask(house, capped);
            }
        });

        long used = house.reports().stream()
                .mapToLong(report -> report.usage().map(Usage::totalTokens).orElse(0L))
                .sum();
        assertThat(openai.asked()).as("2,400 asked").isEqualTo(700);
        assertThat(used).isEqualTo(700 * 20).isLessThanOrEqualTo(25_000);

        // Control: with tokens as the narrower limit it is they that hold, to the last call that fits.
        House narrow = new House(
                Limited.simulated(Limited.estimated(Estimator.WORST_CASE, Limited.perMinute(MODEL, TOKENS, 1_000))),
                time,
                openai);
        inThreads(thread -> {
            for (int i = 0; i < 50; i++) {
                ask(narrow, capped);
            }
        });
        long spent = narrow.reports().stream()
                .mapToLong(report -> report.usage().map(Usage::totalTokens).orElse(0L))
                .sum();
        assertThat(spent).isBetween(900L, 1_000L);
    }

    private static void ask(House house, Request request) {
        try {
            assertThat(house.ask(request)).isIn(200, 429);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long left(House house, LimitScope scope, LimitKind kind) {
        return house.gateway.limits().of(CallTags.none(), "gpt-4o-mini").stream()
                .filter(status -> status.scope() == scope && status.kind() == kind)
                .mapToLong(LimitStatus::remaining)
                .sum();
    }

    private static void inThreads(IntConsumer task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                all.add(threads.submit(() -> task.accept(number)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
