package dev.gateway4j.okhttp.internal.chain;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.transport.NestedCalls;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Forwards every call to a wrapped client of the gateway's own, for SDKs that take an interceptor and nothing else. */
final class ForwardingInterceptor implements Interceptor {
    private final GatewayParts parts;
    private final NestedCalls wrapped;

    ForwardingInterceptor(GatewayParts parts, NestedCalls wrapped) {
        this.parts = parts;
        this.wrapped = wrapped;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        if (chain.connection() != null) {
            throw new IOException(
                    "The gateway's interceptor stands among the network interceptors, where the socket is already"
                            + " open. Use addInterceptor.");
        }
        CallScope scope = CallScope.find(chain.request());
        if (scope != null && !scope.over()) {
            throw new IOException(
                    "This request is in a gateway already, and would be counted twice. Use wrap or interceptor(),"
                            + " not both.");
        }
        if ("websocket".equalsIgnoreCase(chain.request().header("Upgrade"))) {
            return parts.refusals().answer(chain.request(), noWebSocket());
        }
        return wrapped.forward(chain, chain.request());
    }

    private static Refusal noWebSocket() {
        return Refusal.of(
                RefusalReason.ISOLATION,
                "A WebSocket cannot pass a single interceptor, since its socket belongs to the client below. Wrap the OkHttpClient"
                        + " instead.");
    }

    @Override
    public String toString() {
        return "Gateway[environment=" + parts.config().environment() + ", mode="
                + parts.config().mode().id() + "]";
    }
}
