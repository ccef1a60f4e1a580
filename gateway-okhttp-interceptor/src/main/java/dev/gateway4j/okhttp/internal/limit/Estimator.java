package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.okhttp.internal.call.CallFacts;

/** Reckons what a call will use, before its answer says so. Thread-safe. */
interface Estimator {
    /** What the call is taken for. */
    Estimate of(CallFacts call);

    /** Hears what an answer used. */
    default void learn(CallFacts call, long outputTokens) {}
}
