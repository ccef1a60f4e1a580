package dev.gateway4j.api.cache;

import java.util.Locale;

/** What became of a call at the cache. */
public enum CacheStatus {
    /** Answered with what an equal question was answered before. */
    HIT,
    /** Answered with what a similar question was answered before. */
    SEMANTIC,
    /** Answered with something older than its time, because a newer answer could not be had or is on its way. */
    STALE,
    /** Answered with what an equal call that was under way got. */
    SHARED,
    /** Nothing was there; the answer is kept if it may be. */
    MISS,
    /** Not looked up, because the call said so. */
    REFRESH,
    /** The cache has nothing to do with calls like this. */
    BYPASS;

    /** The name used in headers and logs, such as {@code hit}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if nothing was asked upstream on behalf of this call. */
    public boolean saves() {
        return this == HIT || this == SEMANTIC || this == STALE || this == SHARED;
    }
}
