package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.RequestBodies;
import java.io.IOException;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A request and every byte of its body, which stand-ins and recorders need whole. JSON for an upstream was read when the call was opened;
 * what would stream through is read here.
 */
@SuppressWarnings("ArrayRecordComponent") // consumed, never compared
record WholeBody(Request request, byte[] bytes) {
    /** Empty if the body is over the bound. A duplex body has no whole, since it is written while the answer is read: it counts as none. */
    static Optional<WholeBody> read(Request request, CallScope scope) throws IOException {
        Optional<byte[]> known = scope.facts().body();
        RequestBody body = request.body();
        if (known.isPresent() || body == null || body.isDuplex()) {
            return Optional.of(new WholeBody(request, known.orElse(new byte[0])));
        }
        return RequestBodies.read(body, scope.runtime().config().maxBodyBytes())
                .map(bytes -> new WholeBody(again(request, body, bytes), bytes));
    }

    private static Request again(Request request, RequestBody body, byte[] bytes) {
        return request.newBuilder()
                .method(request.method(), new ReadBody(body, bytes))
                .build();
    }

    /** Declares what the application's own body declares, so that it goes out with the same headers. */
    private static final class ReadBody extends RequestBody {
        private final RequestBody read;
        private final byte[] bytes;

        ReadBody(RequestBody read, byte[] bytes) {
            this.read = read;
            this.bytes = bytes;
        }

        @Override
        public @Nullable MediaType contentType() {
            return read.contentType();
        }

        @Override
        public long contentLength() throws IOException {
            return read.contentLength() < 0 ? -1 : bytes.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
