package dev.gateway4j.okhttp.internal.limit;

import java.util.Optional;

/** What became of a call in the line. */
sealed interface Admission {
    /**
     * It may go on.
     *
     * @param permit what was taken for it
     * @param waitedNanos how long it stood in line
     * @param waitedFor the first limit that held it up
     */
    record Admitted(Permit permit, long waitedNanos, Optional<Charge> waitedFor) implements Admission {}

    /**
     * It may not, and nothing was taken.
     *
     * @param by the limit that refused it
     * @param nanosUntil how long until that limit would let it pass; {@link Allowance#NEVER} if waiting does not help
     * @param waitedNanos how long it stood in line
     */
    record Refused(Charge by, long nanosUntil, long waitedNanos) implements Admission {}

    /** It was given up while it stood in line, and nothing was taken. */
    record Canceled() implements Admission {}
}
