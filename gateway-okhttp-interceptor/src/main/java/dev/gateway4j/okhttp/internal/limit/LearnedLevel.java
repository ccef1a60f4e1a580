package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.openai.LimitHeaders.Reading;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of one limit of an upstream at one moment, as two levels that both have to suffice.
 *
 * <p>{@code sure} is the upstream's bucket if nobody else uses it. It is charged before the upstream is, and is never refilled beyond what
 * calls under way may still take; so a call it admits is not refused there. {@code sight} follows what the answers say. They speak of the
 * past, so a share of the limit is left alone where others use it.
 *
 * <p>What was only learned may be wrong, so it never keeps a call away for ever: a call larger than the whole limit passes when everything is
 * there, though only one in a window, and its answer says what is true. An answer that says nothing, long after the last that did, makes all
 * unknown again.
 *
 * @param limit how much there is; 0 while nothing is known, when everything passes
 * @param windowNanos the time for {@code limit}
 * @param sure what is there if nobody else uses it
 * @param sight what is there by the last answer
 * @param atNanos when this was so
 * @param underWay what calls took that the upstream may not have seen yet
 * @param taken all that was taken so far and not given back
 * @param blockedUntilNanos when the upstream will admit calls again
 * @param nextLargeNanos when the next call may pass that is larger than the whole limit
 */
