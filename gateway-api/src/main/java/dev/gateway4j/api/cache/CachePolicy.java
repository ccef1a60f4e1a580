package dev.gateway4j.api.cache;

import java.time.Duration;
import java.util.Optional;

/**
 * What one call asks of the cache. Sent as the header {@code X-Gateway-Cache}, or as the tag {@code cache}, such as {@code no-store} or
 * {@code ttl=60, namespace=glossary}. Immutable.
 *
 * @param noStore neither looked up, nor kept, nor shared with a call under way
 * @param refresh not looked up; the new answer replaces what is kept
 * @param onlyIfCached answered from the cache or refused with 504; nothing is asked upstream
 * @param exact only answers to exactly this question, none to a similar one
 * @param ttl how long its answer is kept, instead of what the settings say
 * @param maxAge how old a cached answer may be
 * @param namespace the part of the tenant's cache it uses
 * @param replay how a cached stream is delivered, instead of what the settings say
 */
public record CachePolicy(
        boolean noStore,
        boolean refresh,
        boolean onlyIfCached,
        boolean exact,
        Optional<Duration> ttl,
        Optional<Duration> maxAge,
        Optional<String> namespace,
        Optional<Replay> replay) {
    private static final CachePolicy NONE = new CachePolicy(
            false, false, false, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Checks what single directives do not show.
     *
     * @throws IllegalArgumentException if a time is not positive or too long, the name of the namespace is not usable, or two directives
     *     contradict each other
     */
    public CachePolicy {
        ttl.ifPresent(time -> PolicyText.checkTime("ttl", time));
        maxAge.ifPresent(time -> PolicyText.checkTime("max-age", time));
        namespace.ifPresent(PolicyText::checkNamespace);
        if (refresh && onlyIfCached) {
            throw PolicyText.contradiction("refresh", "asks upstream", "only-if-cached", "never does");
        }
        if (noStore && (refresh || ttl.isPresent())) {
            throw PolicyText.contradiction(
                    "no-store", "keeps nothing", refresh ? "refresh" : "ttl", "keeps the answer");
        }
        if (noStore && onlyIfCached) {
            throw PolicyText.contradiction("no-store", "looks nothing up", "only-if-cached", "only does that");
        }
    }

    /** How a cached stream is delivered. */
    public enum Replay {
        /** All at once. Default. */
        INSTANT,
        /** Event by event, with the pauses of the original. */
        PACED
    }

    /** Nothing in particular. */
    public static CachePolicy none() {
        return NONE;
    }

    /**
     * Reads a policy: directives separated by commas, in any case. {@code no-store}, {@code refresh}, {@code only-if-cached}, {@code exact},
     * {@code instant}, {@code paced}, {@code ttl=TIME}, {@code max-age=TIME}, {@code namespace=NAME}; a time without a unit is in seconds.
     *
     * @throws IllegalArgumentException saying which directive is wrong and what is right
     */
    public static CachePolicy parse(String text) {
        return PolicyText.parse(text);
    }

    /** True if a part of the cache can have this name: 1 to 64 letters, digits, dots, hyphens and underscores. */
    public static boolean isNamespace(String name) {
        return PolicyText.isNamespace(name);
    }

    /** The policy as {@link #parse} reads it; empty text for {@link #none}. */
    public String text() {
        return PolicyText.of(this);
    }
}
