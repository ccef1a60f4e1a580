package dev.gateway4j.testkit;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import java.util.ArrayList;
import java.util.List;

/** Frames of which the first can be looked at before they are sent, and that close once however often they are told. */
final class LookAhead implements Frames {
    private final Frames frames;
    private final List<Frame> seen = new ArrayList<>(2);
    private int next;
    private boolean closed;

    LookAhead(Frames frames) {
        this.frames = frames;
    }

    /** The frame with this number, counted from 0. Only before the first {@link #next()}. */
    Frame look(int index) {
        while (seen.size() <= index) {
            seen.add(frames.next());
        }
        return seen.get(index);
    }

    @Override
    public Frame next() {
        return next < seen.size() ? seen.get(next++) : frames.next();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            frames.close();
        }
    }
}
