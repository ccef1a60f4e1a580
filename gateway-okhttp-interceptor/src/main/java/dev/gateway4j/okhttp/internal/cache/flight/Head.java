package dev.gateway4j.okhttp.internal.cache.flight;

import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer, from which everybody on board gets one of his own.
 *
 * @param response the answer
 * @param type its type
 * @param length its length, or -1
 * @param fromCache what became of the call at the cache, if it was answered there after all
 * @param model the model that gave it, if it was answered there
 * @param asked the call that was made, if there was one
 */
record Head(
        Response response,
        @Nullable MediaType type,
        long length,
        Optional<CacheOutcome> fromCache,
        Optional<String> model,
        @Nullable CallScope asked) {
    private static final String OURS = "x-gateway-";

    static Head of(Journey.Answer answer, @Nullable CallScope asked) {
        Response response = answer.response();
        ResponseBody body = response.body();
        return new Head(
                response,
                body == null ? null : body.contentType(),
                body == null ? 0 : body.contentLength(),
                answer.fromCache(),
                answer.model(),
                asked);
    }

    /** True if the gateway refused to ask. */
    boolean isRefused() {
        return response.header("x-gateway-refusal") != null;
    }

    /** The answer as the call gets it that it was asked for: as if it had asked by itself. */
    Response forOpener(Request request, Source body) {
        return answer(request, body)
                .headers(response.headers())
                .networkResponse(response.networkResponse())
                .build();
    }

    /** The answer as another gets it: what we say about it is said of that other call. */
    Response forFollower(Request request, Source body) {
        Headers.Builder headers = response.headers().newBuilder();
        for (String name : response.headers().names()) {
            if (name.regionMatches(true, 0, OURS, 0, OURS.length())) {
                headers.removeAll(name);
            }
        }
        return answer(request, body).headers(headers.build()).build();
    }

    private Response.Builder answer(Request request, Source body) {
        return new Response.Builder()
                .request(request)
                .protocol(response.protocol())
                .code(response.code())
                .message(response.message())
                .handshake(response.handshake())
                .sentRequestAtMillis(response.sentRequestAtMillis())
                .receivedResponseAtMillis(response.receivedResponseAtMillis())
                .body(ResponseBody.create(Okio.buffer(body), type, length));
    }
}
