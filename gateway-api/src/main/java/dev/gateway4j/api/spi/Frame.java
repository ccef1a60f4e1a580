package dev.gateway4j.api.spi;

import dev.gateway4j.api.WireHeaders;

/** One step of a body, with the time at which it arrives. */
public sealed interface Frame {
    /** When the frame arrives, on the scale of {@link dev.gateway4j.api.TimeSource#nanos()}. Never earlier than the frame before. */
    long dueNanos();

    /**
     * Bytes of the body.
     *
     * @param dueNanos when they arrive
     * @param bytes what arrives; shared, not to be modified, never empty
     */
    @SuppressWarnings("ArrayRecordComponent") // identity is enough: frames are consumed, never compared
    record Chunk(long dueNanos, byte[] bytes) implements Frame {}

    /**
     * The body is complete.
     *
     * @param dueNanos when the end arrives
     * @param trailers fields after the body; usually empty
     */
    record End(long dueNanos, WireHeaders trailers) implements Frame {}

    /**
     * The connection fails instead of going on. As a {@link WireAnswer} it strikes before any header.
     *
     * @param dueNanos when it strikes
     * @param kind what the caller sees
     */
    record Fault(long dueNanos, FaultKind kind) implements Frame, WireAnswer {}
}
