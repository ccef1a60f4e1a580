package dev.gateway4j.simulator.internal.endpoint.realtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Events of the server that wait for their time. Used by one thread at a time. */
final class Outbox {
    private final RealtimeIds ids;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long seconds;

    Outbox(RealtimeIds ids) {
        this.ids = ids;
    }

    /**
     * An event that waits.
     *
     * @param due when it is sent
     * @param event what is sent
     * @param response the response it belongs to; empty if it belongs to none
     */
    record Waiting(long due, ObjectNode event, String response) {}

    /** Tells what time ids are made at. */
    void at(long epochSeconds) {
        seconds = epochSeconds;
    }

    /** A new id. */
    String id(String prefix) {
        return ids.next(prefix, seconds);
    }

    /** The id of a call of a tool. */
    String toolCall() {
        return ids.toolCall();
    }

    /** A new event, to be filled and sent. */
    ObjectNode event(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("event_id", id("event_"));
    }

    /** Sends an event at its time, but not before those that wait already. */
    void send(long due, ObjectNode event, String response) {
        Waiting last = waiting.peekLast();
        waiting.add(new Waiting(last == null ? due : Math.max(due, last.due()), event, response));
    }

    Optional<Waiting> next() {
        return Optional.ofNullable(waiting.peekFirst());
    }

    void taken() {
        waiting.pollFirst();
    }

    /** Takes back what waits for a response. */
    void drop(String response) {
        waiting.removeIf(one -> one.response().equals(response));
    }

    void clear() {
        waiting.clear();
    }
}
