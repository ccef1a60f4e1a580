package dev.gateway4j.okhttp.internal.call;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** An interceptor inside an open call. Requests without a scope pass by untouched. Holds no per-call state. */
public abstract class CallInterceptor implements Interceptor {
    @Override
    public final Response intercept(Chain chain) throws IOException {
        CallScope scope = CallScope.find(chain.request());
        return scope == null ? chain.proceed(chain.request()) : intercept(chain, scope);
    }

    /** Handles one call. */
    protected abstract Response intercept(Chain chain, CallScope scope) throws IOException;
}
