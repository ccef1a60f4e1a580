package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.okhttp.internal.body.BodyObserver;
import dev.gateway4j.okhttp.internal.body.ObservedBody;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Reads the request once, opens the scope that travels with the call, and closes it when the answer has ended. Calls to hosts we do not
 * serve pass by untouched, or are refused under strict isolation.
 */
public final class OpenCallInterceptor implements Interceptor {
    private final CallRuntime runtime;
    private final GatewayConfig config;
    private final ServedHosts served;
    private final Refusals refusals;

    /** Where answers are cached, the same questions come again and again. */
    private final RecentBodies<RequestFacts> recent = new RecentBodies<>();

    /** Opens calls to these hosts. */
    public OpenCallInterceptor(CallRuntime runtime, ServedHosts served, Refusals refusals) {
        this.runtime = runtime;
        this.config = runtime.config();
        this.served = served;
        this.refusals = refusals;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Detached detached = request.tag(Detached.class);
        if (detached != null && detached.facts().isPresent()) {
            CallScope scope = scope(chain, detached.facts().get().withTags(detached.tags()), detached);
            return proceed(chain, scope, open(request, scope));
        }
        return read(chain, request, detached);
    }

    private Response read(Chain chain, Request request, @Nullable Detached detached) throws IOException {
        Optional<Upstream> upstream = served.upstream(request.url());
        boolean foreign = upstream.isEmpty();
        if (foreign && !servesForeign(request)) {
            return config.isolation() == Isolation.RELAXED
                    ? chain.proceed(passing(request))
                    : refusals.answer(request, foreign(request.url()));
        }
        boolean json = !foreign && RequestBodies.isJson(request);
        Optional<byte[]> body = json ? RequestBodies.read(request.body(), config.maxBodyBytes()) : Optional.empty();
        RequestFacts read = body.map(this::facts).orElse(RequestFacts.absent());
        CallFacts facts = foreign ? foreignFacts(request) : facts(request, upstream.get(), read, body);
        CallScope scope = scope(chain, detached == null ? facts : facts.withTags(detached.tags()), detached);
        Request opened = open(request, scope);
        if (json && body.isEmpty()) {
            return deliver(scope, refusals.answer(opened, tooLarge(request)));
        }
        return read.shape() == RequestFacts.Shape.TOO_DEEP
                ? deliver(scope, refusals.answer(opened, tooDeep()))
                : proceed(chain, scope, opened);
    }

    private CallScope scope(Chain chain, CallFacts facts, @Nullable Detached detached) {
        return detached == null
                ? new CallScope(runtime, facts, chain.call())
                : new CallScope(runtime, facts, chain.call(), detached);
    }

    /** Untouched but for what is ours: a request made from an answer's request still carries that call's scope. */
    private static Request passing(Request request) {
        Request.Builder passing = request.newBuilder().tag(Detached.class, null);
        if (CallScope.find(request) != null) {
            passing.tag(CallScope.class, null);
        }
        RequestTags.strip(request, passing);
        return passing.build();
    }

    private Response proceed(Chain chain, CallScope scope, Request opened) throws IOException {
        try {
            return deliver(scope, chain.proceed(opened));
        } catch (IOException e) {
            CallEndings.end(scope, e);
            throw e;
        } catch (RuntimeException | Error e) {
            // Errors too, such as those of an application's own Dns: the report must not be lost with them.
            CallEndings.end(scope, new IOException(e));
            throw e;
        }
    }

    /** Cassettes know every host. A WebSocket is no exchange that one could hold. */
    private boolean servesForeign(Request request) {
        boolean mayRecord = config.mode() == Mode.RECORD && config.isolation() == Isolation.RELAXED;
        return (config.mode() == Mode.REPLAY || mayRecord) && !isWebSocket(request);
    }

    private static boolean isWebSocket(Request request) {
        return "websocket".equalsIgnoreCase(request.header("Upgrade"));
    }

    private RequestFacts facts(byte[] body) {
        if (!config.cache().enabled()) {
            return RequestReader.read(body, config.maxJsonDepth());
        }
        RequestFacts known = recent.find(body);
        if (known != null) {
            return known;
        }
        RequestFacts read = RequestReader.read(body, config.maxJsonDepth());
        recent.remember(body, read);
        return read;
    }

