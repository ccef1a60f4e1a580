package dev.gateway4j.okhttp.internal.cache.shape;

import dev.gateway4j.api.config.CacheConfig;

/** Whether an answer that was delivered may be kept. */
public sealed interface Examination {
    /** It may. */
    record Fit(StoredAnswer answer) implements Examination {}

    /** It may not, for a reason that is one of a few, such as {@code cut by length}. */
    record Unfit(String reason) implements Examination {}

    /**
     * Examines an answer that was read to its end without a failure. What is not understood is not fit. A stream is fit from the byte on
     * that ends the blank line after its terminal event ({@code [DONE]}; {@code response.completed}), a JSON body from its last brace on.
     * Reads the body twice; that of a stream of 200 events costs well below a millisecond.
     */
    static Examination of(Landed landed, CacheConfig config) {
        return of(landed, config, 1);
    }

    /** The same for an answer that is to have this many choices, if answers of its endpoint have any. */
    static Examination of(Landed landed, CacheConfig config, long choices) {
        return new Examiner(landed, config, choices).examine();
    }
}
