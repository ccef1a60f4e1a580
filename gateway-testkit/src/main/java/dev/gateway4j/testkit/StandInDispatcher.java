package dev.gateway4j.testkit;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.openai.ErrorBody;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each request to the stand-in, waits until its answer begins, and turns that into what MockWebServer sends. */
final class StandInDispatcher extends Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);

    private final MockWebServer server;
    private final LoopbackSockets sockets;
    private final ServedRequests served;
    private final StandIn standIn;
    private final TimeSource time;
    private final long maxBodyBytes;

    StandInDispatcher(
            MockWebServer server,
            LoopbackSockets sockets,
            ServedRequests served,
            StandIn standIn,
            TimeSource time,
            long maxBodyBytes) {
        this.server = server;
        this.sockets = sockets;
        this.served = served;
        this.standIn = standIn;
        this.time = time;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) throws InterruptedException {
        forgetRecordedRequests();
        Optional<LoopbackConnection> connection = sockets.connection(recorded.getConnectionIndex());
        if (connection.isEmpty()) {
            return Responses.nothing(); // closed since the request was read; whatever we send is swallowed
        }
        IncomingRequest request = IncomingRequest.of(recorded);
        WireAnswer answer = answer(recorded, request);
        served.add(request.served(
                answer instanceof WireReply reply ? OptionalInt.of(reply.status()) : OptionalInt.empty()));
        Delivery delivery = new Delivery(time, connection.get());
        if (answer instanceof Frame.Fault fault) {
            delivery.fail(fault);
            return Responses.nothing();
        }
        return Responses.of((WireReply) answer, request, delivery);
    }

    /** MockWebServer keeps every request until somebody takes it; a server that runs long would fill the heap. */
    private void forgetRecordedRequests() throws InterruptedException {
        RecordedRequest forgotten;
        do {
            forgotten = server.takeRequest(0, TimeUnit.NANOSECONDS);
        } while (forgotten != null);
    }

    private WireAnswer answer(RecordedRequest recorded, IncomingRequest request) {
        long now = time.nanos();
        if (recorded.getBodySize() > maxBodyBytes) {
            return refused(now, recorded.getBodySize());
        }
        WireRequest wire = request.wire(now);
        try {
            return standIn.answer(wire);
        } catch (RuntimeException e) {
            LOG.error("stand-in failed call={} method={} path={}", wire.callId(), wire.method(), wire.path(), e);
            byte[] body = ErrorBody.of(
                    "The stand-in behind this server failed with "
                            + e.getClass().getName()
                            + ". This is a bug in the stand-in; its stack trace is in the log of the server.",
                    "api_error",
                    Optional.empty(),
                    Optional.of("stand_in_failed"));
            return new WireReply(500, WireHeaders.of("content-type", "application/json"), now, Frames.of(body, now));
        }
    }

    private WireReply refused(long now, long size) {
        Refusal refusal = Refusal.of(
                RefusalReason.BODY_TOO_LARGE,
                "The request body has " + size + " bytes; this server takes at most " + maxBodyBytes
                        + ". Send a smaller body.");
        return new WireReply(refusal.reason().status(), refusal.headers(), now, Frames.of(ErrorBody.of(refusal), now));
    }
}
