package dev.gateway4j.api.spi;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.Ending;
import java.util.Optional;

/**
 * Saves exchanges with an upstream. Opened by the transport once per attempt, around everything that leaves and outside the place where
 * the credential is added, so that a recorder never sees a key of the gateway. Thread-safe.
 */
public interface Recorder extends AutoCloseable {
    /**
     * Why this request cannot be recorded, asked before anything leaves, so that no answer is paid for and then lost; empty if it can.
     */
    default Optional<Refusal> objection(WireRequest request) {
        return Optional.empty();
    }

    /** Begins the record of one attempt. */
    Recording open(WireRequest request);

    /**
     * Completes what is still being saved. Idempotent.
     *
     * @throws java.io.UncheckedIOException if an exchange that ended before could not be saved, so that nobody takes the recording for
     *     whole
     */
    @Override
    default void close() {}

    /** The record of one attempt. Calls arrive in the order of the wire, from one thread at a time. */
    interface Recording {
        /** Status and headers arrived at this time, on the scale of {@link dev.gateway4j.api.TimeSource#nanos()}. */
        void head(int status, WireHeaders headers, long atNanos);

        /** Bytes of the body arrived and are on their way to the application. The array is shared; copy what is kept. */
        void chunk(byte[] bytes, int offset, int length, long atNanos);

        /**
         * The exchange ended. Called exactly once, before the report of the call says so; the record is saved when this returns.
         *
         * @param delivered true if this attempt's answer is the one the application received
         * @throws java.io.UncheckedIOException if the record could not be saved; the application, if it still reads, gets its cause in
         *     place of the end of the answer
         */
        void end(Ending ending, boolean delivered, long atNanos);
    }
}
