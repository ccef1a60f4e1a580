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

/**
 * A body that passes every byte on untouched and lets observers look. Its ending is found out once: at the end of input, at the first
 * exception, or when it is closed before either.
 */
public final class ObservedBody extends ResponseBody {
    private final ResponseBody delegate;
    private final BufferedSource source;

    /**
     * @param observers told of everything, in this order
     * @param canceled true once the application has cancelled the call
     */
    public ObservedBody(ResponseBody delegate, List<BodyObserver> observers, BooleanSupplier canceled) {
        this.delegate = delegate;
        this.source = Okio.buffer(new Tap(delegate, observers, canceled));
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

    private static final class Tap extends ForwardingSource {
        private final Observers observers;
        private final BooleanSupplier canceled;
        private final long declared;
        private final AtomicBoolean over = new AtomicBoolean();
        private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
        private long seen;
        private @Nullable TruncatedAnswerException truncated;

        Tap(ResponseBody body, List<BodyObserver> observers, BooleanSupplier canceled) {
            super(body.source());
            this.observers = new Observers(observers);
            this.canceled = canceled;
            this.declared = body.contentLength();
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            long count;
            try {
                count = super.read(sink, byteCount);
            } catch (IOException e) {
                throw failed(e);
            } catch (RuntimeException e) {
                throw failed(new IOException("OkHttp failed on the upstream's answer: " + e, e));
            }
            if (count > 0) {
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
                observers.endOfInput();
                truncated = observers.say(Completeness.INCOMPLETE) ? new TruncatedAnswerException(seen) : null;
                end(truncated != null ? Ending.TRUNCATED : Ending.COMPLETED, truncated);
            }
            if (truncated != null) {
                throw truncated; // again for whoever reads on
            }
        }

        private IOException failed(IOException e) {
            boolean cut = e instanceof EOFException || e instanceof ProtocolException;
            // A call timeout cancels the call as well, but nobody gave up.
            boolean gaveUp = canceled.getAsBoolean() && !(e instanceof InterruptedIOException);
            end(gaveUp ? Ending.CANCELLED : cut ? Ending.TRUNCATED : Ending.FAILED, e);
            return e;
        }

        @Override
        public void close() throws IOException {
            // A parser that stops at the last brace never reads the end, so what the observers saw decides.
            boolean whole = observers.say(Completeness.COMPLETE) || (declared >= 0 && seen >= declared);
            try {
                end(whole ? Ending.COMPLETED : canceled.getAsBoolean() ? Ending.CANCELLED : Ending.ABANDONED, null);
            } finally {
                closeDelegate();
            }
        }

        private void closeDelegate() throws IOException {
            try {
                super.close();
            } catch (RuntimeException e) {
                throw new IOException("OkHttp failed on the upstream's answer: " + e, e);
            }
        }

        private void end(Ending ending, @Nullable IOException failure) {
            if (over.compareAndSet(false, true)) {
                observers.ended(ending, failure);
            }
        }
    }
}
