package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.okhttp.internal.body.BodyObserver;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Hands an exchange to the recorder while the application reads the answer, and ends its record exactly once. A recorder that fails is
 * heard: a recording with holes, or none, must not be taken for a whole one.
 */
final class RecordingTap implements BodyObserver {
    private final Recorder.Recording recording;
    private final CallScope scope;
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable Throwable failure;

    private RecordingTap(Recorder.Recording recording, CallScope scope) {
        this.recording = recording;
        this.scope = scope;
    }

    /** Why this request cannot be recorded. */
    static Optional<Refusal> objection(Recorder recorder, WireRequest request) throws IOException {
        try {
            return recorder.objection(request);
        } catch (UncheckedIOException e) {
            throw heard(e);
        }
    }

    /** Begins the record of the attempt under way. Whatever becomes of the answer, it has ended when the call has. */
    static RecordingTap open(Recorder recorder, WireRequest request, CallScope scope) throws IOException {
        try {
            RecordingTap tap = new RecordingTap(recorder.open(request), scope);
            scope.onRelease(tap::release);
            return tap;
        } catch (UncheckedIOException e) {
            throw heard(e);
        }
    }

    /** Shows the head, and from here on the body, if the recorder takes the head. */
    void answered(Response response) throws IOException {
        try {
            recording.head(response.code(), WireRequests.headers(response.headers()), now());
        } catch (RuntimeException e) {
            failure = e;
            end(Ending.FAILED, false);
        }
        scope.attempt().observe(this);
    }

    @Override
    public void bytes(byte[] data, int offset, int length) {
        if (failure != null) {
            return;
        }
        try {
            recording.chunk(data, offset, length, now());
        } catch (RuntimeException e) {
            failure = e; // said at the end: until then the application gets its answer
        } catch (Error e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void ended(Ending ending, @Nullable IOException broken) throws IOException {
        end(ending, true);
    }

    /** Ends the record, unless it has ended. */
    void end(Ending ending, boolean delivered) throws IOException {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        try {
            recording.end(failure == null ? ending : Ending.FAILED, delivered, now());
        } catch (RuntimeException e) {
            failure = failure == null ? e : failure;
        }
        if (failure != null) {
            throw heard(failure);
        }
    }

    /** Nobody delivered the answer, or the answer was lost on its way. */
    private void release() {
        try {
            end(Ending.FAILED, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IOException heard(Throwable e) {
        IOException cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : null;
        return cause != null ? cause : new IOException("The recorder failed: " + e, e);
    }

    private long now() {
        return scope.runtime().time().nanos();
    }
}
