package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.okhttp.internal.call.Attempt;
import dev.gateway4j.okhttp.internal.call.BaseUrls;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.Refusals;
import java.io.IOException;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Reveals the secret: the innermost interceptor of ours, reached only by requests that really leave. It takes every credential of the
 * application off, puts the environment's key on if the request goes to that key's own upstream, and hands back a response that no longer
 * shows it.
 */
public final class CredentialInterceptor extends CallInterceptor {
    private static final String PROTOCOLS = "Sec-WebSocket-Protocol";

    private final Departure departure;
    private final Refusals refusals;

    /** Sends requests this way. */
    public CredentialInterceptor(Departure departure, Refusals refusals) {
        this.departure = departure;
        this.refusals = refusals;
    }

    @Override
    protected Response intercept(Chain chain, CallScope scope) throws IOException {
        Request request = chain.request();
        if (scope.facts().foreign()) {
            return chain.proceed(request); // with the application's own credentials, or its signature over every header
        }
        Attempt attempt = scope.attempt();
        if (!belongs(request.url(), attempt.upstream())) {
            return refusals.answer(request, elsewhere(request.url(), attempt));
        }
        Response response = departure.send(chain, scope, sealed(request, attempt));
        return open(response, request);
    }

    private static boolean belongs(HttpUrl url, Upstream upstream) {
        return BaseUrls.sameOrigin(url, BaseUrls.of(upstream));
    }

    private static Request sealed(Request request, Attempt attempt) {
        Request.Builder sealed = request.newBuilder().removeHeader("Host");
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (Redaction.isSecretHeader(name)
                    || name.equalsIgnoreCase("OpenAI-Organization")
                    || name.equalsIgnoreCase("OpenAI-Project")) {
                sealed.removeHeader(name);
            }
        }
        String protocols = request.header(PROTOCOLS);
        if (protocols != null) {
            String clean = Redaction.protocols(protocols);
            sealed.removeHeader(PROTOCOLS);
            if (!clean.isEmpty()) {
                sealed.header(PROTOCOLS, clean);
            }
        }
        attempt.key().ifPresent(key -> put(sealed, key, attempt.upstream()));
        return sealed.build();
    }

    private static void put(Request.Builder sealed, UpstreamKey key, Upstream upstream) {
        if (upstream.kind() == Upstream.Kind.AZURE && upstream.auth() != Upstream.Auth.BEARER) {
            sealed.header("api-key", key.secret().reveal());
        } else {
            sealed.header("Authorization", "Bearer " + key.secret().reveal());
        }
        key.organization().ifPresent(organization -> sealed.header("OpenAI-Organization", organization));
        key.project().ifPresent(project -> sealed.header("OpenAI-Project", project));
    }

    /** A header set in here would travel back out on the response's requests. */
    private static Response open(Response response, Request request) {
        // A prior response would be that of a GET which OkHttp has repeated, with the same header.
        Response.Builder opened = response.newBuilder().request(request).priorResponse(null);
        Response network = response.networkResponse();
        if (network != null) {
            opened.networkResponse(network.newBuilder().request(request).build());
        }
        return opened.build();
    }

    private static Refusal elsewhere(HttpUrl url, Attempt attempt) {
        String key = attempt.key().map(UpstreamKey::name).orElse("(none)");
        return Refusal.of(
                RefusalReason.ISOLATION,
                "Key \"" + key + "\" belongs to upstream \""
                        + attempt.upstream().name() + "\" and does not travel to " + url.scheme() + "://" + url.host()
                        + ":" + url.port() + ". Add a key for that upstream.");
    }

    @Override
    public String toString() {
        return "Credential";
    }
}
