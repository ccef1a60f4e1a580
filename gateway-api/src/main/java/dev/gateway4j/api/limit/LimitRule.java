package dev.gateway4j.api.limit;

import java.time.Duration;

/**
 * One limit: so much of a kind in any time as long as the window, refilled continuously, with the whole amount as the largest burst.
 *
 * @param scope whose calls count together
 * @param subject whom it is for: a name, in which {@code *} stands for any characters in the scope {@link LimitScope#MODEL}, or {@link
 *     #EACH}; {@link #EACH} for the scopes global and environment
 * @param kind what is counted
 * @param amount how much; at least 1
 * @param window the time for {@code amount}; zero for {@link LimitKind#CONCURRENCY}
 * @param name the path of the setting, such as {@code per_user.requests_per_minute}
 */
public record LimitRule(LimitScope scope, String subject, LimitKind kind, long amount, Duration window, String name) {
    /** The subject of a limit that everybody in the scope has for himself. */
    public static final String EACH = "*";

    /** Checks amount and window. */
    public LimitRule {
        if (amount < 1) {
            throw new IllegalArgumentException(name + " is " + amount + "; it is at least 1");
        }
        boolean timeless = kind == LimitKind.CONCURRENCY;
        if (timeless != window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException(
                    "the window of " + name + " is " + window + "; it is positive, and zero for concurrency only");
        }
    }
}
