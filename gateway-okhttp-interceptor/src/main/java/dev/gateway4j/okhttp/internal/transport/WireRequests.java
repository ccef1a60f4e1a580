package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.okhttp.internal.call.CallScope;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;

/** OkHttp's request as stand-ins and recorders see it: without credentials. */
final class WireRequests {
    private static final String SIMULATOR = "X-Gateway-Sim";

    private WireRequests() {}

    static WireRequest of(CallScope scope, Request request, byte[] body) {
        String query = Redaction.scrubbedQuery(query(request), !scope.facts().foreign());
        return of(scope, request, query, body, headers(request).build());
    }

    /** As the simulator sees it, which alone is told what the application asks of it. Nothing that leaves goes this way. */
    static WireRequest simulated(CallScope scope, Request request, byte[] body) {
        WireHeaders.Builder headers = headers(request);
        for (String asked : scope.facts().original().headers(SIMULATOR)) {
            headers.add(SIMULATOR, asked);
        }
        return of(scope, request, Redaction.query(query(request)), body, headers.build());
    }

    private static String query(Request request) {
        String query = request.url().encodedQuery();
        return query == null ? "" : query;
    }

    private static WireRequest of(CallScope scope, Request request, String query, byte[] body, WireHeaders headers) {
        HttpUrl url = request.url();
        boolean defaultPort = url.port() == HttpUrl.defaultPort(url.scheme());
        return new WireRequest(
                scope.id(),
                Math.max(1, scope.attempts()),
                request.method(),
                url.scheme(),
                defaultPort ? url.host() : url.host() + ":" + url.port(),
                url.encodedPath(),
                query,
                scope.facts().endpoint(),
                headers,
                scope.facts().tags(),
                body,
                scope.runtime().time().nanos());
    }

    private static WireHeaders.Builder headers(Request request) {
        WireHeaders.Builder wire = open(request.headers());
        MediaType type = request.body() == null ? null : request.body().contentType();
        // OkHttp puts this header on later, on the way to the socket.
        if (type != null && request.header("Content-Type") == null) {
            wire.add("Content-Type", type.toString());
        }
        return wire;
    }

    static WireHeaders headers(Headers headers) {
        return open(headers).build();
    }

    private static WireHeaders.Builder open(Headers headers) {
        WireHeaders.Builder wire = WireHeaders.builder();
        for (int i = 0; i < headers.size(); i++) {
            add(wire, headers.name(i), headers.value(i));
        }
        return wire;
    }

    private static void add(WireHeaders.Builder wire, String name, String value) {
        if (Redaction.isSecretHeader(name)) {
            return;
        }
        boolean protocols = name.equalsIgnoreCase("Sec-WebSocket-Protocol");
        String clean = protocols ? Redaction.protocols(value) : value;
        if (!protocols || !clean.isEmpty()) {
            wire.add(name, clean);
        }
    }
}
