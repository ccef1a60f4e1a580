package dev.gateway4j.okhttp.internal.limit;

import static java.util.Objects.requireNonNull;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.openai.LimitHeaders.Reading;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * What an upstream's own limit leaves us. Unlimited until the upstream said what it is. Lock-free: one immutable state, replaced as a whole.
 *
 * <p>Not a Bucket4j bucket, since it keeps two levels that must move together, refills only up to what calls under way leave, and has its
 * capacity replaced by the answers; a bucket can be given another configuration, but not these rules.
 */
final class LearnedAllowance implements Allowance {
    private final TimeSource time;
    private final AtomicReference<LearnedLevel> state;

    LearnedAllowance(TimeSource time) {
        this.time = time;
        this.state = new AtomicReference<>(LearnedLevel.unknown(time.nanos()));
    }

    @Override
    public boolean tryTake(long amount) {
        return take(amount, time.nanos()) != REFUSED;
    }

    /** The ticket is the generation of calls under way that the call belongs to. */
    @Override
    public long take(long amount, long nowNanos) {
        LearnedLevel before;
        LearnedLevel after;
        do {
            before = level();
            LearnedLevel now = before.at(nowNanos);
            if (!now.has(amount)) {
                return REFUSED;
            }
            after = now.take(amount);
        } while (!state.compareAndSet(before, after));
        return after.underWay().generation();
    }

    @Override
    public void giveBack(long amount) {
        update(level -> level.giveBack(amount, level.underWay().generation()));
    }

    @Override
    public void giveBack(long amount, long ticket) {
        update(level -> level.giveBack(amount, ticket));
    }

    @Override
    public void overdraw(long amount) {
        update(level -> level.take(amount));
    }

    @Override
    public long nanosUntil(long amount) {
        return now().nanosUntil(0, amount);
    }

    @Override
    public long nanosUntil(long ahead, long amount) {
        return now().nanosUntil(ahead, amount);
    }

    @Override
    public long capacity() {
        LearnedLevel level = level();
        return level.isKnown() ? level.limit() : UNKNOWN;
    }

    @Override
    public long remaining() {
        return now().remaining();
    }

    /** The level now, if anything is known. */
    Optional<LearnedLevel> known() {
        return now().known();
    }

    /** Where the limit stands, right after a call took so much from it. */
    Departure departed(long amount) {
        return level().departure(amount);
    }

    /** A call ended without an answer. The upstream may have charged it. */
    void lost(Departure call) {
        update(level -> level.landed(call));
    }

    /**
     * A call was answered.
     *
     * @param reading what the answer says of this limit
     * @param verdict what became of the call at the limits of the upstream
     * @param block how long it admits no more of this kind; zero if it does
     */
    void answered(Departure call, Optional<Reading> reading, Verdict verdict, Duration block) {
        boolean refused = verdict == Verdict.REFUSED;
        update(level -> {
            LearnedLevel landed = level.landed(call);
            LearnedLevel charged = refused ? landed.refund(call.amount()) : landed;
            LearnedLevel silent = verdict == Verdict.ADMITTED ? charged.untold(call) : charged;
            LearnedLevel told =
                    reading.map(said -> charged.told(call, said, refused)).orElse(silent);
            return block.isZero() ? told : told.block(block);
        });
    }

    /** What an upstream's limiter made of a call, as far as its answer shows. */
    enum Verdict {
        ADMITTED,
        REFUSED,
        /** An error of another kind, which may have come from before the limiter or from after it. */
        UNCLEAR;

        static Verdict of(int status) {
            return status == 429 ? REFUSED : status / 100 == 2 ? ADMITTED : UNCLEAR;
        }
    }

    private LearnedLevel level() {
        return requireNonNull(state.get());
    }

    private LearnedLevel now() {
        return level().at(time.nanos());
    }

    private void update(UnaryOperator<LearnedLevel> change) {
        state.updateAndGet(level -> change.apply(requireNonNull(level).at(time.nanos())));
    }

    @Override
    public String toString() {
        LearnedLevel level = now();
        return level.isKnown() ? "Learned[" + level.remaining() + " of " + level.limit() + "]" : "Learned[nothing yet]";
    }
}
