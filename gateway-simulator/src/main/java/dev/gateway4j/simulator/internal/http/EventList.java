package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.simulator.internal.json.Json;
import java.util.ArrayList;
import java.util.List;

/** A short stream, put together at once: for the few events of a picture or a transcript. Used by one thread at a time. */
public final class EventList {
    private final List<Frame> frames = new ArrayList<>();
    private long due;

    /** A stream that begins at this time. */
    public EventList(long due) {
        this.due = due;
    }

    /** What follows comes later by so much. */
    public EventList later(long nanos) {
        due += nanos;
        return this;
    }

    /** A {@code data:} line alone. */
    public EventList data(String json) {
        return bytes(Json.bytes("data: " + json + "\n\n"));
    }

    /** A {@code data:} line alone, with the line ends of transcripts, which have a carriage return that no other stream has. */
    public EventList transcript(String json) {
        return bytes(Json.bytes("data: " + json + "\r\n\r\n"));
    }

    /** An {@code event:} line and a {@code data:} line. */
    public EventList event(String name, String json) {
        return bytes(Json.bytes("event: " + name + "\ndata: " + json + "\n\n"));
    }

    /** Bytes as they are. */
    public EventList bytes(byte[] bytes) {
        frames.add(new Frame.Chunk(due, bytes));
        return this;
    }

    /** The whole stream. */
    public Frames end() {
        frames.add(new Frame.End(due, WireHeaders.empty()));
        return Frames.of(frames);
    }
}
