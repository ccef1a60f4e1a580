package dev.gateway4j.simulator;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One realtime conversation, without the socket: events of the client go in as JSON texts, events of the server come out with the time at
 * which they are due. It starts no thread and never waits. Thread-safe: one thread may read a socket while another one writes it.
 *
 * <p>A server asks {@link #dueNanos()} when the next event is to be sent, waits until then or until the client speaks, and sends what {@link
 * #poll} gives. Events must not be taken before they are due, since the client may cancel them.
 */
public interface RealtimeConnection extends AutoCloseable {
    /**
     * Takes an event of the client. What is wrong with it is told by an event of the server, never by an exception.
     *
     * @param event one JSON text
     * @param arrivedNanos when it arrived, on the scale of {@link dev.gateway4j.api.TimeSource#nanos()}; due times count from here
     */
    void accept(String event, long arrivedNanos);

    /** When the next event of the server is due; empty while the client is to speak. */
    OptionalLong dueNanos();

    /** Takes the next event of the server, if one is due. */
    Optional<String> poll(long nowNanos);

    /** True if the server says no more after the events still due, so that the socket is to be closed. */
    boolean ended();

    /** Forgets the conversation. Idempotent. */
    @Override
    void close();
}
