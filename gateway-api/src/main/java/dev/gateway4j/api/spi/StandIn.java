package dev.gateway4j.api.spi;

/**
 * Answers a call in place of an upstream: plain request in, timed reply out. It knows no HTTP client, opens no socket and starts no thread
 * per stream. Thread-safe: one instance answers all calls of a gateway at once.
 */
public interface StandIn extends AutoCloseable {
    /**
     * Answers one request. Returns at once: whatever takes time is said in the due times of the answer, and the caller alone waits.
     *
     * @param request what the application sent, before any rewrite for an upstream
     * @return a reply whose frames the caller pulls and closes, a refusal, or a fault that strikes before any header
     */
    WireAnswer answer(WireRequest request);

    /** Frees what the stand-in holds. Replies already given may be read to their end. Idempotent. */
    @Override
    default void close() {}
}
