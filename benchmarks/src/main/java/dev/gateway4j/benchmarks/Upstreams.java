package dev.gateway4j.benchmarks;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;

/** Who answers at once, in the two shapes the benchmarks need: an OkHttp interceptor, and a stand-in behind the gateway. */
final class Upstreams {
    private static final String JSON = "application/json";
    private static final String EVENT_STREAM = "text/event-stream; charset=utf-8";
    private static final Map<String, String> USUAL = Map.of(
            "openai-version", "2020-10-01", "openai-processing-ms", "12", "x-request-id", "req_0123456789abcdef");

    private Upstreams() {}

    /** An interceptor that proceeds nowhere and answers with this JSON. */
    static Interceptor answering(byte[] body) {
        MediaType type = MediaType.get(JSON);
        Headers headers = headers(JSON);
        return chain -> response(chain, headers, ResponseBody.create(body, type));
    }

    /** An interceptor that proceeds nowhere and answers with this stream, one event for each read. */
    static Interceptor streaming(List<byte[]> events) {
        MediaType type = MediaType.get(EVENT_STREAM);
        Headers headers = headers(EVENT_STREAM);
        return chain -> response(chain, headers, ResponseBody.create(Okio.buffer(new Events(events)), type, -1));
    }

    /** A stand-in that answers with this JSON. */
    static StandIn standIn(byte[] body) {
        WireHeaders headers = wireHeaders(JSON).with("content-length", Integer.toString(body.length));
        return request -> new WireReply(200, headers, request.arrivedNanos(), Frames.of(body, request.arrivedNanos()));
    }

    /** A stand-in that answers with this stream, one event for each frame. */
    static StandIn standIn(List<byte[]> events) {
        WireHeaders headers = wireHeaders(EVENT_STREAM);
        List<Frame> frames = new ArrayList<>();
        events.forEach(event -> frames.add(new Frame.Chunk(Long.MIN_VALUE, event)));
        frames.add(new Frame.End(Long.MIN_VALUE, WireHeaders.empty()));
        List<Frame> shared = List.copyOf(frames);
        return request -> new WireReply(200, headers, request.arrivedNanos(), Frames.of(shared));
    }

    private static Headers headers(String type) {
        return new Headers.Builder()
                .addAll(Headers.of(USUAL))
                .add("content-type", type)
                .build();
    }

    private static WireHeaders wireHeaders(String type) {
        WireHeaders.Builder headers = WireHeaders.builder();
        USUAL.forEach(headers::add);
        return headers.add("content-type", type).build();
    }

    private static Response response(Interceptor.Chain chain, Headers headers, ResponseBody body) {
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .headers(headers)
                .body(body)
                .build();
    }

    private static final class Events implements Source {
        private final List<byte[]> events;
        private int next;

        Events(List<byte[]> events) {
            this.events = events;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            if (next == events.size()) {
                return -1;
            }
            byte[] event = events.get(next++);
            if (event.length > byteCount) {
                throw new IOException("an event is longer than a read");
            }
            sink.write(event);
            return event.length;
        }

        @Override
        public Timeout timeout() {
            return Timeout.NONE;
        }

        @Override
        public void close() {}
    }
}
