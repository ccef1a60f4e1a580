package dev.gateway4j.cassette;

import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.RecorderProvider;
import dev.gateway4j.api.spi.StandInContext;

/** Lets a gateway find the recorder of cassettes by having it on the class path. */
public final class CassetteRecorderProvider implements RecorderProvider {
    /** A provider, as {@link java.util.ServiceLoader} makes it. */
    public CassetteRecorderProvider() {}

    @Override
    public String name() {
        return "cassettes";
    }

    @Override
    public Recorder create(StandInContext context) {
        return CassetteRecorder.create(context);
    }
}
