package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallReport;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the cache says about a call, and the flight that was made in its place. Everything is written before {@code settled} completes and
 * frozen after it, so it needs no lock.
 */
final class CacheNote {
    private Optional<CacheOutcome> outcome = Optional.empty();
    private Optional<String> model = Optional.empty();
    private @Nullable CallScope lead;
    private @Nullable CallReport carried;
    private boolean elsewhere;
    private @Nullable String remark;
    private @Nullable CompletableFuture<?> settled;

    void write(Optional<CacheOutcome> what, Optional<String> modelServed) {
        outcome = what;
        model = modelServed;
    }

    void leads(@Nullable CallScope flight) {
        lead = flight;
    }

    void leavesBehind() {
        elsewhere = true;
    }

    void carry(CallReport flight) {
        carried = flight;
    }

    void remark(String reason) {
        remark = reason;
    }

    /** What the report says: also what was found out after the headers were on their way. */
    Optional<CacheOutcome> reported() {
        String reason = remark;
        return reason == null || saves() ? outcome : outcome.map(said -> said.withReason(reason));
    }

    void awaits(CompletableFuture<?> settlement) {
        settled = settlement;
    }

    Optional<CacheOutcome> outcome() {
        return outcome;
    }

    Optional<String> model() {
        return model;
    }

    @Nullable
    CallScope lead() {
        return lead;
    }

    @Nullable
    CallReport carried() {
        return carried;
    }

    /** True if the answer was paid for by another call. */
    boolean saves() {
        return outcome.map(CacheOutcome::status).filter(CacheStatus::saves).isPresent();
    }

    /** True if nothing that was used is used by this call: it was cached, or a flight that others are on reports it. */
    boolean isFree() {
        return saves() || elsewhere;
    }

    /** Runs it once everything is written: at once, or on the thread of the flight. */
    void whenSettled(Runnable then) {
        if (settled == null || settled.isDone()) {
            then.run(); // here, so that an error is heard
        } else {
            CompletableFuture<?> unusedStage = settled.whenComplete((nothing, failure) -> then.run());
        }
    }
}
