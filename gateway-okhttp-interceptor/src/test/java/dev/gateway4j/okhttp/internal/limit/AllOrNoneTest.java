package dev.gateway4j.okhttp.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllOrNoneTest {
    private static final Duration YEARS = Duration.ofDays(30);

    private final ManualTime time = ManualTime.standing();
    private final Turnstile turnstile = new Turnstile(time, 10);

    @Test
    void a_refused_call_takes_nothing_anywhere() throws Exception {
        SplittableRandom random = new SplittableRandom(8);
        int refusals = 0;
        for (int i = 0; i < 100_000 && refusals < 10_000; i++) {
            List<Allowance> eight = eight(random);
            List<Long> before = eight.stream().map(Allowance::remaining).toList();
            List<Charge> charges = eight.stream()
                    .map(each -> charge(each, random.nextLong(0, 3 + each.capacity())))
                    .toList();

            if (turnstile.admit(charges, Turn.NOW) instanceof Admission.Refused refused) {
                refusals++;
                assertThat(eight.stream().map(Allowance::remaining).toList()).isEqualTo(before);
                assertThat(refused.by().allowance().nanosUntil(refused.by().amount()))
                        .isPositive();
            }
        }
        assertThat(refusals).isEqualTo(10_000);
    }

    /** Full ones, half empty ones, and one in debt now and then. */
    private List<Allowance> eight(SplittableRandom random) {
        List<Allowance> eight = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Allowance bucket = bucket(random.nextLong(1, 100), Duration.ofSeconds(random.nextLong(1, 100)));
            if (random.nextBoolean()) {
                bucket.overdraw(random.nextLong(1, 2 + bucket.capacity()));
                time.advance(Duration.ofNanos(random.nextLong(1_000_000_000)));
            }
            eight.add(bucket);
        }
        return eight;
    }

    @Test
    void after_any_mix_of_endings_only_what_was_used_is_gone() throws Exception {
        long plenty = 1_000_000_000;
        Allowance tokens = bucket(plenty, YEARS);
        Allowance requests = bucket(plenty, YEARS);
        SlotAllowance places = new SlotAllowance(16);
        AtomicLong usedTokens = new AtomicLong();
        AtomicLong usedRequests = new AtomicLong();

        Crowd crowd = Crowd.start(new Crowd.Kind("platform", Thread::new), 16, number -> {
            SplittableRandom random = new SplittableRandom(number);
            for (int i = 0; i < 625; i++) {
                long reserved = random.nextLong(1, 1_000);
                Admission admission = turnstile.admit(
                        List.of(
                                charge(tokens, reserved),
                                new Charge("r", LimitScope.USER, "", LimitKind.REQUESTS, requests, 1),
                                new Charge("c", LimitScope.KEY, "", LimitKind.CONCURRENCY, places, 1)),
                        Turn.NOW);
                Permit permit = ((Admission.Admitted) admission).permit();
                long used = random.nextLong(1_500);
                switch (random.nextInt(5)) {
                    case 0 -> permit.giveBackAll();
                    case 1 -> {
                        permit.tokensBack();
                        usedRequests.incrementAndGet();
                    }
                    case 2 -> {
                        permit.keep();
                        usedRequests.incrementAndGet();
                        usedTokens.addAndGet(reserved);
                    }
                    default -> {
                        Permit.Parts parts = permit.split();
                        parts.attempt().settle(Usage.of(used, 0));
                        parts.call().settle(Usage.of(used, 0));
                        usedRequests.incrementAndGet();
                        usedTokens.addAndGet(used);
                    }
                }
                permit.giveBackAll();
                permit.settle(Usage.of(0, 0));
                assertThat(tokens.remaining()).isLessThanOrEqualTo(plenty);
                assertThat(places.remaining()).isLessThanOrEqualTo(16);
            }
        });

        crowd.join();
        assertThat(plenty - tokens.remaining()).isEqualTo(usedTokens.get());
        assertThat(plenty - requests.remaining()).isEqualTo(usedRequests.get());
        assertThat(places.remaining()).isEqualTo(16);
    }

    @Test
    void debt_makes_later_calls_wait_and_is_told_to_the_nanosecond() throws Exception {
        Allowance bucket = bucket(60, Duration.ofMinutes(1));
        Admission admission = turnstile.admit(List.of(charge(bucket, 10)), Turn.NOW);

        ((Admission.Admitted) admission).permit().settle(Usage.of(100, 0));

        assertThat(bucket.remaining()).isEqualTo(-40);
        long nanos = bucket.nanosUntil(7);
        assertThat(nanos).isEqualTo(Duration.ofSeconds(47).toNanos());
        time.advance(Duration.ofNanos(nanos - 1));
        assertThat(bucket.tryTake(7)).isFalse();
        time.advance(Duration.ofNanos(1));
        assertThat(bucket.tryTake(7)).isTrue();
    }

    @Test
    void the_time_until_there_is_enough_is_right_to_the_nanosecond() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 10_000; i++) {
            Allowance bucket = bucket(random.nextLong(1, 1_000_003), Duration.ofSeconds(random.nextLong(1, 3_600)));
            bucket.overdraw(random.nextLong(1, 2 * bucket.capacity() + 1));
            long amount = random.nextLong(1, bucket.capacity() + 1);
            long nanos = bucket.nanosUntil(amount);
            if (nanos > 0) {
                time.advance(Duration.ofNanos(nanos - 1));
                assertThat(bucket.tryTake(amount)).isFalse();
                time.advance(Duration.ofNanos(1));
            }
            assertThat(bucket.tryTake(amount)).isTrue();
        }
    }

    @Test
    void more_than_the_whole_limit_never_passes_unless_alone_is_allowed() throws Exception {
        Allowance strict = bucket(10, Duration.ofSeconds(10));
        BucketAllowance lenient = new BucketAllowance(
                new BucketAllowance.Bucket(Refill.of(rule(10, Duration.ofSeconds(10))), true, time));

        assertThat(strict.nanosUntil(11)).isEqualTo(Allowance.NEVER);
        assertThat(turnstile.admit(List.of(charge(strict, 11)), new Turn(Long.MAX_VALUE, () -> false)))
                .isEqualTo(new Admission.Refused(charge(strict, 11), Allowance.NEVER, 0));
        assertThat(lenient.tryTake(25)).isTrue();
        assertThat(lenient.remaining()).isEqualTo(-15);
        assertThat(lenient.tryTake(25)).isFalse();
        assertThat(lenient.nanosUntil(25)).isEqualTo(Duration.ofSeconds(25).toNanos());
    }

    @Test
    void what_takes_nothing_yet_needs_something_to_be_left() {
        Allowance bucket = bucket(10, Duration.ofSeconds(10));

        assertThat(bucket.tryTake(0)).isTrue();
        assertThat(bucket.tryTake(10)).isTrue();
        assertThat(bucket.tryTake(0)).isFalse();
        assertThat(bucket.nanosUntil(0)).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    private Allowance bucket(long amount, Duration window) {
        return new BucketAllowance(new BucketAllowance.Bucket(Refill.of(rule(amount, window)), false, time));
    }

    private static LimitRule rule(long amount, Duration window) {
        return new LimitRule(LimitScope.ENVIRONMENT, LimitRule.EACH, LimitKind.TOKENS, amount, window, "tokens");
    }

    private static Charge charge(Allowance allowance, long amount) {
        return new Charge("tokens", LimitScope.ENVIRONMENT, "", LimitKind.TOKENS, allowance, amount);
    }
}
