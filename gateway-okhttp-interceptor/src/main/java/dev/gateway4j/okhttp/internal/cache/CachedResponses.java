package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.Patience;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;

/** Kept answers as OkHttp's responses. */
final class CachedResponses {
    private CachedResponses() {}

    /** All at once: the bytes are there when the response is. */
    static Response instant(Request request, Given given, long atMillis) {
        byte[] bytes = given.rendition().body();
        Buffer body = new Buffer().write(bytes);
        return head(request, given, atMillis)
                .body(ResponseBody.create(body, given.type(), bytes.length))
                .build();
    }

    /** Event by event. */
    static Response paced(Request request, Given given, CallScope scope, int readTimeoutMillis) {
        PacedSource body = new PacedSource(
                given.rendition(),
                new Patience(scope, readTimeoutMillis),
                scope.runtime().time().nanos());
        scope.observe(body);
        return head(request, given, scope.runtime().time().now().toEpochMilli())
                .body(ResponseBody.create(Okio.buffer(body), given.type(), -1))
                .build();
    }

    private static Response.Builder head(Request request, Given given, long atMillis) {
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .headers(given.headers())
                .sentRequestAtMillis(atMillis)
                .receivedResponseAtMillis(atMillis);
    }
}
