package dev.gateway4j.okhttp.internal.call;

import java.io.IOException;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Reads request bodies, up to a bound. */
public final class RequestBodies {
    private RequestBodies() {}

    /** True if the body is JSON that can be read and sent again. */
    public static boolean isJson(Request request) {
        RequestBody body = request.body();
        if (body == null || body.isDuplex() || request.header("Content-Encoding") != null) {
            return false;
        }
        MediaType type = body.contentType();
        return type != null && (type.subtype().equals("json") || type.subtype().endsWith("+json"));
    }

    /**
     * The bytes of the body.
     *
     * @return empty if the body is longer than the bound
     * @throws IOException if the application's own body fails
     */
    public static Optional<byte[]> read(@Nullable RequestBody body, long maxBytes) throws IOException {
        if (body == null || body.contentLength() > maxBytes) {
            return Optional.empty();
        }
        Buffer buffer = new Buffer();
        Bounded bounded = new Bounded(buffer, maxBytes);
        try {
            BufferedSink sink = Okio.buffer((okio.Sink) bounded);
            body.writeTo(sink);
            sink.flush();
        } catch (IOException e) {
            if (bounded.exceeded) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(buffer.readByteArray());
    }

    /** A body of the same type that can be sent any number of times. */
    static RequestBody replayable(byte[] bytes, Request request) {
        RequestBody body = request.body();
        return RequestBody.create(bytes, body == null ? null : body.contentType());
    }

    private static final class Bounded extends ForwardingSink {
        private long left;
        private boolean exceeded;

        Bounded(Buffer buffer, long maxBytes) {
            super(buffer);
            this.left = maxBytes;
        }

        @Override
        public void write(Buffer source, long byteCount) throws IOException {
            left -= byteCount;
            if (left < 0) {
                exceeded = true;
                throw new IOException("the body is over the bound");
            }
            super.write(source, byteCount);
        }
    }
}
