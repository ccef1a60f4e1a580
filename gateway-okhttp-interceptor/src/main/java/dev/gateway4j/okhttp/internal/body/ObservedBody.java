package dev.gateway4j.okhttp.internal.body;

import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.TruncatedAnswerException;
import dev.gateway4j.okhttp.internal.body.BodyObserver.Completeness;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body that passes every byte on untouched and lets observers look. Its ending is found out once: at the end of input, at the first
 * exception, or when it is closed before either.
 */
public final class ObservedBody extends ResponseBody {
    private static final Logger LOG = LoggerFactory.getLogger(ObservedBody.class);

    private final ResponseBody delegate;
    private final Tap tap;
    private final BufferedSource source;

    /**
     * @param observers told of everything, in this order
     * @param canceled true once the application has cancelled the call
     */
    public ObservedBody(ResponseBody delegate, List<BodyObserver> observers, BooleanSupplier canceled) {
        this.delegate = delegate;
        this.tap = new Tap(delegate, observers, canceled);
        this.source = Okio.buffer(tap);
    }

    @Override
    public @Nullable MediaType contentType() {
        return delegate.contentType();
    }

    /** The declared length; -1 instead of the negative nonsense a server may declare, on which OkHttp throws unchecked. */
    @Override
    public long contentLength() {
        return Math.max(-1, delegate.contentLength());
    }

    @Override
    public BufferedSource source() {
        return source;
    }

    /** True if what was read so far is a whole answer, whatever follows. To be asked by whoever reads. */
    public boolean isWhole() {
        return tap.isWhole();
    }

    private static final class Tap extends ForwardingSource {
        private final Observers observers;
        private final BooleanSupplier canceled;
        private final long declared;
        private final AtomicBoolean over = new AtomicBoolean();
        private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
        private long seen;
        private @Nullable IOException insteadOfEnd;

        Tap(ResponseBody body, List<BodyObserver> observers, BooleanSupplier canceled) {
            super(body.source());
            this.observers = new Observers(observers);
            this.canceled = canceled;
            this.declared = body.contentLength();
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            try {
                return readOn(sink, byteCount);
            } catch (Error e) {
                throw failed(e);
            }
        }

        private long readOn(Buffer sink, long byteCount) throws IOException {
            long count;
            try {
                count = super.read(sink, byteCount);
            } catch (IOException e) {
                throw failed(e);
            } catch (RuntimeException e) {
                throw failed(new IOException("OkHttp failed on the upstream's answer: " + e, e));
            }
            if (count > 0 && !over.get()) {
                show(sink, count);
            } else if (count < 0) {
                endOfInput();
            }
            return count;
        }

        private void show(Buffer sink, long count) {
            seen += count;
            try (Buffer.UnsafeCursor bytes = sink.readUnsafe(cursor)) {
                bytes.seek(sink.size() - count);
                do {
                    byte[] data = bytes.data;
                    if (data != null) {
                        observers.bytes(data, bytes.start, bytes.end - bytes.start);
                    }
                } while (bytes.next() != -1);
            }
        }

        private void endOfInput() throws IOException {
            if (!over.get()) {
                insteadOfEnd = new IOException("This answer failed at its end");
                observers.endOfInput();
                boolean truncated = observers.say(Completeness.INCOMPLETE);
                IOException failure = truncated ? new TruncatedAnswerException(seen) : null;
                IOException loud = end(truncated ? Ending.TRUNCATED : Ending.COMPLETED, failure);
                insteadOfEnd = failure != null ? withLoud(failure, loud) : loud;
            }
            if (insteadOfEnd != null) {
                throw insteadOfEnd; // again for whoever reads on
            }
        }

        private IOException failed(IOException e) {
            boolean cut = e instanceof EOFException
                    || e instanceof ProtocolException
                    || e instanceof TruncatedAnswerException; // found out by the body below
            // A call timeout cancels the call as well, but nobody gave up.
            boolean gaveUp = canceled.getAsBoolean() && !(e instanceof InterruptedIOException);
            IOException loud = end(gaveUp ? Ending.CANCELLED : cut ? Ending.TRUNCATED : Ending.FAILED, e);
            return withLoud(e, loud);
        }

        private Error failed(Error e) {
            // Whoever reads on must not take what comes next for the end of a whole answer.
            insteadOfEnd =
                    insteadOfEnd == null ? new IOException("This answer failed before its end: " + e, e) : insteadOfEnd;
            try {
                end(Ending.FAILED, insteadOfEnd);
            } catch (Error another) {
                e.addSuppressed(another);
            }
            return e;
        }

        private static IOException withLoud(IOException failure, @Nullable IOException loud) {
            if (loud != null && loud != failure) {
                failure.addSuppressed(loud);
            }
            return failure;
        }

        @Override
        public void close() throws IOException {
            try {
                // A parser that stops at the last brace never reads the end, so what the observers saw decides.
                IOException loud = end(
                        isWhole() ? Ending.COMPLETED : canceled.getAsBoolean() ? Ending.CANCELLED : Ending.ABANDONED,
                        null);
                if (loud != null) {
                    // Nobody reads any more, and a close that throws is swallowed by those who close.
                    LOG.error("An answer was closed and could not be saved", loud);
                }
            } finally {
                closeDelegate();
            }
        }

        boolean isWhole() {
            return (declared >= 0 && seen >= declared) || observers.say(Completeness.COMPLETE);
        }

        private void closeDelegate() throws IOException {
            try {
                super.close();
            } catch (RuntimeException e) {
                throw new IOException("OkHttp failed on the upstream's answer: " + e, e);
            }
        }

        private @Nullable IOException end(Ending ending, @Nullable IOException failure) {
            return over.compareAndSet(false, true) ? observers.ended(ending, failure) : null;
        }
    }
}
