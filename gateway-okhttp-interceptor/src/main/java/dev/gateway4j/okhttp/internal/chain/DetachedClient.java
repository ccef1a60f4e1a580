package dev.gateway4j.okhttp.internal.chain;

import dev.gateway4j.okhttp.internal.cache.flight.DetachedCalls;
import dev.gateway4j.okhttp.internal.call.Detached;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Calls that belong to nobody, on a client of their own that has the chain behind the cache. */
final class DetachedClient implements DetachedCalls {
    private final OkHttpClient client;

    DetachedClient(OkHttpClient client) {
        this.client = client;
    }

    @Override
    public Call newCall(Interceptor.Chain chain, Request request, Detached detached) {
        // Without the application's own encodings OkHttp asks for gzip and undoes it: what everybody on board reads,
        // and what is kept, is
        // readable to all of them and to us.
        Request marked = request.newBuilder()
                .removeHeader("Accept-Encoding")
                .tag(Detached.class, detached)
                .build();
        return clientFor(chain).newCall(marked);
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

    @Override
    public String toString() {
        return "DetachedClient";
    }
}
