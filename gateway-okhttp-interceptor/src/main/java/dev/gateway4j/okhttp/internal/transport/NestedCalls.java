package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.call.Ending;
import dev.gateway4j.okhttp.internal.body.BodyObserver;
import dev.gateway4j.okhttp.internal.body.ObservedBody;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.CancelWatch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Calls on a client of our own in place of {@code chain.proceed}: SDKs strip credentials when an interceptor changes the origin, and some
 * take an interceptor only, so that the client below it is not guarded. A nested call ends with the application's call: cancel, call
 * timeout and the chain's timeouts hold for it.
 */
public final class NestedCalls {
    private final OkHttpClient client;
    private final CancelWatch watch;

    /** Nested calls on this client. */
    public NestedCalls(OkHttpClient client, CancelWatch watch) {
        this.client = client;
        this.watch = watch;
    }

    /** Sends a sealed request: down the chain if it stays at the origin that the application named, or on a nested call. */
    public Response depart(Interceptor.Chain chain, CallScope scope, Request sealed) throws IOException {
        boolean sameOrigin = sameOrigin(scope.facts().original().url(), sealed.url());
        // An upgrade cannot change clients: the socket belongs to the application's own call.
        return sameOrigin || scope.facts().webSocket() ? chain.proceed(sealed) : forward(chain, sealed);
    }

    /** Makes a nested call, whatever the origin. */
    public Response forward(Interceptor.Chain chain, Request request) throws IOException {
        Call outer = chain.call();
        Call inner = clientFor(chain).newCall(request);
        long timeout = outer.timeout().timeoutNanos();
        if (timeout > 0) {
            inner.timeout().timeout(timeout, TimeUnit.NANOSECONDS);
        }
        Runnable link = watch.link(outer, inner);
        try {
            return linked(inner.execute(), link, outer);
        } catch (IOException | RuntimeException e) {
            link.run();
            throw e;
        }
    }

    private static Response linked(Response response, Runnable link, Call outer) {
        ResponseBody body = response.body();
        if (body == null) {
            link.run();
            return response;
        }
        BodyObserver release = new BodyObserver() {
            @Override
            public void ended(Ending ending, @Nullable IOException failure) {
                link.run();
            }
        };
        return response.newBuilder()
                .body(new ObservedBody(body, List.of(release), outer::isCanceled))
                .build();
    }

    private OkHttpClient clientFor(Interceptor.Chain chain) {
        boolean same = chain.connectTimeoutMillis() == client.connectTimeoutMillis()
                && chain.readTimeoutMillis() == client.readTimeoutMillis()
                && chain.writeTimeoutMillis() == client.writeTimeoutMillis();
        if (same) {
            return client;
        }
        return client.newBuilder()
                .connectTimeout(chain.connectTimeoutMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(chain.readTimeoutMillis(), TimeUnit.MILLISECONDS)
                .writeTimeout(chain.writeTimeoutMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    private static boolean sameOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme()) && one.host().equals(other.host()) && one.port() == other.port();
    }

    @Override
    public String toString() {
        return "NestedCalls";
    }
}
