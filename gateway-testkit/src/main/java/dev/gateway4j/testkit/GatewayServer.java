package dev.gateway4j.testkit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.StandIn;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stand-in behind a socket, for any HTTP client in any language. It listens on 127.0.0.1 only, speaks HTTP/1.1 with kept-alive
 * connections, and sends every frame when it is due, not earlier and not in one piece.
 *
 * <pre>{@code
 * try (GatewayServer server = GatewayServer.start(standIn, TimeSource.system())) {
 *     client.post(server.baseUrl() + "/chat/completions", ...);
 * }
 * }</pre>
 *
 * <p>Faults become what a socket can do: a reset is a TCP reset, a cut is a close inside the message, a stall sends nothing more until the
 * client gives up, and a refused connection or unknown host is a close before the first header. Frames are closed exactly once, also when
 * the client goes away.
 *
 * <p>Needs {@code com.squareup.okhttp3:mockwebserver3} and OkHttp 5. Thread-safe.
 */
public final class GatewayServer implements AutoCloseable {
    private static final long MAX_BODY_BYTES = 64L * 1024 * 1024;

    private final LoopbackServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GatewayServer(LoopbackServer server) {
        this.server = server;
    }

    /**
     * Starts on a free port.
     *
     * @param standIn what answers; the server does not close it
     * @param time the clock that the stand-in's due times are on
     * @throws IOException if no socket can be bound
     * @throws IllegalStateException if MockWebServer or OkHttp 5 is missing; the message names what to add
     */
    public static GatewayServer start(StandIn standIn, TimeSource time) throws IOException {
        return start(standIn, time, 0);
    }

    /**
     * Starts on this port.
     *
     * @param standIn what answers; the server does not close it
     * @param time the clock that the stand-in's due times are on
     * @param port the port; 0 for a free one
     * @throws IOException if the port cannot be bound, for example because it is in use
     * @throws IllegalStateException if MockWebServer or OkHttp 5 is missing; the message names what to add
     */
    public static GatewayServer start(StandIn standIn, TimeSource time, int port) throws IOException {
        return start(standIn, time, port, MAX_BODY_BYTES);
    }

    static GatewayServer start(StandIn standIn, TimeSource time, int port, long maxBodyBytes) throws IOException {
        ServerRequirements.check(GatewayServer.class.getClassLoader());
        return new GatewayServer(LoopbackServer.start(standIn, time, port, maxBodyBytes));
    }

    /** What an OpenAI client takes as its base URL, such as {@code http://127.0.0.1:4010/v1}. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** The last requests, oldest first; at most 1000. A request is listed before the first byte of its answer is sent. */
    public List<ServedRequest> requests() {
        return server.requests();
    }

    /** Takes no more connections, ends what is still being answered, closes every reply, and frees the port. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.close();
        }
    }

    @Override
    public String toString() {
        return "GatewayServer[" + baseUrl() + "]";
    }
}
