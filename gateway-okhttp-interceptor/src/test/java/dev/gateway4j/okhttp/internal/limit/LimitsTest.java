package dev.gateway4j.okhttp.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.api.limit.LimitStatus;
import io.github.bucket4j.caffeine.Bucket4jCaffeine;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LimitsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Estimate ESTIMATE = new Estimate(30, 20);

    private final ManualTime time = ManualTime.standing();
    private final Turnstile turnstile = new Turnstile(time, 10);

    @Test
    void a_named_subject_has_its_own_limit_instead_of_that_of_everybody() {
        Limits limits = limits(
                rule(LimitScope.USER, "*", LimitKind.REQUESTS, 5, MINUTE),
                rule(LimitScope.USER, "*", LimitKind.TOKENS, 500, MINUTE),
                rule(LimitScope.USER, "vip", LimitKind.REQUESTS, 50, MINUTE));

        assertThat(limits.status(user("vip"))).extracting(LimitStatus::limit).containsExactly(50L, 500L);
        assertThat(limits.status(user("anna"))).extracting(LimitStatus::limit).containsExactly(5L, 500L);
    }

    @Test
    void models_that_one_pattern_fits_share_its_limit_and_the_closest_pattern_counts() throws Exception {
        Limits limits = limits(
                rule(LimitScope.MODEL, "*", LimitKind.REQUESTS, 9, MINUTE),
                rule(LimitScope.MODEL, "gpt-4o*", LimitKind.REQUESTS, 3, MINUTE),
                rule(LimitScope.MODEL, "gpt-4o-mini", LimitKind.REQUESTS, 7, MINUTE));

        admit(limits, model("gpt-4o"));
        admit(limits, model("gpt-4o-2024-08-06"));
        admit(limits, model("o3"));

        assertThat(limits.status(model("gpt-4o")).get(0).remaining()).isEqualTo(1);
        assertThat(limits.status(model("gpt-4o-mini")).get(0).remaining()).isEqualTo(7);
        assertThat(limits.status(model("o3")).get(0).remaining()).isEqualTo(8);
        assertThat(limits.status(model("o4")).get(0).remaining()).isEqualTo(9);
    }

    @Test
    void callers_pay_once_and_attempts_anew() {
        Limits limits = limits(
                rule(LimitScope.GLOBAL, "*", LimitKind.REQUESTS, 5, MINUTE),
                rule(LimitScope.ENVIRONMENT, "*", LimitKind.OUTPUT_TOKENS, 5, MINUTE),
                rule(LimitScope.KEY, "*", LimitKind.INPUT_TOKENS, 500, MINUTE),
                rule(LimitScope.KEY, "*", LimitKind.CONCURRENCY, 5, Duration.ZERO));
        Subjects whom = new Subjects("", "", "", "gpt-4o", Optional.of("blue"));
        List<Charge> call = new ArrayList<>();
        List<Charge> attempt = new ArrayList<>();

        limits.addCallerCharges(whom, ESTIMATE, true, call);
        limits.addAttemptCharges(whom, ESTIMATE, false, attempt);

        assertThat(call).extracting(Charge::amount).containsExactly(1L, 20L);
        assertThat(attempt).extracting(Charge::kind).containsExactly(LimitKind.CONCURRENCY);
        assertThat(attempt.get(0).subject()).isEqualTo("blue");
    }

    @Test
    void the_view_shows_what_is_left_and_when_it_is_whole_again() throws Exception {
        Limits limits = limits(
                rule(LimitScope.ENVIRONMENT, "*", LimitKind.TOKENS, 600, MINUTE),
                rule(LimitScope.USER, "*", LimitKind.REQUESTS, 5, MINUTE));

        admit(limits, user("anna"));

        assertThat(limits.status()).singleElement().satisfies(status -> {
            assertThat(status.remaining()).isEqualTo(550);
            assertThat(status.reset()).isEqualTo(Duration.ofSeconds(5));
            assertThat(status.window()).isEqualTo(MINUTE);
        });
        assertThat(limits.status(user("anna")))
                .extracting(LimitStatus::remaining)
                .containsExactly(550L, 4L);
    }

    @Test
    void an_idle_user_is_forgotten_when_he_has_everything_again_and_not_before() throws Exception {
        Limits limits = limits(rule(LimitScope.USER, "*", LimitKind.TOKENS, 100, Duration.ofHours(2)));
        admit(limits, user("anna"));

        time.advance(Duration.ofHours(2).minusNanos(1));
        assertThat(limits.remembered(LimitScope.USER)).isEqualTo(1);

        time.advance(Duration.ofNanos(2));
        assertThat(limits.remembered(LimitScope.USER)).isZero();
    }

    @Test
    void debts_and_calls_under_way_are_never_forgotten() throws Exception {
        Limits limits = limits(
                rule(LimitScope.USER, "*", LimitKind.TOKENS, 7_200, Duration.ofHours(2)),
                rule(LimitScope.USER, "*", LimitKind.CONCURRENCY, 2, Duration.ZERO));
        admit(limits, user("anna")).settle(Usage.of(60_000, 0));
        Permit open = admit(limits, user("bert"));

        time.advance(Duration.ofHours(2).plusSeconds(1));
        assertThat(limits.remembered(LimitScope.USER)).isZero();

        assertThat(limits.status(user("anna")).get(0).remaining()).isEqualTo(7_200 - 60_000 + 7_201);
        assertThat(limits.status(user("bert")).get(1).remaining()).isEqualTo(1);
        open.keep();
        assertThat(limits.status(user("bert")).get(1).remaining()).isEqualTo(2);
    }

    @Test
    void only_the_ticker_counts_however_the_clock_on_the_wall_jumps() throws Exception {
        Jumping jumping = new Jumping();
        Limits limits = Limits.of(
                RateLimitConfig.of(List.of(rule(LimitScope.ENVIRONMENT, "*", LimitKind.REQUESTS, 60, MINUTE))),
                "testing",
                jumping,
                Optional.empty());
        Turnstile there = new Turnstile(jumping, 10);
        for (long jump : new long[] {0, 1, -1, 3_600, -3_600, 86_400, -86_400}) {
            jumping.wall = jumping.wall.plusSeconds(jump);
            List<Charge> charges = charges(limits, user(""));
            for (int i = 0; i < 60; i++) {
                assertThat(there.admit(charges, Turn.NOW)).isInstanceOf(Admission.Admitted.class);
            }
            Admission.Refused refused = (Admission.Refused) there.admit(charges, Turn.NOW);
            assertThat(refused.nanosUntil()).isEqualTo(Duration.ofSeconds(1).toNanos());
            // A leap of the ticker, as after a sleep of the machine, fills to the brim and no further.
            jumping.nanos += Duration.ofDays(400).toNanos();
        }
    }

    @Test
    void two_gateways_on_one_store_keep_one_limit() throws Exception {
        ProxyManager<String> store = store();
        List<LimitRule> rules = List.of(rule(LimitScope.ENVIRONMENT, "*", LimitKind.TOKENS, 500, Duration.ofDays(1)));
        Limits one = Limits.of(RateLimitConfig.of(rules), "staging", time, Optional.of(store));
        Limits other = Limits.of(RateLimitConfig.of(rules), "staging", time, Optional.of(store));

        for (int i = 0; i < 5; i++) {
            admit(one, user(""));
            admit(other, user(""));
        }

        assertThat(turnstile.admit(charges(one, user("")), Turn.NOW)).isInstanceOf(Admission.Refused.class);
        assertThat(turnstile.admit(charges(other, user("")), Turn.NOW)).isInstanceOf(Admission.Refused.class);
        assertThat(other.status().get(0).remaining()).isZero();
    }

    @Test
    void another_amount_counts_at_once_though_the_store_remembers_the_old_one() throws Exception {
        ProxyManager<String> store = store();
        Limits before = shared(store, rule(LimitScope.ENVIRONMENT, "*", LimitKind.TOKENS, 50, Duration.ofDays(1)));
        admit(before, user(""));
        assertThat(turnstile.admit(charges(before, user("")), Turn.NOW)).isInstanceOf(Admission.Refused.class);

        Limits after = shared(store, rule(LimitScope.ENVIRONMENT, "*", LimitKind.TOKENS, 100, Duration.ofDays(1)));

        admit(after, user(""));
        admit(after, user(""));
        assertThat(turnstile.admit(charges(after, user("")), Turn.NOW)).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void what_the_store_can_never_give_is_never_due() {
        ProxyManager<String> store = store();
        Duration day = Duration.ofDays(1);
        LimitRule small = rule(LimitScope.ENVIRONMENT, "*", LimitKind.TOKENS, 5, day);
        LimitRule large = rule(LimitScope.ENVIRONMENT, "*", LimitKind.TOKENS, 10, day);
        SharedStore shared = new SharedStore(store, time);

        assertThat(shared.open("a", new BucketAllowance.Bucket(Refill.of(small), false, time))
                        .tryTake(1))
                .isTrue();
        Allowance allowance = shared.open("a", new BucketAllowance.Bucket(Refill.of(large), false, time));

        assertThat(allowance.nanosUntil(10)).isEqualTo(Allowance.NEVER);
    }

    @Test
    void while_the_store_fails_a_bucket_of_our_own_takes_over_and_one_warning_a_minute_says_so() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(SharedStore.class);
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
        log.start();
        Limits limits = Limits.of(
                RateLimitConfig.of(
                        List.of(rule(LimitScope.ENVIRONMENT, "*", LimitKind.TOKENS, 100, Duration.ofDays(1)))),
                "staging",
                time,
                Optional.of(breaking(store(), broken::get)));
        try {
            admit(limits, user(""));
            broken.set(true);
            admit(limits, user(""));
            admit(limits, user(""));
            assertThat(turnstile.admit(charges(limits, user("")), Turn.NOW)).isInstanceOf(Admission.Refused.class);
            time.advance(Duration.ofSeconds(59));
            assertThat(limits.status().get(0).remaining()).isZero();
            assertThat(log.list).hasSize(1);
            time.advance(Duration.ofSeconds(2));
            assertThat(limits.status().get(0).remaining()).isZero();
            assertThat(log.list).hasSize(2);

            broken.set(false);
            time.advance(Duration.ofSeconds(1));

            assertThat(limits.status().get(0).remaining()).isEqualTo(50);
            admit(limits, user(""));
            assertThat(log.list).hasSize(2);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }

    private Limits shared(ProxyManager<String> store, LimitRule... rules) {
        return Limits.of(RateLimitConfig.of(List.of(rules)), "staging", time, Optional.of(store));
    }

    private static ProxyManager<String> store() {
        return Bucket4jCaffeine.<String>builderFor(Caffeine.newBuilder().maximumSize(1_000))
                .build();
    }

    @SuppressWarnings("unchecked")
    private static ProxyManager<String> breaking(ProxyManager<String> store, BooleanSupplier broken) {
        return (ProxyManager<String>) Proxy.newProxyInstance(
                LimitsTest.class.getClassLoader(), new Class<?>[] {ProxyManager.class}, (proxy, method, arguments) -> {
                    if (broken.getAsBoolean()) {
                        throw new IllegalStateException("the store is away");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Permit admit(Limits limits, Subjects whom) throws InterruptedException {
        Admission admission = turnstile.admit(charges(limits, whom), Turn.NOW);
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        return ((Admission.Admitted) admission).permit();
    }

    private static List<Charge> charges(Limits limits, Subjects whom) {
        List<Charge> charges = new ArrayList<>();
        limits.addCallerCharges(whom, ESTIMATE, true, charges);
        limits.addAttemptCharges(whom, ESTIMATE, true, charges);
        return charges;
    }

    private Limits limits(LimitRule... rules) {
        return Limits.of(RateLimitConfig.of(List.of(rules)), "testing", time, Optional.empty());
    }

    private static Subjects user(String name) {
        return new Subjects("", "", name, "", Optional.empty());
    }

    private static Subjects model(String name) {
        return new Subjects("", "", "", name, Optional.empty());
    }

    private static LimitRule rule(LimitScope scope, String subject, LimitKind kind, long amount, Duration window) {
        return new LimitRule(scope, subject, kind, amount, window, scope.id() + "." + subject + "." + kind.id());
    }

    /** A wall clock that goes as it likes, and a ticker that stands still or leaps. */
    private static final class Jumping implements TimeSource {
        private Instant wall = Instant.EPOCH;
        private long nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return wall;
        }

        @Override
        public boolean waitUntil(long dueNanos, BooleanSupplier stop) {
            throw new IllegalStateException("nobody waits here");
        }
    }
}
