package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.okhttp.internal.call.Attempt;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.Refusals;
import dev.gateway4j.okhttp.internal.call.RequestBodies;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Who answers: simulated and replayed calls turn round here, without a socket and without a secret; the others go on to leave. */
public final class TransportInterceptor extends CallInterceptor {
    private static final String OURS = "x-gateway-";
    private static final String REFUSAL = "x-gateway-refusal";

    private final Map<ResponseType, StandIn> standIns;
    private final Optional<Recorder> recorder;
    private final Refusals refusals;

    /** Answers with these stand-ins; records what leaves if there is a recorder. */
    public TransportInterceptor(Map<ResponseType, StandIn> standIns, Optional<Recorder> recorder, Refusals refusals) {
        this.standIns = Map.copyOf(standIns);
        this.recorder = recorder;
        this.refusals = refusals;
    }

    @Override
    protected Response intercept(Chain chain, CallScope scope) throws IOException {
        StandIn standIn = standIns.get(scope.facts().answer());
        if (scope.facts().webSocket() && !scope.facts().leaves()) {
            return refusals.answer(chain.request(), noWebSocket(scope));
        }
        if (scope.facts().leaves()) {
            return leave(chain, scope);
        }
        if (standIn == null) {
            // Unsure who should answer: no network. Start-up checks that every type in the settings has its stand-in.
            throw new IllegalStateException(
                    "no stand-in gives answers of type " + scope.facts().answer());
        }
        return turnRound(chain, scope, standIn);
    }

    private Response leave(Chain chain, CallScope scope) throws IOException {
        Attempt attempt = scope.attempt();
        scope.answeredBy(Source.UPSTREAM);
        Request addressed = UpstreamAddress.address(chain.request(), scope.facts(), attempt.upstream());
        Optional<Recorder.Recording> recording = recorder.map(present -> open(present, scope, chain.request()));
        if (scope.facts().bills()) {
            attempt.left();
        }
        Response response;
        try {
            response = chain.proceed(addressed);
        } catch (IOException | RuntimeException | Error e) {
            recording.ifPresent(open -> open.end(Ending.FAILED, false, now(scope)));
            throw e;
        }
        if (response.networkResponse() == null && response.header(REFUSAL) != null) {
            recording.ifPresent(open -> open.end(Ending.REFUSED, false, now(scope)));
            return response;
        }
        attempt.answered(response.code(), Optional.ofNullable(response.header("x-request-id")));
        return tapped(withoutOurs(response), recording, scope);
    }

    /** A recorder that fails, fails the call: a recording with holes is worse than none. */
    private static Response tapped(Response response, Optional<Recorder.Recording> recording, CallScope scope) {
        try {
            recording.ifPresent(open -> scope.attempt()
                    .observe(new RecordingTap(open, scope.runtime().time(), response)));
            return response;
        } catch (RuntimeException e) {
            response.close();
            recording.ifPresent(open -> open.end(Ending.FAILED, false, now(scope)));
            throw e;
        }
    }

    /** An upstream that sends headers of ours, such as another gateway, does not speak for this one. */
    private static Response withoutOurs(Response response) {
        Response.Builder clean = null;
        for (int i = 0; i < response.headers().size(); i++) {
            String name = response.headers().name(i);
            if (name.regionMatches(true, 0, OURS, 0, OURS.length())) {
                clean = clean == null ? response.newBuilder() : clean;
                clean.removeHeader(name);
            }
        }
        return clean == null ? response : clean.build();
    }

    private static long now(CallScope scope) {
        return scope.runtime().time().nanos();
    }

    private static Recorder.Recording open(Recorder recorder, CallScope scope, Request request) {
        byte[] body = scope.facts().body().orElse(new byte[0]);
        return recorder.open(WireRequests.of(scope, request, body));
    }

    private Response turnRound(Chain chain, CallScope scope, StandIn standIn) throws IOException {
        Optional<byte[]> body = body(chain.request(), scope);
        if (body.isEmpty()) {
            return refusals.answer(chain.request(), tooLarge(scope));
        }
        boolean replayed = scope.facts().answer() == ResponseType.CASSETTE;
        scope.answeredBy(replayed ? Source.REPLAY : Source.SIMULATED);
        WireRequest request = replayed
                ? WireRequests.of(scope, chain.request(), body.get())
                : WireRequests.simulated(scope, chain.request(), body.get());
        Patience patience = new Patience(scope, chain.readTimeoutMillis());
        WireAnswer answer = standIn.answer(request);
        if (answer instanceof Frame.Fault fault) {
            throw Faults.await(fault, patience, chain.request().url().host());
        }
        WireReply reply = (WireReply) answer;
        scope.attempt().answered(reply.status(), reply.headers().first("x-request-id"));
        return StandInResponses.of(
                chain.request(), reply, patience, scope.runtime().time());
    }

    /**
     * JSON was read when the call was opened; what streams through is read here, since a stand-in needs it whole. A duplex body has no
     * whole: it is written while the answer is read.
     */
    private static Optional<byte[]> body(Request request, CallScope scope) throws IOException {
        RequestBody body = request.body();
        if (scope.facts().body().isPresent() || body == null || body.isDuplex()) {
            return Optional.of(scope.facts().body().orElse(new byte[0]));
        }
        return RequestBodies.read(body, scope.runtime().config().maxBodyBytes());
    }

    private static Refusal tooLarge(CallScope scope) {
        return Refusal.of(
                RefusalReason.BODY_TOO_LARGE,
                "The request body has more than "
                        + scope.runtime().config().maxBodyBytes()
                        + " bytes and a stand-in answers in mode "
                        + scope.runtime().config().mode().id()
                        + ". Send less, or raise gateway.max_body_bytes.");
    }

    private static Refusal noWebSocket(CallScope scope) {
        CallFacts facts = scope.facts();
        return Refusal.of(
                RefusalReason.ISOLATION,
                "A WebSocket to " + facts.endpoint() + " has no stand-in in mode "
                        + scope.runtime().config().mode().id() + ", and nothing may leave. Use mode passthrough.");
    }

    @Override
    public String toString() {
        return "Transport[standIns=" + standIns.keySet() + (recorder.isPresent() ? ", recording" : "") + "]";
    }
}
