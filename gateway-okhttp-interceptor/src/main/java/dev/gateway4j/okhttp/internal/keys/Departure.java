package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.okhttp.internal.call.CallScope;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** How a sealed request leaves. Implemented by the chain, which knows the clients. */
@FunctionalInterface
public interface Departure {
    /** Sends the request once and returns its answer. */
    Response send(Interceptor.Chain chain, CallScope scope, Request sealed) throws IOException;
}
