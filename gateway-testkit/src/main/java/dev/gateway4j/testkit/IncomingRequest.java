package dev.gateway4j.testkit;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.api.spi.WireRequest;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okio.ByteString;

/** A request as it came in over the socket. */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: never compared
record IncomingRequest(
        String method, String target, String version, boolean encrypted, WireHeaders headers, byte[] body) {
    private static final AtomicLong CALLS = new AtomicLong();

    static IncomingRequest of(RecordedRequest recorded) {
        WireHeaders.Builder headers = WireHeaders.builder();
        Headers sent = recorded.getHeaders();
        for (int i = 0; i < sent.size(); i++) {
            // The fields of HTTP/2 that stand for the first line.
            if (sent.name(i).startsWith(":")) {
                if (sent.name(i).equals(":authority")) {
                    headers.add("host", sent.value(i));
                }
                continue;
            }
            headers.add(sent.name(i), sent.value(i));
        }
        ByteString body = recorded.getBody();
        return new IncomingRequest(
                recorded.getMethod(),
                originForm(recorded.getTarget()),
                recorded.getVersion(),
                recorded.getHandshake() != null,
                headers.build(),
                body == null ? new byte[0] : body.toByteArray());
    }

    WireRequest wire(long arrivedNanos, Credentials credentials) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        return new WireRequest(
                "served-" + CALLS.incrementAndGet(),
                1,
                method.toUpperCase(Locale.ROOT),
                encrypted ? "https" : "http",
                headers.first("host").orElse("127.0.0.1"),
                path,
                question < 0 ? "" : Redaction.query(target.substring(question + 1)),
                Endpoint.of(path),
                withoutSecrets(credentials),
                tags(),
                body,
                arrivedNanos);
    }

    ServedRequest served(OptionalInt status) {
        return new ServedRequest(method, target, headers, ServedRequests.head(body), status);
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    boolean isHttp2() {
        return version.startsWith("HTTP/2");
    }

    /** True if it asks for a WebSocket. */
    boolean isUpgrade() {
        return headers.first("upgrade").orElse("").equalsIgnoreCase("websocket");
    }

    /** True if the client keeps no connection open after this exchange. */
    boolean closesConnection() {
        String connection = headers.first("connection").orElse("").toLowerCase(Locale.ROOT);
        return version.equals("HTTP/1.0") || connection.contains("close");
    }

    /** What a gateway in front would have taken off the request. */
    private CallTags tags() {
        return new CallTags(
                headers.first("X-Gateway-User"),
                headers.first("X-Gateway-Tenant"),
                headers.first("X-Gateway-Feature"),
                headers.first("X-Gateway-Cache"),
                headers.first("X-Gateway-Route"),
                headers.first("X-Cassette-Name"),
                headers.first("X-Gateway-Key"));
    }

    /** A stand-in may see that a credential was sent, which decides between 200 and 401, but never its value. */
    private WireHeaders withoutSecrets(Credentials credentials) {
        WireHeaders.Builder safe = WireHeaders.builder();
        headers.entries().forEach(field -> {
            if (!isOurs(field.getKey())) {
                safe.add(field.getKey(), safeValue(field.getKey(), field.getValue(), credentials));
            }
        });
        if (isUpgrade()) {
            Handshake.of(this).addTo(safe, credentials);
        }
        return safe.build();
    }

    /** What is asked of the simulator is for the stand-in alone; everything else of ours it knows as tags. */
    private static boolean isOurs(String name) {
        boolean gateways = name.regionMatches(true, 0, "X-Gateway-", 0, 10) && !name.equalsIgnoreCase("X-Gateway-Sim");
        return gateways || name.equalsIgnoreCase("X-Cassette-Name");
    }

    private static String safeValue(String name, String value, Credentials credentials) {
        if (name.equalsIgnoreCase("Sec-WebSocket-Protocol")) {
            return Redaction.protocols(value);
        }
        return Redaction.isSecretHeader(name) ? credentials.safe(name, value) : value;
    }

    /** A client that takes us for a proxy sends the whole URL. */
    private static String originForm(String target) {
        int authority = target.indexOf("://");
        if (target.startsWith("/") || authority < 0) {
            return target;
        }
        int path = target.indexOf('/', authority + 3);
        return path < 0 ? "/" : target.substring(path);
    }
}
