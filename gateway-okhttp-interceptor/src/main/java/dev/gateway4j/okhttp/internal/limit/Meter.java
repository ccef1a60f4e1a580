package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitStatus;
import java.time.Duration;
import java.util.List;

/** One limit of one subject. */
final class Meter {
    private final LimitRule rule;
    private final boolean alone;
    private final Charge one;

    Meter(LimitRule rule, String subject, Allowance allowance, boolean alone) {
        this.rule = rule;
        this.alone = alone;
        this.one = new Charge(rule.name(), rule.scope(), subject, rule.kind(), allowance, 1);
    }

    /** What a call costs here, if anything. */
    void addTo(List<Charge> charges, Estimate estimate, boolean tokens) {
        LimitKind kind = one.kind();
        if (kind == LimitKind.REQUESTS || kind == LimitKind.CONCURRENCY) {
            charges.add(one);
        } else if (tokens) {
            charges.add(
                    new Charge(one.limit(), one.scope(), one.subject(), kind, one.allowance(), amount(estimate, kind)));
        }
    }

    /** Who goes alone through a limit that is too small for him sets aside no more than one capacity of debt. */
    private long amount(Estimate estimate, LimitKind kind) {
        long whole = of(estimate, kind);
        return alone ? Math.min(whole, one.allowance().most()) : whole;
    }

    private static long of(Estimate estimate, LimitKind kind) {
        if (kind == LimitKind.INPUT_TOKENS) {
            return estimate.inputTokens();
        }
        return kind == LimitKind.OUTPUT_TOKENS ? estimate.outputTokens() : estimate.tokens();
    }

    /** How it stands. */
    LimitStatus status() {
        Allowance allowance = one.allowance();
        long reset = allowance.timeless() ? 0 : allowance.nanosUntil(allowance.capacity());
        return new LimitStatus(
                one.limit(),
                one.scope(),
                one.subject(),
                one.kind(),
                allowance.capacity(),
                allowance.remaining(),
                Duration.ofNanos(reset),
                rule.window());
    }

    /** True if everything is there. */
    static boolean areFull(List<Meter> meters) {
        return meters.stream()
                .map(meter -> meter.one.allowance())
                .allMatch(allowance -> allowance.remaining() == allowance.capacity());
    }
}
