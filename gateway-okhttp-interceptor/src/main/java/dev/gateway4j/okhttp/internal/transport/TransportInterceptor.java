package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRefusal;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.Patience;
import dev.gateway4j.okhttp.internal.call.Refusals;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Who answers: simulated and replayed calls turn round here, without a socket and without a secret; the others go on to leave. */
public final class TransportInterceptor extends CallInterceptor {
    private final Map<ResponseType, StandIn> standIns;
    private final Optional<Recorder> recorder;
    private final Refusals refusals;

    /**
     * Answers with these stand-ins.
     *
     * @param recorder saves what leaves: every call that does in mode record, and what no recording answers in mode replay
     */
    public TransportInterceptor(Map<ResponseType, StandIn> standIns, Optional<Recorder> recorder, Refusals refusals) {
        this.standIns = Map.copyOf(standIns);
        this.recorder = recorder;
        this.refusals = refusals;
    }

    @Override
    protected Response intercept(Chain chain, CallScope scope) throws IOException {
        CallFacts facts = scope.facts();
        if (facts.leaves()) {
            // A WebSocket is no exchange that could be saved.
            return recorder.isPresent() && !facts.webSocket()
                    ? record(chain, scope, recorder.get())
                    : Outward.send(chain, scope, chain.request());
        }
        if (facts.webSocket()) {
            return refusals.answer(chain.request(), noWebSocket(scope));
        }
        StandIn standIn = standIns.get(facts.answer());
        if (standIn == null) {
            // Unsure who should answer: no network. Start-up checks that every type in the settings has its stand-in.
            throw new IllegalStateException("no stand-in gives answers of type " + facts.answer());
        }
        return turnRound(chain, scope, standIn);
    }

    private Response turnRound(Chain chain, CallScope scope, StandIn standIn) throws IOException {
        Optional<WholeBody> read = WholeBody.read(chain.request(), scope);
        if (read.isEmpty()) {
            return passesBy(scope) && isStillThere(chain.request())
                    ? Outward.send(chain, scope, chain.request())
                    : refusals.answer(chain.request(), tooLarge(scope));
        }
        WholeBody whole = read.get();
        boolean replayed = scope.facts().answer() == ResponseType.CASSETTE;
        scope.answeredBy(replayed ? Source.REPLAY : Source.SIMULATED);
        WireRequest request = replayed
                ? WireRequests.of(scope, whole.request(), whole.bytes())
                : WireRequests.simulated(scope, whole.request(), whole.bytes());
        Patience patience = new Patience(scope, chain.readTimeoutMillis());
        WireAnswer answer = standIn.answer(request);
        if (answer instanceof Frame.Fault fault) {
            throw Faults.await(fault, patience, chain.request().url().host());
        }
        if (answer instanceof WireRefusal refused) {
            return replayed && isMissing(refused.refusal())
                    ? missing(chain, scope, whole, refused.refusal())
                    : refusals.answer(chain.request(), refused.refusal());
        }
        WireReply reply = (WireReply) answer;
        scope.attempt().answered(reply.status(), reply.headers().first("x-request-id"));
        return StandInResponses.of(
                chain.request(), reply, patience, scope.runtime().time());
    }

    private static boolean isMissing(Refusal refusal) {
        return refusal.reason() == RefusalReason.NO_CASSETTE || refusal.reason() == RefusalReason.CASSETTE_MISMATCH;
    }

    /** No recording answers: the call is recorded now if it may be, and a host that is no concern of the cassettes' passes by. */
    private Response missing(Chain chain, CallScope scope, WholeBody whole, Refusal refusal) throws IOException {
        if (recorder.isPresent() && mayBeRecorded(scope)) {
            return record(chain, scope, recorder.get(), whole);
        }
        return passesBy(scope)
                ? Outward.send(chain, scope, whole.request())
                : refusals.answer(chain.request(), refusal);
    }

    private static boolean mayBeRecorded(CallScope scope) {
        CallFacts facts = scope.facts();
        GatewayConfig config = scope.runtime().config();
        if (facts.foreign()) {
            return namesCassette(scope) && config.isolation() == Isolation.RELAXED;
        }
        return scope.attempt().key().isPresent() || scope.attempt().upstream().auth() == Upstream.Auth.NONE;
    }

    /** The name in the settings counts as that of every call. */
    private static boolean namesCassette(CallScope scope) {
        return scope.facts().tags().cassette().isPresent()
                || scope.runtime().config().cassettes().name().isPresent();
    }

    /** A host that is no upstream, under relaxed isolation, by a call that asks for no cassette. */
    private static boolean passesBy(CallScope scope) {
        CallFacts facts = scope.facts();
        return facts.foreign()
                && !namesCassette(scope)
                && scope.runtime().config().isolation() == Isolation.RELAXED;
    }

    /** True unless looking whether the body is too long has used it up. */
    private static boolean isStillThere(Request request) {
        RequestBody body = request.body();
        return body == null || !body.isOneShot();
    }

    private Response record(Chain chain, CallScope scope, Recorder to) throws IOException {
        RequestBody body = chain.request().body();
        if (body != null && body.isDuplex()) {
            return refusals.answer(chain.request(), duplex());
        }
        Optional<WholeBody> whole = WholeBody.read(chain.request(), scope);
        return whole.isPresent()
                ? record(chain, scope, to, whole.get())
                : refusals.answer(chain.request(), tooLarge(scope));
    }

    /** Asked before anything leaves: an answer that cannot be saved would be paid for in vain. */
    private Response record(Chain chain, CallScope scope, Recorder to, WholeBody whole) throws IOException {
        WireRequest seen = WireRequests.of(scope, whole.request(), whole.bytes());
        Optional<Refusal> objection = RecordingTap.objection(to, seen);
        return objection.isPresent()
                ? refusals.answer(chain.request(), objection.get())
                : Outward.recorded(chain, scope, whole.request(), to, seen);
    }

    private static Refusal duplex() {
        return Refusal.of(
                RefusalReason.INVALID_REQUEST,
                "A duplex body is written while its answer is read, so there is no whole request to record. Send the"
                        + " body first, or use mode passthrough.");
    }

    private static Refusal tooLarge(CallScope scope) {
        GatewayConfig config = scope.runtime().config();
        String why = scope.facts().leaves() ? "and is read whole" : "and a stand-in answers";
        return Refusal.of(
                RefusalReason.BODY_TOO_LARGE,
                "The request body has more than " + config.maxBodyBytes() + " bytes " + why + " in mode "
                        + config.mode().id() + ". Send less, or raise gateway.max_body_bytes.");
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
