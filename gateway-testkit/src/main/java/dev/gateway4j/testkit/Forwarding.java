package dev.gateway4j.testkit;

import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import mockwebserver3.MockResponse;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Response;

/** Sends the answers of calls elsewhere in place of the stand-in's. Thread-safe. */
final class Forwarding {
    /** What belongs to the connection they came over, not to ours. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "trailer", "upgrade", "te");

    private final BiFunction<WireRequest, WireAnswer, Optional<Call>> calls;
    private final Map<Call, Boolean> active = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Forwarding(BiFunction<WireRequest, WireAnswer, Optional<Call>> calls) {
        this.calls = calls;
    }

    /** The call to make in place of this answer, if there is one. */
    Optional<Call> call(WireRequest request, WireAnswer answer) {
        return calls.apply(request, answer);
    }

    /** Makes the call and waits for its headers. */
    Response execute(Call call) throws IOException {
        active.put(call, true);
        if (closed) {
            call.cancel();
        }
        try {
            return call.execute();
        } catch (IOException | RuntimeException e) {
            done(call);
            throw e;
        }
    }

    /** What is sent of a response, whose body then flows through. */
    MockResponse response(Call call, Response response, IncomingRequest request, Delivery delivery) {
        MockResponse.Builder head = Responses.closing(
                new MockResponse.Builder()
                        .status("HTTP/1.1 " + response.code() + " " + StatusPhrase.of(response.code()))
                        .headers(headers(response.headers())),
                request);
        boolean bodiless = request.isHead() || response.code() == 204 || response.code() == 304;
        if (bodiless) {
            response.close();
            done(call);
            return head.build();
        }
        long length = response.body().contentLength();
        boolean chunked = length < 0 && !request.isHttp2();
        head.body(new ForwardedBody(response, chunked, delivery, () -> done(call)))
                .removeHeader("Content-Length");
        if (chunked) {
            head.addHeader("Transfer-Encoding", "chunked");
        } else if (length >= 0) {
            head.addHeader(request.isHttp2() ? "content-length" : "Content-Length", length);
        }
        return head.build();
    }

    /** Gives up what is still under way, so that nobody waits for it. */
    void close() {
        closed = true;
        active.keySet().forEach(Call::cancel);
    }

    private void done(Call call) {
        active.remove(call);
    }

    private static Headers headers(Headers received) {
        Headers.Builder headers = new Headers.Builder();
        for (int i = 0; i < received.size(); i++) {
            if (!HOP_BY_HOP.contains(received.name(i).toLowerCase(Locale.ROOT))) {
                headers.addUnsafeNonAscii(received.name(i), received.value(i));
            }
        }
        return headers.build();
    }
}
