package dev.gateway4j.testkit;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.openai.ErrorBody;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRefusal;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each request to the stand-in, waits until its answer begins, and turns that into what MockWebServer sends. */
final class StandInDispatcher extends Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);

    private final MockWebServer server;
    private final LoopbackSockets sockets;
    private final ServedRequests served;
    private final Setup setup;

    StandInDispatcher(MockWebServer server, LoopbackSockets sockets, ServedRequests served, Setup setup) {
        this.server = server;
        this.sockets = sockets;
        this.served = served;
        this.setup = setup;
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) throws InterruptedException {
        forgetRecordedRequests();
        Optional<LoopbackConnection> connection = sockets.connection(recorded.getConnectionIndex());
        if (connection.isEmpty()) {
            return Responses.nothing(); // closed since the request was read; whatever we send is swallowed
        }
        try {
            return dispatched(recorded, connection.get());
        } catch (RuntimeException | StackOverflowError e) {
            // MockWebServer would drop the connection without closing it, and the client would wait for ever.
            LOG.error("the server failed on a request", e);
            connection.get().cut();
            return Responses.nothing();
        }
    }

    private MockResponse dispatched(RecordedRequest recorded, LoopbackConnection connection) {
        IncomingRequest request = IncomingRequest.of(recorded);
        if (request.isHttp2()) {
            connection.multiplex();
        }
        Delivery delivery = new Delivery(setup.time(), connection);
        if (setup.admin().isPresent() && AdminPath.covers(request.target())) {
            return Responses.of(administered(recorded, request, setup.admin().get()), request, delivery);
        }
        WireRequest wire = request.wire(setup.time().nanos(), setup.credentials());
        WireAnswer answer = answer(recorded, wire);
        Optional<Call> elsewhere = setup.forwarding().flatMap(it -> it.call(wire, answer));
        if (elsewhere.isPresent()) {
            if (answer instanceof WireReply unsent) {
                unsent.frames().close();
            }
            return forwarded(elsewhere.get(), wire, request, delivery);
        }
        return answered(
                answer instanceof WireRefusal refused ? reply(wire.arrivedNanos(), refused.refusal()) : answer,
                wire,
                request,
                delivery);
    }

    private MockResponse answered(WireAnswer answer, WireRequest wire, IncomingRequest request, Delivery delivery) {
        served.add(request.served(
                answer instanceof WireReply reply ? OptionalInt.of(reply.status()) : OptionalInt.empty()));
        if (answer instanceof Frame.Fault fault) {
            delivery.fail(fault);
            return Responses.nothing();
        }
        WireReply reply = (WireReply) answer;
        if (reply.status() == 101) {
            return upgraded(reply, request, wire, delivery);
        }
        return Responses.of(reply, request, delivery);
    }

    private MockResponse forwarded(Call call, WireRequest wire, IncomingRequest request, Delivery delivery) {
        Forwarding forwarding = setup.forwarding().orElseThrow();
        try {
            Response response = forwarding.execute(call);
            served.add(request.served(OptionalInt.of(response.code())));
            return forwarding.response(call, response, request, delivery);
        } catch (IOException e) {
            LOG.warn("a call elsewhere failed call={} reason={}", wire.callId(), e.toString());
            Refusal refusal = Refusal.of(
                    RefusalReason.UPSTREAMS_EXHAUSTED,
                    "The call to " + call.request().url().host() + " got no answer: " + e
                            + ". Check that it can be reached from here.");
            return answered(reply(setup.time().nanos(), refusal), wire, request, delivery);
        }
    }

    private MockResponse upgraded(WireReply reply, IncomingRequest request, WireRequest wire, Delivery delivery) {
        if (!(setup.standIn() instanceof SimulatedOpenAi simulator)) {
            return Responses.of(Handshake.unanswered(reply), request, delivery);
        }
        Handshake handshake = Handshake.of(request);
        if (!handshake.isComplete()) {
            return Responses.of(Handshake.incomplete(reply), request, delivery);
        }
        return Responses.upgrade(
                reply, handshake, new RealtimeSocket(simulator.realtime(wire), setup.time()), delivery);
    }

    private WireReply administered(RecordedRequest recorded, IncomingRequest request, AdminPath admin) {
        long now = setup.time().nanos();
        return recorded.getBodySize() > setup.maxBodyBytes()
                ? refused(now, recorded.getBodySize())
                : admin.answer(request, now);
    }

    /** MockWebServer keeps every request until somebody takes it; a server that runs long would fill the heap. */
    private void forgetRecordedRequests() throws InterruptedException {
        RecordedRequest forgotten;
        do {
            forgotten = server.takeRequest(0, TimeUnit.NANOSECONDS);
        } while (forgotten != null);
    }

    private WireAnswer answer(RecordedRequest recorded, WireRequest wire) {
        long now = wire.arrivedNanos();
        if (recorded.getBodySize() > setup.maxBodyBytes()) {
            return refused(now, recorded.getBodySize());
        }
        try {
            return setup.standIn().answer(wire);
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
                "The request body has " + size + " bytes; this server takes at most " + setup.maxBodyBytes()
                        + ". Send a smaller body.");
        return reply(now, refusal);
    }

    private static WireReply reply(long now, Refusal refusal) {
        return new WireReply(refusal.reason().status(), refusal.headers(), now, Frames.of(ErrorBody.of(refusal), now));
    }
}
