package dev.gateway4j.testkit;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireReply;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okio.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns replies into what MockWebServer sends: head, framing and body. */
final class Responses {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    /** The framing is ours; what a stand-in says about it would contradict what is sent. */
    private static final Set<String> FRAMING =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "trailer");

    private Responses() {}

    /** For a connection that is already closed; never seen by anybody. */
    static MockResponse nothing() {
        return new MockResponse.Builder().build();
    }

    /** Waits until the reply begins. From here on the frames are closed exactly once: here, or by the body. */
    static MockResponse of(WireReply reply, IncomingRequest request, Delivery delivery) {
        LookAhead frames = new LookAhead(reply.frames());
        try {
            return of(reply, frames, request, delivery);
        } catch (RuntimeException e) {
            // MockWebServer would drop the connection without closing it, and the client would wait for ever.
            LOG.error("stand-in failed inside a reply", e);
            delivery.connection().cut();
            frames.close();
            return nothing();
        }
    }

    /** Waits until the reply begins, which hands the connection over to this socket. */
    static MockResponse upgrade(WireReply reply, Handshake handshake, RealtimeSocket socket, Delivery delivery) {
        reply.frames().close();
        delivery.connection().multiplex();
        if (!delivery.awaitDue(reply.dueNanos())) {
            socket.close();
            return nothing();
        }
        MockResponse.Builder response = new MockResponse.Builder().headers(headers(reply, false));
        handshake.protocol().ifPresent(protocol -> response.addHeader("Sec-WebSocket-Protocol", protocol));
        return response.webSocketUpgrade(socket).build();
    }

    private static MockResponse of(WireReply reply, LookAhead frames, IncomingRequest request, Delivery delivery) {
        if (!delivery.awaitDue(reply.dueNanos())) {
            frames.close();
            return nothing();
        }
        MockResponse.Builder response = head(reply, request);
        if (request.isHead() || reply.status() == 204 || reply.status() == 304) {
            frames.close();
            return response.build();
        }
        if (isEnd(frames.look(0), delivery)) {
            frames.close();
            return whole(response, new Buffer(), request, reply);
        }
        if (frames.look(0) instanceof Frame.Chunk chunk && delivery.isDue(chunk) && isEnd(frames.look(1), delivery)) {
            frames.close();
            return whole(response, new Buffer().write(chunk.bytes()), request, reply);
        }
        response.body(new ReplyBody(frames, delivery, !request.isHttp2())).removeHeader("Content-Length");
        return request.isHttp2()
                ? response.build()
                : response.addHeader("Transfer-Encoding", "chunked").build();
    }

    /** As OpenAI sends it: in chunks, unless the reply tells its length. HTTP/2 knows no chunks and no capitals in names. */
    private static MockResponse whole(
            MockResponse.Builder response, Buffer body, IncomingRequest request, WireReply reply) {
        if (request.isHttp2()) {
            long size = body.size();
            return response.body(body)
                    .removeHeader("Content-Length")
                    .addHeader("content-length", size)
                    .build();
        }
        boolean measured = reply.headers().first("content-length").isPresent();
        return (measured ? response.body(body) : response.chunkedBody(body, Integer.MAX_VALUE)).build();
    }

    private static boolean isEnd(Frame frame, Delivery delivery) {
        return frame instanceof Frame.End end && end.trailers().entries().isEmpty() && delivery.isDue(end);
    }

    private static MockResponse.Builder head(WireReply reply, IncomingRequest request) {
        MockResponse.Builder response = new MockResponse.Builder()
                .status("HTTP/1.1 " + reply.status() + " " + StatusPhrase.of(reply.status()))
                .headers(headers(reply, request.isHttp2()));
        return closing(response, request);
    }

    /** The response, after which the connection closes if the client asked for that. */
    static MockResponse.Builder closing(MockResponse.Builder response, IncomingRequest request) {
        if (request.closesConnection()) {
            response.addHeader("Connection", "close").onResponseEnd(new SocketEffect.CloseSocket());
        }
        return response;
    }

    private static Headers headers(WireReply reply, boolean lowerCase) {
        Headers.Builder headers = new Headers.Builder();
        for (Map.Entry<String, String> field : reply.headers().entries()) {
            String lower = field.getKey().toLowerCase(Locale.ROOT);
            if (!FRAMING.contains(lower)) {
                headers.addUnsafeNonAscii(lowerCase ? lower : field.getKey(), field.getValue());
            }
        }
        return headers.build();
    }
}
