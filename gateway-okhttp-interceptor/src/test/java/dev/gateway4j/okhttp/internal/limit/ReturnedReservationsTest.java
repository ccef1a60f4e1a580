package dev.gateway4j.okhttp.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is given back late must not let more pass than if it had never been taken. */
class ReturnedReservationsTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final ManualTime time = ManualTime.standing();

    private record Held(long atNanos, long amount, long ticket) {}

    @Test
    void windows_hold_for_what_was_used_in_the_end_however_late_the_rest_came_back() {
        for (int seed = 0; seed < 3_000; seed++) {
            assertThat(overshoot(seed, true)).as("seed " + seed).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void without_looking_at_what_was_refilled_meanwhile_they_break() {
        long broken = 0;
        for (int seed = 0; seed < 100; seed++) {
            broken += overshoot(seed, false) > 0 ? 1 : 0;
        }

        assertThat(broken).isPositive();
    }

    private long overshoot(int seed, boolean careful) {
        SplittableRandom random = new SplittableRandom(seed);
        long capacity = random.nextLong(1, 40);
        BucketAllowance bucket = bucket(capacity);
        AdmissionLog log = new AdmissionLog();
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            if (random.nextInt(4) == 0) {
                time.advance(Duration.ofNanos(random.nextLong(3_000_000_000L)));
            }
            long amount = random.nextLong(1, 1 + Math.min(capacity, random.nextLong(1, 10)));
            long ticket = bucket.take(amount, time.nanos());
            if (ticket != Allowance.REFUSED) {
                held.add(new Held(time.nanos(), amount, ticket));
            }
            while (held.size() > random.nextInt(1, 12)) {
                end(held.remove(random.nextInt(held.size())), random, bucket, log, careful);
            }
        }
        held.forEach(last -> log.add(last.atNanos, last.amount));
        return log.overshoot(capacity, TEN_SECONDS);
    }

    private static void end(
            Held held, SplittableRandom random, BucketAllowance bucket, AdmissionLog log, boolean careful) {
        long used = random.nextLong(held.amount + 1);
        log.add(held.atNanos, used);
        if (careful) {
            bucket.giveBack(held.amount - used, held.ticket);
        } else {
            bucket.giveBack(held.amount - used);
        }
    }

    private BucketAllowance bucket(long capacity) {
        LimitRule rule = new LimitRule(
                LimitScope.ENVIRONMENT, LimitRule.EACH, LimitKind.TOKENS, capacity, TEN_SECONDS, "tokens");
        return new BucketAllowance(new BucketAllowance.Bucket(Refill.of(rule), false, time));
    }
}
