package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.Source;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Sends a call on its way out: addressed to its upstream, or as it came to a host that is none, and saved if somebody records. */
final class Outward {
    private static final String OURS = "x-gateway-";
    private static final String REFUSAL = "x-gateway-refusal";

    private Outward() {}

    /** Sends it, and saves nothing. */
    static Response send(Interceptor.Chain chain, CallScope scope, Request request) throws IOException {
        return send(chain, scope, addressed(request, scope), Optional.empty());
    }

    /** Sends it, and saves the exchange as the application sees it. */
    static Response recorded(
            Interceptor.Chain chain, CallScope scope, Request request, Recorder recorder, WireRequest seen)
            throws IOException {
        Request addressed = addressed(request, scope);
        return send(chain, scope, addressed, Optional.of(RecordingTap.open(recorder, seen, scope)));
    }

    private static Request addressed(Request request, CallScope scope) {
        CallFacts facts = scope.facts();
        if (!facts.foreign()) {
            return UpstreamAddress.address(request, facts, scope.attempt().upstream());
        }
        RequestBody body = request.body();
        return body == null
                ? request
                : request.newBuilder()
                        .method(request.method(), new OneShotBody(body))
                        .build();
    }

    private static Response send(
            Interceptor.Chain chain, CallScope scope, Request addressed, Optional<RecordingTap> tap)
            throws IOException {
        scope.answeredBy(Source.UPSTREAM);
        if (scope.facts().bills()) {
            scope.attempt().left();
        }
        Response response = proceed(chain, scope, addressed, tap);
        try {
            if (response.networkResponse() == null && response.header(REFUSAL) != null) {
                end(tap, Ending.REFUSED);
                return response;
            }
            scope.attempt().answered(response.code(), Optional.ofNullable(response.header("x-request-id")));
            Response theirs = withoutOurs(response);
            if (tap.isPresent()) {
                tap.get().answered(theirs);
            }
            return theirs;
        } catch (IOException | RuntimeException | Error e) {
            response.close();
            throw e;
        }
    }

    private static Response proceed(
            Interceptor.Chain chain, CallScope scope, Request addressed, Optional<RecordingTap> tap)
            throws IOException {
        try {
            return chain.proceed(addressed);
        } catch (IOException | RuntimeException | Error e) {
            boolean gaveUp = scope.canceled() && !(e instanceof InterruptedIOException);
            try {
                end(tap, gaveUp ? Ending.CANCELLED : Ending.FAILED);
            } catch (IOException unsaved) {
                e.addSuppressed(unsaved);
            }
            throw e;
        }
    }

    private static void end(Optional<RecordingTap> tap, Ending ending) throws IOException {
        if (tap.isPresent()) {
            tap.get().end(ending, false);
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
}
