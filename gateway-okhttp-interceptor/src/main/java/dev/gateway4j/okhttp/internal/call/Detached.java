package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.CallTags;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rides on the request of a call that belongs to nobody, and tells open-call how to open it.
 *
 * @param facts what the request asks, if it was read before and is the same; read anew if empty
 * @param tags what is said about the call
 * @param id the call's name in headers, reports and logs; made up if empty
 * @param cache what its report says about the cache
 * @param ended gets the report in place of the listeners
 */
public record Detached(
        Optional<CallFacts> facts,
        CallTags tags,
        Optional<String> id,
        Optional<CacheOutcome> cache,
        Consumer<CallReport> ended) {
    /** A call that has no name yet, and of which the cache has nothing to say. */
    public Detached(Optional<CallFacts> facts, CallTags tags, Consumer<CallReport> ended) {
        this(facts, tags, Optional.empty(), Optional.empty(), ended);
    }
}
