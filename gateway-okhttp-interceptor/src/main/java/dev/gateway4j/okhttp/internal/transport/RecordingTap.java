package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.okhttp.internal.body.BodyObserver;
import java.io.IOException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Hands an answer to the recorder while the application reads it. */
final class RecordingTap implements BodyObserver {
    private final Recorder.Recording recording;
    private final TimeSource time;

    RecordingTap(Recorder.Recording recording, TimeSource time, Response response) {
        this.recording = recording;
        this.time = time;
        WireHeaders headers = WireRequests.headers(response.headers());
        recording.head(response.code(), headers, time.nanos());
    }

    @Override
    public void bytes(byte[] data, int offset, int length) {
        recording.chunk(data, offset, length, time.nanos());
    }

    @Override
    public void ended(Ending ending, @Nullable IOException failure) {
        recording.end(ending, true, time.nanos());
    }
}
