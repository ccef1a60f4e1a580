package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.call.AttemptReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.limit.LimitOutcome;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.okhttp.internal.body.BodyObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One try to get an answer. Each slot has a single writer, named beside it. Whoever works on one attempt observes and meters it here, so that
 * a discarded attempt takes its observers and its usage with it.
 */
public final class Attempt {
    private final Upstream upstream;
    private final @Nullable UpstreamKey key;
    private final long startedNanos;
    private final List<BodyObserver> observers = new ArrayList<>(2);
    private OptionalInt status = OptionalInt.empty();
    private Optional<String> requestId = Optional.empty();
    private Optional<String> modelServed = Optional.empty();
    private Optional<Usage> usage = Optional.empty();
    private Cost cost = Cost.NOTHING;
    private Optional<LimitOutcome> limit = Optional.empty();
    private Optional<LimitScope> refusedBy = Optional.empty();
    private long freeAtNanos = Long.MAX_VALUE;
    private Elsewhere elsewhere = (by, freeAt) -> false;
    private final List<Runnable> discards = new ArrayList<>(0);
    private OptionalLong discardedNanos = OptionalLong.empty();

    /** Key selection opens an attempt. */
    Attempt(Upstream upstream, @Nullable UpstreamKey key, long startedNanos) {
        this.upstream = upstream;
        this.key = key;
        this.startedNanos = startedNanos;
    }

    /** Where the attempt goes, if it leaves. */
    public Upstream upstream() {
        return upstream;
    }

    /** The key it uses, if one was chosen. */
    public Optional<UpstreamKey> key() {
        return Optional.ofNullable(key);
    }

    /** Transport writes: the question is on its way, so that until an answer says otherwise nobody knows what it cost. */
    public void left() {
        cost = new Cost.Unknown("no answer said what it used");
    }

    /** Transport writes: the head of an answer arrived. */
    public void answered(int httpStatus, Optional<String> upstreamRequestId) {
        status = OptionalInt.of(httpStatus);
        requestId = upstreamRequestId;
    }

    /** Usage writes: what the answer used and costs. */
    public void metered(Optional<String> model, Optional<Usage> used, Cost price) {
        modelServed = model;
        usage = used;
        cost = price;
    }

    /** The rate limit writes: what became of the attempt there. */
    public void limited(LimitOutcome outcome) {
        limit = Optional.of(outcome);
    }

    /**
     * The rate limit writes: it refused the attempt. What comes of it depends on the scope: another key may still be tried after {@link
     * LimitScope#KEY} and {@link LimitScope#UPSTREAM}, another route after {@link LimitScope#MODEL}; any other ends the call.
     *
     * @param freeAt when that limit would let it pass; {@link Long#MAX_VALUE} if that is not known
     */
    public void refusedBy(LimitScope scope, long freeAt) {
        refusedBy = Optional.of(scope);
        freeAtNanos = freeAt;
    }

    /** When the limit that refused the attempt would let it pass; {@link Long#MAX_VALUE} if that is not known. */
    public long freeAtNanos() {
        return freeAtNanos;
    }

    /** Whether another key would be tried, were the attempt refused by a limit of a scope that is free at a time. */
    @FunctionalInterface
    public interface Elsewhere {
        /** True if another one would be tried. */
        boolean test(LimitScope by, long freeAtNanos);
    }

    /** Key selection writes: whether another key would be tried, were the attempt refused by a limit of a scope. Asked only then. */
    public void elsewhere(Elsewhere another) {
        elsewhere = another;
    }

    /** True if another key would be tried, were the attempt refused by a limit of this scope: then nobody has to wait for this one. */
    public boolean hasElsewhere(LimitScope by, long freeAt) {
        return elsewhere.test(by, freeAt);
    }

    /** The scope of the limit that refused the attempt. */
    public Optional<LimitScope> refusedBy() {
        return refusedBy;
    }

    /** The status of its answer, if one came. */
    public OptionalInt status() {
        return status;
    }

    /** Adds an observer to the one tap on this attempt's body. Inner interceptors come first, so they also hear the ending first. */
    public void observe(BodyObserver observer) {
        observers.add(observer);
    }

    /** What the answer used, as far as it is known now. */
    public Optional<Usage> usage() {
        return usage;
    }

    /** What that costs, as far as it is known now. */
    public Cost cost() {
        return cost;
    }

    /** The model that answered, as the answer names it. */
    public Optional<String> modelServed() {
        return modelServed;
    }

    /** Adds something to let go of if the answer is discarded in favour of another attempt; observers then hear nothing. */
    public void onDiscard(Runnable discard) {
        discards.add(discard);
    }

    /** Key selection writes: the answer was closed unread, and another attempt follows. */
    public void discarded(long nanos) {
        discardedNanos = OptionalLong.of(nanos);
        discards.forEach(Runnable::run);
    }

    List<BodyObserver> observers() {
        return observers;
    }

    AttemptReport report(Optional<String> modelSent, Ending callEnding, Optional<String> failure, long callEndedNanos) {
        boolean discarded = discardedNanos.isPresent();
        Ending own = refusedBy.isPresent() ? Ending.REFUSED : Ending.ABANDONED;
        long endedNanos = discardedNanos.orElse(callEndedNanos);
        return new AttemptReport(
                upstream.name(),
                key().map(UpstreamKey::name),
                modelSent,
                modelServed,
                status,
                requestId,
                usage,
                cost,
                discarded ? own : callEnding,
                discarded ? Optional.empty() : failure,
                limit,
                Duration.ofNanos(endedNanos - startedNanos));
    }
}
