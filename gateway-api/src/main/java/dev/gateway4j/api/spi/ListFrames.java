package dev.gateway4j.api.spi;

import java.util.List;

final class ListFrames implements Frames {
    private final List<Frame> frames;
    private int next;

    ListFrames(List<Frame> frames) {
        if (frames.isEmpty() || frames.get(frames.size() - 1) instanceof Frame.Chunk) {
            throw new IllegalArgumentException("frames must finish with an End or a Fault");
        }
        this.frames = List.copyOf(frames);
    }

    @Override
    public Frame next() {
        return next < frames.size() - 1 ? frames.get(next++) : frames.get(frames.size() - 1);
    }

    @Override
    public void close() {}
}
