package dev.gateway4j.okhttp.internal.limit;

/**
 * What one limit still allows one subject, such as the tokens of a user. Whoever takes several of them takes all or none, so a refusal gives
 * back what was taken before it. Thread-safe and lock-free.
 */
interface Allowance {
    /** The answer of {@link #nanosUntil} where waiting never helps. */
    long NEVER = Long.MAX_VALUE;

    /** Takes so much in every window of the limit, or nothing at all. */
    boolean tryTake(long amount);

    /** Gives back what was taken and not used. There is never more in it than the limit. */
    void giveBack(long amount);

    /** Takes what was used beyond what had been taken. What is not there becomes debt, which delays later calls. */
    void overdraw(long amount);

    /** How long until so much can be taken, if nobody else takes any; 0 for now, {@link #NEVER} if it is more than the whole limit. */
    long nanosUntil(long amount);

    /** The most that can ever be taken at once. */
    long capacity();

    /** What is there now; negative while there is debt. */
    long remaining();
}
