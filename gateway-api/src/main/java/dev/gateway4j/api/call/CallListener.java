package dev.gateway4j.api.call;

/**
 * Hears of calls. Called on the thread that ends the call, after the cost line is written; it should be quick. An exception is logged,
 * counted and otherwise ignored: a listener can never fail a call. Thread-safe.
 */
@FunctionalInterface
public interface CallListener {
    /** A call has ended. Called exactly once per call. */
    void ended(CallReport report);
}
