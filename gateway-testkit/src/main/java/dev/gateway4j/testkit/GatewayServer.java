package dev.gateway4j.testkit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Call;

/**
 * A stand-in behind a socket, for any HTTP client in any language. It listens on 127.0.0.1 only, speaks HTTP/1.1 with kept-alive
 * connections and HTTP/2 on the same port (over TLS the two are negotiated; without, a client that begins with HTTP/2's preface gets it), and
 * sends every frame when it is due, not earlier and not in one piece.
 *
 * <pre>{@code
 * try (GatewayServer server = GatewayServer.start(standIn, TimeSource.system())) {
 *     client.post(server.baseUrl() + "/chat/completions", ...);
 * }
 * }</pre>
 *
 * <p>Faults become what a socket can do: a reset is a TCP reset, a cut is a close inside the message, a stall sends nothing more until the
 * client gives up, and a refused connection or unknown host is a close before the first header. Frames are closed exactly once, also when
 * the client goes away. On HTTP/2 a fault ends the whole connection, and trailers are not sent.
 *
 * <p>Where a {@link SimulatedOpenAi} answers, {@code GET /v1/realtime} becomes a WebSocket, over HTTP/1.1 with or without TLS.
 *
 * <p>Needs {@code com.squareup.okhttp3:mockwebserver3} and OkHttp 5. Thread-safe.
 */
public final class GatewayServer implements AutoCloseable {
    /**
     * What a stand-in sees of any key, where all are alike. A key with a part {@code bad}, {@code invalid}, {@code wrong}, {@code incorrect}
     * or {@code revoked} is meant to be wrong: that one is shown as OpenAI's errors show keys.
     */
    public static final String ANY_KEY = "redacted";

    private static final long MAX_BODY_BYTES = 64L * 1024 * 1024;

    private final LoopbackServer server;
    private final boolean encrypted;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GatewayServer(LoopbackServer server, boolean encrypted) {
        this.server = server;
        this.encrypted = encrypted;
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
        return builder(standIn).time(time).port(port).maxBodyBytes(maxBodyBytes).start();
    }

    /** A server that answers with this stand-in, which it does not close. */
    public static Builder builder(StandIn standIn) {
        return new Builder(standIn);
    }

    /** What an OpenAI client takes as its base URL, such as {@code http://127.0.0.1:4010/v1}. */
    public String baseUrl() {
        return (encrypted ? "https" : "http") + "://127.0.0.1:" + port() + "/v1";
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

    /** What a server is started with. Not thread-safe. */
    public static final class Builder {
        private final StandIn standIn;
        private TimeSource time = TimeSource.system();
        private int port;
        private long maxBodyBytes = MAX_BODY_BYTES;
        private Optional<SSLSocketFactory> tls = Optional.empty();
        private Credentials credentials = new Credentials(List.of());
        private Optional<AdminPath> admin = Optional.empty();
        private Optional<Forwarding> forwarding = Optional.empty();

        private Builder(StandIn standIn) {
            this.standIn = standIn;
        }

        /** The clock that the stand-in's due times are on; the system's if it is not set. */
        public Builder time(TimeSource clock) {
            time = clock;
            return this;
        }

        /** The port; 0, the default, for a free one. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** The largest request body that is taken; 64 MB if it is not set. A larger one is answered with 413. */
        public Builder maxBodyBytes(long bytes) {
            maxBodyBytes = bytes;
            return this;
        }

        /**
         * Encrypts, with the certificate of this context. For one that a test makes for itself, {@code HeldCertificate} of {@code
         * com.squareup.okhttp3:okhttp-tls} is at hand.
         */
        public Builder tls(SSLContext context) {
            tls = Optional.of(context.getSocketFactory());
            return this;
        }

        /**
         * The keys the server knows. It compares what clients send and keeps it to itself: the stand-in sees {@code key-1} for the first of
         * these, {@code key-2} for the second and so on, and any other as OpenAI's errors show it, such as {@code sk-test-******0000}. So
         * {@code SimulatedOpenAi.builder().keys(Set.of("key-1"))} lets in the first and nobody else. Without this all keys look alike.
         */
        public Builder keys(List<String> known) {
            credentials = new Credentials(known);
            return this;
        }

        /**
         * Answers below {@code /__admin} for this simulator: its journal, scenarios, faults and state. Such requests reach neither the
         * stand-in nor any list of requests. Off unless this is called.
         */
        public Builder admin(SimulatedOpenAi simulator) {
            admin = Optional.of(new AdminPath(simulator));
            return this;
        }

        /**
         * Lets calls elsewhere answer in place of the stand-in, such as those that record what it has no cassette for. Their answers flow
         * through to the client as they arrive; if one breaks off, so does the connection to the client, and a call that gets no answer is
         * answered with 502 {@code gateway_upstreams_exhausted}. The client of such a call decides what may be followed, kept and retried.
         *
         * @param calls asked with each request and the stand-in's answer to it; empty to send that answer. A refusal is an answer, too
         */
        public Builder forward(BiFunction<WireRequest, WireAnswer, Optional<Call>> calls) {
            forwarding = Optional.of(new Forwarding(calls));
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws IOException if the port cannot be bound, for example because it is in use
         * @throws IllegalStateException if MockWebServer or OkHttp 5 is missing; the message names what to add
         */
        public GatewayServer start() throws IOException {
            ServerRequirements.check(GatewayServer.class.getClassLoader());
            Setup setup = new Setup(standIn, time, maxBodyBytes, credentials, admin, forwarding);
            return new GatewayServer(LoopbackServer.start(setup, port, tls), tls.isPresent());
        }
    }
}
