package dev.gateway4j.okhttp.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In any window of time at most the capacity and what came in meanwhile is admitted, whatever a thousand threads do. */
class PromisedWindowsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<LimitRule> RULES = List.of(
            rule(LimitScope.ENVIRONMENT, LimitKind.REQUESTS, 2_000, MINUTE),
            rule(LimitScope.ENVIRONMENT, LimitKind.TOKENS, 4_000_000, MINUTE),
            rule(LimitScope.ENVIRONMENT, LimitKind.REQUESTS, 100, Duration.ofSeconds(1)),
            rule(LimitScope.USER, LimitKind.REQUESTS, 47, MINUTE),
            rule(LimitScope.USER, LimitKind.INPUT_TOKENS, 60_013, MINUTE),
            rule(LimitScope.MODEL, LimitKind.OUTPUT_TOKENS, 399_989, MINUTE),
            rule(LimitScope.KEY, LimitKind.REQUESTS, 700, MINUTE),
            rule(LimitScope.KEY, LimitKind.CONCURRENCY, 60, Duration.ZERO));

    private final GatedTime time = new GatedTime();
    private final Limits limits = Limits.of(RateLimitConfig.of(RULES), "testing", time, Optional.empty());
    private final Turnstile turnstile = new Turnstile(time, 100);
    private final Map<Allowance, AdmissionLog> logs = new ConcurrentHashMap<>();
    private final Map<Allowance, LimitRule> ruleOf = new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong admitted = new AtomicLong();
    private final AtomicLong waited = new AtomicLong();

    static List<Crowd.Kind> kinds() {
        return Crowd.kinds().toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_thousand_threads_never_break_a_limit_by_one_in_ten_minutes(Crowd.Kind kind) throws Exception {
        tenMinutes(kind, 1_000, true, Function.identity());

        assertThat(admitted.get()).isGreaterThan(5_000);
        assertThat(waited.get()).isPositive();
        assertThat(logs).hasSizeGreaterThan(30);
        logs.forEach((allowance, log) -> {
            LimitRule rule = Objects.requireNonNull(ruleOf.get(allowance));
            assertThat(log.overshoot(rule.amount(), rule.window()))
                    .as(rule.toString())
                    .isLessThanOrEqualTo(0);
        });
    }

    @Test
    void an_allowance_that_looks_before_it_takes_breaks_its_limit() throws Exception {
        Map<Allowance, Allowance> sabotaged = new ConcurrentHashMap<>();

        tenMinutes(new Crowd.Kind("platform", Thread::new), 20, false, charge -> {
            Allowance careless = sabotaged.computeIfAbsent(charge.allowance(), CheckThenTake::new);
            return new Charge(
                    charge.limit(), charge.scope(), charge.subject(), charge.kind(), careless, charge.amount());
        });

        assertThat(logs).anySatisfy((allowance, log) -> {
            LimitRule rule = Objects.requireNonNull(ruleOf.get(allowance));
            assertThat(log.overshoot(rule.amount(), rule.window())).isPositive();
        });
    }

    /** Two hundred bursts of up to four hundred calls; time goes on in their midst and between them. */
    private void tenMinutes(Crowd.Kind kind, int threads, boolean wait, Function<Charge, Charge> change)
            throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        long[] seeds = random.longs(threads).toArray();
        Semaphore calls = new Semaphore(0);
        AtomicBoolean over = new AtomicBoolean();
        Crowd crowd = Crowd.start(kind, threads, number -> {
            Caller caller = new Caller(new SplittableRandom(seeds[number]), wait, change);
            calls.acquire();
            while (!over.get()) {
                caller.call();
                done.incrementAndGet();
                calls.acquire();
            }
            caller.endAll();
        });
        int asked = 0;
        for (long deadline = MINUTE.toNanos() * 10; time.nanos() < deadline; ) {
            int burst = random.nextInt(400);
            asked += burst;
            calls.release(burst);
            time.advance(Duration.ofNanos(random.nextLong(2_000_000_000L)));
            while (done.get() + time.waiting() < asked) {
                Crowd.pause();
            }
            time.advance(Duration.ofNanos(random.nextLong(4_000_000_000L)));
        }
        over.set(true);
        calls.release(threads);
        while (crowd.alive() > 0) {
            time.advance(Duration.ofSeconds(1));
            Crowd.pause();
        }
        crowd.join();
    }

    /** Calls this and that, has up to two calls under way, and ends them in every way there is. */
    private final class Caller {
        private final SplittableRandom random;
        private final boolean wait;
        private final Function<Charge, Charge> change;
        private final List<Runnable> open = new ArrayList<>();

        Caller(SplittableRandom random, boolean wait, Function<Charge, Charge> change) {
            this.random = random;
            this.wait = wait;
            this.change = change;
        }

        void call() throws InterruptedException {
            Subjects whom = new Subjects(
                    "",
                    "",
                    "user-" + random.nextInt(20),
                    "model-" + random.nextInt(5),
                    Optional.of("key-" + random.nextInt(4)));
            Estimate estimate = new Estimate(random.nextLong(2_000), random.nextLong(4_000));
            List<Charge> charges = new ArrayList<>();
            limits.addCallerCharges(whom, estimate, true, charges);
            limits.addAttemptCharges(whom, estimate, true, charges);
            charges.replaceAll(change::apply);
            Admission admission = time.still(() -> turnstile.admit(charges, turn()));
            if (admission instanceof Admission.Admitted yes) {
                admitted.incrementAndGet();
                waited.addAndGet(yes.waitedNanos());
                open.add(() -> PromisedWindowsTest.this.end(random, yes.permit(), estimate, charges));
            }
            for (int keep = random.nextInt(8) == 0 ? 2 : 0; open.size() > keep; ) {
                end(open.remove(random.nextInt(open.size())));
            }
        }

        private Turn turn() {
            if (!wait || random.nextInt(3) == 0) {
                return Turn.NOW;
            }
            long giveUp = random.nextInt(5) == 0 ? time.nanos() + random.nextLong(2_000_000_000L) : Long.MAX_VALUE;
            return new Turn(time.nanos() + random.nextLong(10_000_000_000L), () -> time.nanos() >= giveUp);
        }

        void endAll() throws InterruptedException {
            for (Runnable end : open) {
                end(end);
            }
        }

        private void end(Runnable end) throws InterruptedException {
            time.still(() -> {
                end.run();
                return done;
            });
        }
    }

    private void end(SplittableRandom random, Permit permit, Estimate estimate, List<Charge> charges) {
        Usage used =
                Usage.of(random.nextLong(estimate.inputTokens() + 1), random.nextLong(estimate.outputTokens() + 1));
        int ending = random.nextInt(6);
        for (Charge charge : charges) {
            if (charge.kind() != LimitKind.CONCURRENCY) {
                ruleOf.computeIfAbsent(charge.allowance(), allowance -> ruleOf(charge));
                logs.computeIfAbsent(charge.allowance(), allowance -> new AdmissionLog())
                        .add(permit.takenAtNanos(), cost(charge, ending, used));
            }
        }
        switch (ending) {
            case 0 -> permit.giveBackAll();
            case 1 -> permit.tokensBack();
            case 2 -> permit.keep();
            default -> permit.settle(used);
        }
    }

    private static long cost(Charge charge, int ending, Usage used) {
        boolean request = charge.kind() == LimitKind.REQUESTS;
        return switch (ending) {
            case 0 -> 0;
            case 1 -> request ? 1 : 0;
            case 2 -> charge.amount();
            default ->
                switch (charge.kind()) {
                    case TOKENS -> used.totalTokens();
                    case INPUT_TOKENS -> used.inputTokens();
                    case OUTPUT_TOKENS -> used.outputTokens();
                    case REQUESTS, CONCURRENCY -> 1;
                };
        };
    }

    private static LimitRule ruleOf(Charge charge) {
        return RULES.stream()
                .filter(rule -> rule.name().equals(charge.limit()))
                .findFirst()
                .orElseThrow();
    }

    private static LimitRule rule(LimitScope scope, LimitKind kind, long amount, Duration window) {
        return new LimitRule(scope, LimitRule.EACH, kind, amount, window, scope.id() + "." + kind.id() + "/" + window);
    }

    /** Sabotage: two calls can see the same tokens. */
    private record CheckThenTake(Allowance real) implements Allowance {
        @Override
        public boolean tryTake(long amount) {
            if (real.remaining() < Math.max(1, amount)) {
                return false;
            }
            Crowd.pause();
            real.overdraw(amount);
            return true;
        }

        @Override
        public void giveBack(long amount) {
            real.giveBack(amount);
        }

        @Override
        public void overdraw(long amount) {
            real.overdraw(amount);
        }

        @Override
        public long nanosUntil(long amount) {
            return real.nanosUntil(amount);
        }

        @Override
        public long capacity() {
            return real.capacity();
        }

        @Override
        public long remaining() {
            return real.remaining();
        }

        @Override
        public boolean timeless() {
            return real.timeless();
        }
    }
}
