package dev.gateway4j.okhttp.internal.cache.flight;

import static dev.gateway4j.api.limit.LimitKind.CONCURRENCY;
import static dev.gateway4j.api.limit.LimitKind.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.api.limit.LimitStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that end in any way, many at a time: everything is booked once, and nothing is left. */
@Timeout(300)
class StressTest {
    private static final int THREADS = 24;
    private static final int CALLS = 10_000;
    private static final int TOPICS = 4;
    private static final long PLENTY = 100_000_000;
    private static final String WHOLE = String.join("", Tower.EVENTS);

    private final Set<String> callIds = ConcurrentHashMap.newKeySet();
    private final AtomicInteger whole = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    /**
     * A round.
     *
     * @param name what its threads are
     * @param threads where they come from
     */
    record Round(String name, ThreadFactory threads, long seed) {
        @Override
        public String toString() {
            return name + " threads, seed " + seed;
        }
    }

    static Stream<Round> rounds() {
        ThreadFactory platform = Thread::new;
        List<Round> rounds =
                new ArrayList<>(List.of(new Round("platform", platform, 1), new Round("platform", platform, 2)));
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Object factory = Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
            rounds.add(new Round("virtual", (ThreadFactory) factory, 3));
        } catch (ReflectiveOperationException | UnsupportedOperationException e) {
            return rounds.stream(); // this runtime has none
        }
        return rounds.stream();
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void any_mix_of_endings_is_booked_once_and_leaves_nothing(Round round) throws Exception {
        RateLimitConfig limits = RateLimitConfig.of(
                List.of(rule(TOKENS, PLENTY, "tokens_per_minute"), rule(CONCURRENCY, CALLS, "concurrency")));
        try (Tower tower = new Tower(limits, 16, 4 << 20)) {
            tower.wire.plays((exchange, number) -> play(exchange, new Random(round.seed * 1_000_003 + number)));
            AtomicInteger next = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(round.seed * 31 + i);
                threads.add(round.threads.newThread(() -> {
                    while (next.getAndIncrement() < CALLS) {
                        call(tower, random);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            Crowd.until(() -> tower.flights.underWay() == 0);

            assertThat(wrong).isEmpty();
            assertBookedOnce(tower);
            assertThat(whole).as("control: some were read to their end").hasPositiveValue();
            assertThat(tower.wire.asked()).as("control: some were shared").isLessThan(CALLS);
        }
    }

    private void assertBookedOnce(Tower tower) {
        List<CallReport> reports = List.copyOf(tower.reports());
        Set<String> ids = new HashSet<>();
        for (CallReport report : reports) {
            assertThat(ids.add(report.callId())).as("one report per call").isTrue();
        }
        assertThat(ids).containsAll(callIds);
        // Every other report is that of a flight which its opener has left.
        long flights = reports.stream().filter(StressTest::isOfFlight).count();
        assertThat(reports.size() - flights).isEqualTo(CALLS);
        long attempts =
                reports.stream().mapToLong(report -> report.attempts().size()).sum();
        assertThat(attempts)
                .as("each request that went out is in one report")
                .isGreaterThanOrEqualTo(tower.wire.asked());
        assertThat(left(tower, CONCURRENCY)).isEqualTo(CALLS);
        long used = reports.stream()
                .filter(report -> !report.attempts().isEmpty())
                .mapToLong(report -> report.attempts()
                        .get(0)
                        .usage()
                        .map(use -> use.totalTokens())
                        .orElse(0L))
                .sum();
        assertThat(PLENTY - left(tower, TOKENS))
                .as("what was paid for is what was reported, or estimated")
                .isGreaterThanOrEqualTo(used);
        BigDecimal paid = reports.stream()
                .filter(report -> report.cost() instanceof Cost.Known)
                .map(report -> ((Cost.Known) report.cost()).usd())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        long answered = reports.stream()
                .filter(report -> !report.attempts().isEmpty())
                .filter(report -> report.attempts().get(0).usage().isPresent())
                .count();
        assertThat(paid).isEqualByComparingTo(new BigDecimal(Tower.COST).multiply(BigDecimal.valueOf(answered)));
    }

    private static boolean isOfFlight(CallReport report) {
        return report.cache().flatMap(CacheOutcome::flight).equals(Optional.of(report.callId()));
    }

    private void call(Tower tower, Random random) {
        Call call = tower.client.newCall(Tower.about("topic " + random.nextInt(TOPICS)));
        int kind = random.nextInt(8);
        if (kind == 0) {
            Thread canceller = new Thread(call::cancel);
            canceller.setDaemon(true);
            canceller.start();
        }
        if (kind == 1) {
            Thread.currentThread().interrupt();
        }
        try (Response response = call.execute()) {
            callIds.add(String.valueOf(response.header("x-gateway-call")));
            read(call, response, kind, random);
        } catch (IOException e) {
            // Cancelled, interrupted, or the wire broke: its report says so.
        } finally {
            boolean unusedFlag = Thread.interrupted();
        }
    }

    private void read(Call call, Response response, int kind, Random random) throws IOException {
        BufferedSource source = response.body().source();
        switch (kind) {
            case 2 -> response.close();
            case 3 -> source.skip(1 + random.nextInt(WHOLE.length()));
            case 4 -> {
                source.skip(1 + random.nextInt(WHOLE.length() / 2));
                call.cancel();
                String unusedRest = source.readUtf8();
            }
            case 5 -> {
                source.skip(1);
                Thread.currentThread().interrupt();
                String unusedRest = source.readUtf8();
            }
            default -> {
                String body = source.readUtf8();
                if (response.code() == 200 && !body.equals(WHOLE)) {
                    wrong.add(body);
                }
                whole.incrementAndGet();
            }
        }
    }

    private static void play(Wire.Exchange exchange, Random random) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            exchange.breaks(new IOException("the wire broke"));
        } else if (kind == 1) {
            exchange.starts(500, "application/json").sends("{}").ends();
        } else {
            exchange.stream();
            int events = kind == 2 ? random.nextInt(3) : Tower.EVENTS.size();
            Tower.EVENTS.subList(0, events).forEach(exchange::sends);
            if (kind == 3) {
                exchange.breaks(new IOException("the wire broke at the end"));
            } else {
                exchange.ends();
            }
        }
    }

    private static LimitRule rule(LimitKind kind, long amount, String name) {
        Duration window = kind == CONCURRENCY ? Duration.ZERO : Duration.ofMinutes(1);
        return new LimitRule(LimitScope.ENVIRONMENT, LimitRule.EACH, kind, amount, window, name);
    }

    private static long left(Tower tower, LimitKind kind) {
        return tower.gateway.limits().of(CallTags.none(), "gpt-4o-mini").stream()
                .filter(status -> status.kind() == kind)
                .mapToLong(LimitStatus::remaining)
                .sum();
    }
}