    /** Nothing is read of a call to a host that is no upstream: it may speak any dialect, and is not ours to change. */
    private CallFacts foreignFacts(Request request) {
        String endpoint = request.url().encodedPath();
        return new CallFacts(
                request,
                ServedHosts.foreign(request.url()),
                endpoint,
                RequestFacts.absent(),
                Optional.empty(),
                Optional.empty(),
                config.responseTo(endpoint, Optional.empty()),
                RequestTags.of(request),
                false,
                true);
    }

    private CallFacts facts(Request request, Upstream upstream, RequestFacts read, Optional<byte[]> body) {
        String endpoint = Endpoint.of(request.url().encodedPath(), served.basePath(upstream, request.url()));
        Optional<String> asked = CallFacts.modelAsked(upstream, request.url().encodedPath(), read);
        Optional<String> sent = asked.map(model -> config.models().getOrDefault(model, model));
        return new CallFacts(
                request,
                upstream,
                endpoint,
                read,
                body,
                sent,
                config.responseTo(endpoint, asked),
                RequestTags.of(request),
                isWebSocket(request),
                false);
    }

    private static Request open(Request request, CallScope scope) {
        Request.Builder opened =
                request.newBuilder().tag(CallScope.class, scope).tag(Detached.class, null);
        RequestTags.strip(request, opened);
        scope.facts()
                .body()
                .ifPresent(bytes -> opened.method(request.method(), RequestBodies.replayable(bytes, request)));
        return opened.build();
    }

    /** What the application gets: the answer with our headers on it, and a body that tells us how it ends. */
    private Response deliver(CallScope scope, Response response) {
        scope.delivered(response.code(), refusal(response));
        Response.Builder delivered = response.newBuilder()
                .header("x-gateway-call", scope.id())
                .header("x-gateway-source", scope.source().id())
                .header("x-gateway-attempts", Integer.toString(scope.shownAttempts()));
        scope.cache().ifPresent(outcome -> delivered.header("x-gateway-cache", CacheText.of(outcome)));
        if (scope.isFree()) {
            delivered.header("x-gateway-cost-usd", "0");
        }
        scope.facts().modelSent().ifPresent(model -> delivered.header("x-gateway-model", HeaderText.of(model)));
        if (scope.attempts() > 0) {
            scope.attempt().key().ifPresent(key -> delivered.header("x-gateway-key", HeaderText.of(key.name())));
        }
        ResponseBody body = response.body();
        if (body == null || (response.code() == 101 && scope.facts().webSocket())) {
            scope.end(Ending.COMPLETED, null);
            return delivered.build();
        }
        List<BodyObserver> observers = scope.observers();
        observers.add(new ScopeEnd(scope));
        return delivered
                .body(new ObservedBody(body, observers, scope::canceled))
                .build();
    }

    /** Ours, or a stand-in's: transport has taken such headers off what came from an upstream. */
    private static Optional<RefusalReason> refusal(Response response) {
        String id = response.header("x-gateway-refusal");
        return id == null
                ? Optional.empty()
                : Arrays.stream(RefusalReason.values())
                        .filter(reason -> reason.id().equals(id))
                        .findFirst();
    }

    private Refusal foreign(HttpUrl url) {
        return Refusal.of(
                RefusalReason.ISOLATION,
                "Host " + url.host() + ":" + url.port() + " is no upstream of environment \"" + config.environment()
                        + "\" and its isolation is strict. Name it under upstreams, or set isolation_level: relaxed.");
    }

    private Refusal tooLarge(Request request) throws IOException {
        long length = request.body() == null ? -1 : request.body().contentLength();
        return Refusal.of(
                RefusalReason.BODY_TOO_LARGE,
                "The JSON request body has " + (length < 0 ? "more than " + config.maxBodyBytes() : length)
                        + " bytes; at most " + config.maxBodyBytes()
                        + " are allowed. Send less, or raise gateway.max_body_bytes.");
    }

    private Refusal tooDeep() {
        return Refusal.of(
                RefusalReason.INVALID_REQUEST,
                "The JSON request body is nested deeper than " + config.maxJsonDepth()
                        + " levels. Flatten it, or raise gateway.max_json_depth.");
    }

    @Override
    public String toString() {
        return "OpenCall[" + served + ", maxBodyBytes=" + config.maxBodyBytes() + "]";
    }

    /** The last observer: everybody else has settled when it ends the scope. */
    private record ScopeEnd(CallScope scope) implements BodyObserver {
        @Override
        public void bytes(byte[] data, int offset, int length) {
            scope.firstByte();
        }

        @Override
        public void ended(Ending ending, @Nullable IOException failure) {
            scope.end(ending, failure);
        }
    }
}
