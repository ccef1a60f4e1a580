package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.call.Usage;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the limits hold for one call, from its first attempt to its end. Written by whoever carries the call; read again when the call lets
 * go of everything.
 */
final class CallLimits implements CallScope.Held {
    private final Subjects caller;
    private final Estimate estimate;
    private final List<Permit> attempts = new ArrayList<>(1);
    private @Nullable Permit call;
    private long waitedNanos;
    private @Nullable Usage used;
    private boolean unknown;
    private boolean answered;

    CallLimits(Subjects caller, Estimate estimate) {
        this.caller = caller;
        this.estimate = estimate;
    }

    /** Whom the call concerns, whatever the key. */
    Subjects caller() {
        return caller;
    }

    /** What the call is taken for, at every attempt. */
    Estimate estimate() {
        return estimate;
    }

    /** True once the call has paid what it pays once. */
    boolean paid() {
        return call != null;
    }

    void admitted(Permit.Parts parts) {
        call = parts.call();
        attempts.add(parts.attempt());
    }

    void admitted(Permit attempt) {
        attempts.add(attempt);
    }

    void waited(long nanos) {
        waitedNanos += nanos;
    }

    /** How long the call stood in line so far, all attempts together. */
    long waitedNanos() {
        return waitedNanos;
    }

    /** The attempt used this. */
    void used(Permit attempt, Usage usage) {
        Usage before = used;
        used = before == null
                ? usage
                : Usage.of(before.inputTokens() + usage.inputTokens(), before.outputTokens() + usage.outputTokens());
        attempt.settle(usage);
    }

    /** Nobody knows what the attempt used. */
    void unknown(Permit attempt) {
        unknown = true;
        attempt.keep();
    }

    /** The upstream answered the attempt with an error. */
    void answered(Permit attempt) {
        answered = true;
        attempt.tokensBack();
    }

    /** The attempt never left. */
    void neverLeft(Permit attempt) {
        attempt.giveBackAll();
    }

    /** The call is over. An attempt that has not ended by now was dropped half-way. */
    void release() {
        boolean dropped = false;
        for (Permit attempt : attempts) {
            dropped |= attempt.keepIfOpen();
        }
        Permit held = call;
        if (held == null) {
            return;
        }
        Usage usage = used;
        if (unknown || dropped) {
            held.keep();
        } else if (usage != null) {
            held.settle(usage);
        } else if (answered) {
            held.tokensBack();
        } else {
            held.giveBackAll();
        }
    }
}
