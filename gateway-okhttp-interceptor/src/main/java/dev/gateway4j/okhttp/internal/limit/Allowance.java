package dev.gateway4j.okhttp.internal.limit;

/**
 * What one limit still allows one subject, such as the tokens of a user. Whoever takes several of them takes all or none, so a refusal gives
 * back what was taken before it. Thread-safe and lock-free.
 */
interface Allowance {
    /** The answer of {@link #nanosUntil} where waiting never helps. */
    long NEVER = Long.MAX_VALUE;

    /** The answer of {@link #take} where there is not enough. */
    long REFUSED = -1;

    /** The answer of {@link #capacity} and {@link #remaining} while nobody knows. */
    long UNKNOWN = Long.MAX_VALUE;

    /** Takes so much in every window of the limit, or nothing at all. */
    boolean tryTake(long amount);

    /** Gives back what was taken and not used. There is never more in it than the limit. */
    void giveBack(long amount);

    /** Takes what was used beyond what had been taken. What is not there becomes debt, which delays later calls. */
    void overdraw(long amount);

    /** How long until so much can be taken, if nobody else takes any; 0 for now, {@link #NEVER} if it is more than the whole limit. */
    long nanosUntil(long amount);

    /** The most that can ever be taken at once, or {@link #UNKNOWN}. */
    long capacity();

    /** The most that is set aside for one call that goes alone: a full limit, and one capacity of debt. */
    default long most() {
        return capacity() > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * capacity();
    }

    /** What is there now; negative while there is debt; {@link #UNKNOWN} where nothing is known but that some is there. */
    long remaining();

    /**
     * As {@link #tryTake}, at a time that was read already.
     *
     * @return a ticket for {@link #giveBack(long, long)}, or {@link #REFUSED}
     */
    default long take(long amount, long nowNanos) {
        return tryTake(amount) ? 0 : REFUSED;
    }

    /**
     * Gives back what was taken and not used, but no more than would be there had it never been taken: what has been refilled since cannot
     * come back a second time.
     *
     * @param ticket what {@link #take} answered
     */
    default void giveBack(long amount, long ticket) {
        giveBack(amount);
    }

    /**
     * How long until so much can be taken, once {@code ahead} has been taken before it.
     *
     * @return {@link #NEVER} also where that cannot be known
     */
    default long nanosUntil(long ahead, long amount) {
        return ahead == 0 ? nanosUntil(amount) : NEVER;
    }

    /** True if time brings nothing back, but only somebody who gives back: such as the places of calls under way. */
    default boolean timeless() {
        return false;
    }
}
