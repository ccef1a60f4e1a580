package dev.gateway4j.okhttp.internal.chain;

import dev.gateway4j.okhttp.internal.call.CancelWatch;
import dev.gateway4j.okhttp.internal.transport.EgressGuard;
import dev.gateway4j.okhttp.internal.transport.NestedCalls;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** Puts the gateway on clients: the guard first, then the chain behind whatever interceptors the client has. Thread-safe. */
public final class ClientWrapper implements AutoCloseable {
    private final GatewayParts parts;
    private final EgressGuard guard;
    private final CancelWatch watch = new CancelWatch();

    /** Wraps clients with these parts. */
    public ClientWrapper(GatewayParts parts) {
        this.parts = parts;
        this.guard = new EgressGuard(parts.config());
    }

    /** Puts guard and chain on a builder. */
    public OkHttpClient.Builder install(OkHttpClient.Builder builder) {
        OkHttpClient before = builder.build();
        if (GatewayChain.isOn(before)) {
            throw new IllegalArgumentException(
                    "This client already has a gateway; every call would be counted twice. Wrap the client it was made from.");
        }
        guard.guard(builder, before);
        OkHttpClient.Builder bare = builder.build().newBuilder();
        bare.interceptors().clear();
        OkHttpClient inner = bare.build();
        NestedCalls nested = new NestedCalls(inner, watch);
        OkHttpClient.Builder detached = inner.newBuilder();
        GatewayChain.behindTheCache(parts, nested).forEach(detached::addInterceptor);
        GatewayChain.of(parts, nested, new DetachedClient(detached.build()), watch)
                .forEach(builder::addInterceptor);
        return builder;
    }

    /** One interceptor that forwards every call to a wrapped client of the gateway's own. */
    public Interceptor forwarding() {
        NestedCalls wrapped =
                new NestedCalls(install(new OkHttpClient.Builder()).build(), watch);
        return new ForwardingInterceptor(parts, wrapped);
    }

    @Override
    public void close() {
        watch.close();
    }
}
