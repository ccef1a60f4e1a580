package dev.gateway4j.okhttp.internal.cache.key;

/** What the cache makes of a call before it looks. */
public sealed interface Reading {
    /** It has a key. */
    record Cacheable(Identity identity) implements Reading {}

    /**
     * The cache has nothing to do with it.
     *
     * @param reason why, in a few words that are one of a few
     * @param onlyIfCached true if it asks for nothing but what is cached, and so has to be refused
     */
    record Bypassed(String reason, boolean onlyIfCached) implements Reading {
        /** A call that may go on without the cache. */
        public Bypassed(String reason) {
            this(reason, false);
        }
    }

    /** It asks the cache for something that makes no sense; the message says what, the rule and the way out. */
    record Invalid(String message) implements Reading {}
}
