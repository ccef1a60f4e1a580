package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.okhttp.internal.call.Patience;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;

/** A stand-in's reply as OkHttp's response. */
final class StandInResponses {
    /** Parsed once: what nearly every answer is, and OkHttp parses with regular expressions. */
    private static final Map<String, MediaType> USUAL_TYPES = Stream.of(
                    "application/json", "text/event-stream", "text/event-stream; charset=utf-8")
            .collect(Collectors.toUnmodifiableMap(text -> text, MediaType::get));

    private StandInResponses() {}

    static Response of(Request request, WireReply reply, Patience patience, TimeSource time) throws IOException {
        FramesSource frames =
                new FramesSource(reply.frames(), patience, request.url().host());
        long sent = time.now().toEpochMilli();
        try {
            patience.await(reply.dueNanos());
            return response(request, reply, frames, sent, time);
        } catch (IOException | RuntimeException e) {
            frames.close();
            throw e;
        }
    }

    private static Response response(
            Request request, WireReply reply, FramesSource frames, long sent, TimeSource time) {
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(reply.status())
                .message("")
                .headers(headers(reply.headers()))
                .sentRequestAtMillis(sent)
                .receivedResponseAtMillis(time.now().toEpochMilli())
                .body(ResponseBody.create(Okio.buffer(frames), type(reply.headers()), length(reply.headers())))
                .build();
    }

    private static Headers headers(WireHeaders wire) {
        Headers.Builder headers = new Headers.Builder();
        for (Map.Entry<String, String> header : wire.entries()) {
            headers.addUnsafeNonAscii(header.getKey(), header.getValue());
        }
        return headers.build();
    }

    @SuppressWarnings("NullAway") // OkHttp takes null for an answer without a content type
    private static MediaType type(WireHeaders headers) {
        String text = headers.first("content-type").orElse("");
        MediaType usual = USUAL_TYPES.get(text);
        return usual != null || text.isEmpty() ? usual : MediaType.parse(text);
    }

    private static long length(WireHeaders headers) {
        try {
            return Long.parseLong(headers.first("content-length").orElse("-1"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
