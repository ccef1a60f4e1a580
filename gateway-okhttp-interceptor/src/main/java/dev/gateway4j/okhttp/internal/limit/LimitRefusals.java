package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.okhttp.internal.call.HeaderText;
import dev.gateway4j.okhttp.internal.call.Refusals;
import java.time.Duration;
import okhttp3.Request;
import okhttp3.Response;

/** What a refused call is told: which limit, who used it up, when to come again and what to change. */
final class LimitRefusals {
    private static final String SETTINGS = "gateway.rate_limits.";

    private final Refusals refusals;

    LimitRefusals(Refusals refusals) {
        this.refusals = refusals;
    }

    Response answer(Request request, Admission.Refused refused, boolean waits) {
        Charge by = refused.by();
        Refusal refusal = Refusal.of(RefusalReason.RATE_LIMITED, message(refused, waits));
        boolean helps = refused.nanosUntil() != Allowance.NEVER;
        Response.Builder answer = refusals.answer(
                        request, helps ? refusal.withRetryAfter(Duration.ofNanos(refused.nanosUntil())) : refusal)
                .newBuilder()
                .header("x-gateway-limit", HeaderText.of(by.limit()));
        if (by.kind() != LimitKind.CONCURRENCY) {
            addLevel(answer, by.allowance(), by.kind() == LimitKind.REQUESTS ? "requests" : "tokens");
        }
        return answer.build();
    }

    /** An upstream that refused without a word of its limit is known to have nothing left, and no more than that. */
    private static void addLevel(Response.Builder answer, Allowance allowance, String family) {
        long capacity = allowance.capacity();
        long remaining = allowance.remaining();
        if (capacity != Allowance.UNKNOWN) {
            answer.header("x-ratelimit-limit-" + family, Long.toString(capacity));
        }
        if (remaining != Allowance.UNKNOWN) {
            answer.header("x-ratelimit-remaining-" + family, Long.toString(Math.max(0, remaining)));
        }
        answer.header("x-ratelimit-reset-" + family, Durations.go(allowance.nanosUntil(capacity)));
    }

    static String message(Admission.Refused refused, boolean waits) {
        Charge by = refused.by();
        if (by.scope() == LimitScope.UPSTREAM) {
            return upstream(refused);
        }
        String setting = SETTINGS + by.limit();
        long capacity = by.allowance().capacity();
        if (by.amount() > capacity) {
            return "This call needs " + by.amount() + " tokens, " + by.limit() + " is " + capacity + who(by, " for ")
                    + ": it can never pass. Ask for less, raise " + setting + ", or set " + SETTINGS
                    + "oversized: alone.";
        }
        String said = by.limit() + " is " + capacity + " and " + whom(by)
                + (by.kind() == LimitKind.CONCURRENCY ? " has as many calls under way; " : " has used it up; ")
                + next(refused) + ".";
        if (waits && refused.waitedNanos() == 0) {
            return said + " That is longer than this call may wait. Spread the calls, or raise " + SETTINGS
                    + "max_wait, max_queue or " + setting + ".";
        }
        return said + " Wait, spread the calls, or raise " + setting + ".";
    }

    private static String upstream(Admission.Refused refused) {
        Charge by = refused.by();
        String what = by.kind() == LimitKind.REQUESTS ? "requests" : "tokens";
        long capacity = by.allowance().capacity();
        if (by.amount() > capacity) {
            return "This call needs " + by.amount() + " tokens, and the upstream said that its own limit"
                    + who(by, " for ")
                    + " is " + capacity
                    + " tokens: it passes only when all of them are there, and only one such call in"
                    + " their window; " + next(refused) + ". Ask for less, ask the upstream for a higher limit, or set "
                    + SETTINGS + "learn: false to let it refuse by itself.";
        }
        return "The upstream's own limit on " + what + who(by, " for ") + " is used up, as its last answers said; "
                + next(refused) + ". Wait, spread the calls, ask the upstream for a higher limit, or set " + SETTINGS
                + "learn: false to let it refuse by itself.";
    }

    private static String next(Admission.Refused refused) {
        return refused.by().kind() == LimitKind.CONCURRENCY
                ? "the next call fits when one of them ends"
                : refused.nanosUntil() == Allowance.NEVER
                        ? "nobody knows when the next call fits"
                        : "the next call fits in " + Durations.words(refused.nanosUntil());
    }

    private static String who(Charge by, String before) {
        return by.subject().isEmpty() ? "" : before + whom(by);
    }

    private static String whom(Charge by) {
        return switch (by.scope()) {
            case GLOBAL -> "everybody together";
            case ENVIRONMENT -> "this environment";
            default ->
                by.subject().isEmpty()
                        ? "whoever names no " + by.scope().id()
                        : by.scope().id() + " \"" + HeaderText.of(by.subject()) + "\"";
        };
    }
}
