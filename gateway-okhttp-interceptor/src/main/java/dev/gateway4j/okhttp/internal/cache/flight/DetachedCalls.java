package dev.gateway4j.okhttp.internal.cache.flight;

import dev.gateway4j.okhttp.internal.call.Detached;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Request;

/** Makes calls that belong to nobody: through everything in the chain that comes after the cache, with a scope of their own. */
@FunctionalInterface
public interface DetachedCalls {
    /**
     * A call that was not made yet.
     *
     * @param chain whose connect, read and write timeouts hold
     * @param request what to ask, as the application would
     * @param detached what the scope of the call is told
     */
    Call newCall(Interceptor.Chain chain, Request request, Detached detached);
}
