package dev.gateway4j.testkit;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.WireRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A recorder that is made when the settings are known, before the first call. Thread-safe. */
final class RunRecorder implements Recorder {
    private final AtomicReference<@Nullable Recorder> made = new AtomicReference<>();

    void is(Recorder recorder) {
        made.set(recorder);
    }

    @Override
    public Optional<Refusal> objection(WireRequest request) {
        return made().objection(request);
    }

    @Override
    public Recording open(WireRequest request) {
        return made().open(request);
    }

    @Override
    public void close() {
        Recorder recorder = made.get();
        if (recorder != null) {
            recorder.close();
        }
    }

    private Recorder made() {
        Recorder recorder = made.get();
        if (recorder == null) {
            throw new IllegalStateException("this gateway does not record");
        }
        return recorder;
    }
}
