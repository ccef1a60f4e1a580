package dev.gateway4j.okhttp.internal.cache.flight;

import dev.gateway4j.api.cache.CacheKey;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import okhttp3.Interceptor;

/**
 * Which calls fly together: the same question, wanted in the same form, which may be answered with the same things and waits as long.
 *
 * @param key the question
 * @param stream true if a stream is wanted
 * @param usage true if the stream says what was used
 * @param terms what the flight may take from the cache
 * @param timeouts how long the flight waits
 */
public record FlightKey(CacheKey key, boolean stream, boolean usage, Terms terms, Timeouts timeouts) {
    /**
     * What a call lets a flight take from the cache. One that allows less gets nothing that another has allowed.
     *
     * @param refresh true if nothing may be
     * @param maxAge how old it may be
     * @param threshold how similar its question has to be; empty if only the same will do
     */
    public record Terms(boolean refresh, Optional<Duration> maxAge, OptionalDouble threshold) {
        /** A flight that looks nowhere but upstream. */
        public static final Terms UPSTREAM = new Terms(true, Optional.empty(), OptionalDouble.empty());
    }

    /**
     * The timeouts of a call, in milliseconds; 0 for ever. One failure fails all on board, so it has to be one for each of them.
     *
     * @param connect for the connection
     * @param read for each read
     * @param write for each write
     */
    public record Timeouts(int connect, int read, int write) {
        /** Those of a call. */
        public static Timeouts of(Interceptor.Chain chain) {
            return new Timeouts(chain.connectTimeoutMillis(), chain.readTimeoutMillis(), chain.writeTimeoutMillis());
        }
    }
}