record LearnedLevel(
        long limit,
        long windowNanos,
        double sure,
        Sight sight,
        long atNanos,
        UnderWay underWay,
        long taken,
        long blockedUntilNanos,
        long nextLargeNanos) {
    /** The share of a window in which an old sight of others fades. */
    private static final double MEMORY = 1 / 6.0;

    /** The share of a limit that is left alone where others use it too, since answers are late. It costs bursts, not throughput. */
    private static final double MARGIN = 0.1;

    /** For so many windows after others were last seen. */
    private static final long SHARED_WINDOWS = 10;

    /** Others count from this share of the limit on; below it they may be the rounding of headers. */
    private static final double OTHERS = 0.05;

    /** What is never left to others between two answers, so that clients which start late come to an equal share. */
    private static final double OWN_SHARE = 0.5;

    /** What answers do not confirm for so many windows is not believed any longer. */
    private static final long BELIEVED_WINDOWS = 2;

    static LearnedLevel unknown(long now) {
        return new LearnedLevel(0, LearnedWindow.MINUTE, 0, Sight.none(now), now, UnderWay.none(now), 0, now, now);
    }

    boolean isKnown() {
        return limit > 0;
    }

    boolean has(long amount) {
        return blockedNanos() == 0
                && (!isKnown()
                        || (sure >= needed(amount) && sight.level() >= wanted(amount) && largeNanos(amount) == 0));
    }

    /** The level later. A clock that went backwards changes nothing. */
    LearnedLevel at(long now) {
        LearnedLevel level = this;
        // Room that calls under way kept free becomes refillable when they have surely arrived, not before.
        while (level.underWay.amount() > 0 && now - level.underWay.turnsNanos() >= 0) {
            level = level.refilled(level.underWay.turnsNanos());
            level = level.with(level.sure, level.sight, level.underWay.turned(), level.taken);
        }
        return level.refilled(now);
    }

    LearnedLevel take(long amount) {
        double needed = needed(amount);
        return with(
                        Math.max((double) -limit, sure - needed),
                        sight.with(Math.max((double) -limit, sight.level() - needed)),
                        underWay.plus(amount, atNanos),
                        taken + amount)
                .nextLarge(isLarge(amount) ? atNanos + windowNanos : nextLargeNanos);
    }

    /** The call did not depart, or arrived nowhere. */
    LearnedLevel giveBack(long amount, long generation) {
        return with(sure, sight, underWay.minus(amount, generation), taken - amount)
                .nextLarge(isLarge(amount) ? atNanos : nextLargeNanos)
                .refund(amount);
    }

    Departure departure(long amount) {
        return new Departure(atNanos, taken, underWay.amount(), amount, underWay.generation());
    }

    /** The call is no longer under way. What it took stays taken. */
    LearnedLevel landed(Departure call) {
        return with(sure, sight, underWay.minus(call.amount(), call.generation()), taken);
    }

    /** The upstream did not charge it after all. */
    LearnedLevel refund(long amount) {
        double seen = Math.min((double) limit, sight.level() + amount);
        double surer = Math.max(sure, Math.min(room(), sure + amount));
        return with(surer, sight.with(seen), underWay, taken);
    }

    /** Nothing passes for so long. */
    LearnedLevel block(Duration time) {
        long until = atNanos + time.toNanos();
        long last = until - blockedUntilNanos > 0 ? until : blockedUntilNanos;
        return new LearnedLevel(limit, windowNanos, sure, sight, atNanos, underWay, taken, last, nextLargeNanos);
    }

    /** A call was admitted, and its answer says nothing of this limit. */
    LearnedLevel untold(Departure call) {
        boolean old = call.nanos() - sight.anchor().nanos() >= BELIEVED_WINDOWS * windowNanos;
        return old
                ? new LearnedLevel(
                        0,
                        LearnedWindow.MINUTE,
                        0,
                        Sight.none(atNanos),
                        atNanos,
                        underWay,
                        taken,
                        blockedUntilNanos,
                        atNanos)
                : this;
    }

    /** What the answer to a call says, which is no longer under way. */
    LearnedLevel told(Departure call, Reading reading, boolean refused) {
        long window = LearnedWindow.of(reading, windowNanos);
        // What calls took that may have arrived after this one.
        double later = since(call) + call.underWay() - call.amount();
        if (reading.limit() != limit || window != windowNanos) {
            if (isKnown() && !call.isAfter(sight.anchor())) {
                return this;
            }
            // All of it came in again meanwhile, but for what the time since was too short for; one window's worth at
            // most.
            double rate = (double) reading.limit() / window;
            double missing = Math.max(0, later - rate * Math.max(0, atNanos - call.nanos()));
            double surely = Math.max((double) -reading.limit(), reading.remaining() - missing);
            long nextLarge = call.amount() > reading.limit() ? call.nanos() + window : atNanos;
            return new LearnedLevel(
                            reading.limit(),
                            window,
                            surely,
                            sight,
                            atNanos,
                            underWay,
                            taken,
                            blockedUntilNanos,
                            nextLarge)
                    .follow(call, reading, 0, refused);
        }
        // The least that can be there, which is more than we think if the upstream charged less than we did.
        LearnedLevel raised = with(Math.max(sure, reading.remaining() - later), sight, underWay, taken);
        return call.isAfter(sight.anchor())
                ? raised.follow(call, reading, othersBy(call, reading, refused), refused)
                : raised;
    }

    /** How long until so much can be taken, once {@code ahead} has been taken before it. */
    long nanosUntil(long ahead, long amount) {
        if (!isKnown()) {
            return blockedNanos();
        }
        double surely = (double) ahead + needed(amount) - sure;
        double seen = ahead + wanted(amount) - sight.level();
        double wait = Math.max(surely / rate(), seen / ownRate());
        long shut = Math.max(blockedNanos(), largeNanos(amount));
        return Math.max(shut, wait > 0 ? (long) Math.ceil(wait) + 1 : 0);
    }

    long remaining() {
        if (blockedNanos() > 0) {
            return 0;
        }
        return isKnown() ? (long) Math.floor(Math.min(sure, sight.level())) : Allowance.UNKNOWN;
    }

    /** Until everything is there again. */
    Duration reset() {
        double refill = Math.max((limit - sure) / rate(), (limit - sight.level()) / ownRate());
        return Duration.ofNanos(Math.max(blockedNanos(), (long) refill));
    }

    Optional<LearnedLevel> known() {
        return isKnown() ? Optional.of(this) : Optional.empty();
    }

    private LearnedLevel follow(Departure call, Reading reading, double others, boolean refused) {
        boolean shared = refused || others > rate() * OTHERS;
        long sharedUntil = shared ? atNanos + SHARED_WINDOWS * windowNanos : sight.sharedUntilNanos();
        double level = reading.remaining() + ownRate(others) * (atNanos - call.nanos()) - since(call);
        Sight following = new Sight(
                Math.max((double) -limit, Math.min((double) limit, level)),
                others,
                call,
                reading.remaining(),
                sharedUntil);
        return with(sure, following, underWay, taken);
    }

    /** How fast others take, from what is missing between two answers; the longer the time between them, the more the newer counts. */
    private double othersBy(Departure call, Reading reading, boolean refused) {
        Departure anchor = sight.anchor();
        double elapsed = Math.max(1, call.nanos() - anchor.nanos());
        double own = (double) call.taken() - anchor.taken() - (refused ? call.amount() : 0);
        double expected = Math.min((double) limit, sight.anchored() + rate() * elapsed) - own;
        double now = (expected - reading.remaining()) / elapsed;
        double weight = -Math.expm1(-elapsed / (windowNanos * MEMORY));
        return Math.max(0, Math.min(rate(), sight.others() + weight * (now - sight.others())));
    }

    private double since(Departure call) {
        return Math.max(0, (double) taken - call.taken());
    }

    private boolean isLarge(long amount) {
        return isKnown() && amount > limit;
    }

    private long largeNanos(long amount) {
        return isLarge(amount) ? Math.max(0, nextLargeNanos - atNanos) : 0;
    }

    private long needed(long amount) {
        return isLarge(amount) ? limit : amount;
    }

    private double wanted(long amount) {
        boolean shared = sight.sharedUntilNanos() - atNanos > 0;
        return Math.min((double) limit, amount + (shared ? limit * MARGIN : 0));
    }

    private long blockedNanos() {
        return Math.max(0, blockedUntilNanos - atNanos);
    }

    private double rate() {
        return (double) limit / windowNanos;
    }

    private double ownRate() {
        return ownRate(sight.others());
    }

    private double ownRate(double others) {
        return Math.max(rate() * OWN_SHARE, rate() - others);
    }

    private double room() {
        return (double) limit - underWay.amount();
    }

    private LearnedLevel refilled(long now) {
        long elapsed = Math.max(0, now - atNanos);
        double surer = Math.max(sure, Math.min(room(), sure + rate() * elapsed));
        double seen = Math.min((double) limit, sight.level() + ownRate() * elapsed);
        return new LearnedLevel(
                limit,
                windowNanos,
                surer,
                sight.with(seen),
                atNanos + elapsed,
                underWay,
                taken,
                blockedUntilNanos,
                nextLargeNanos);
    }

    private LearnedLevel with(double nowSure, Sight nowSight, UnderWay nowUnderWay, long nowTaken) {
        return new LearnedLevel(
                limit,
                windowNanos,
                nowSure,
                nowSight,
                atNanos,
                nowUnderWay,
                nowTaken,
                blockedUntilNanos,
                nextLargeNanos);
    }

    private LearnedLevel nextLarge(long nanos) {
        return new LearnedLevel(limit, windowNanos, sure, sight, atNanos, underWay, taken, blockedUntilNanos, nanos);
    }
}
