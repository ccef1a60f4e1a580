package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.okhttp.internal.call.CallScope;
import okhttp3.Interceptor;

/** Gives each call its embedder: the application's own, or one that asks upstream as part of the call. Thread-safe. */
@FunctionalInterface
public interface EmbedderSource {
    /**
     * The embedder for what this call asks.
     *
     * @param chain whose connect, read and write timeouts hold
     * @param scope the call, whose upstream, tenant and user the embedder's own calls share
     */
    Embedder embedder(Interceptor.Chain chain, CallScope scope);

    /** The same embedder for all calls. */
    static EmbedderSource of(Embedder own) {
        return (chain, scope) -> own;
    }
}
