package dev.gateway4j.okhttp.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DroppedAttemptTest {
    private final ManualTime time = ManualTime.standing();
    private final Turnstile turnstile = new Turnstile(time, 10);

    private Allowance bucket() {
        LimitRule rule = new LimitRule(
                LimitScope.USER, LimitRule.EACH, LimitKind.TOKENS, 100, Duration.ofMinutes(1), "per_user.tokens");
        return new BucketAllowance(new BucketAllowance.Bucket(Refill.of(rule), false, time));
    }

    private Permit take(LimitScope scope, Allowance bucket) throws InterruptedException {
        Charge charge = new Charge("tokens", scope, "anna", LimitKind.TOKENS, bucket, 10);
        return ((Admission.Admitted) turnstile.admit(List.of(charge), Turn.NOW)).permit();
    }

    @Test
    void an_attempt_that_never_ended_keeps_what_its_caller_paid() throws Exception {
        Allowance bucket = bucket();
        CallLimits limits = new CallLimits(new Subjects("", "", "anna", "m", Optional.empty()), new Estimate(10, 0));
        limits.admitted(take(LimitScope.USER, bucket).split());

        limits.release();

        assertThat(bucket.remaining()).isEqualTo(90);
    }

    @Test
    void an_attempt_that_never_left_gives_its_caller_everything_back() throws Exception {
        Allowance bucket = bucket();
        CallLimits limits = new CallLimits(new Subjects("", "", "anna", "m", Optional.empty()), new Estimate(10, 0));
        Permit.Parts parts = take(LimitScope.USER, bucket).split();
        limits.admitted(parts);
        limits.neverLeft(parts.attempt());

        limits.release();

        assertThat(bucket.remaining()).isEqualTo(100);
    }
}
