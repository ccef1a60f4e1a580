package dev.gateway4j.okhttp.internal.chain;

import dev.gateway4j.okhttp.internal.call.OpenCallInterceptor;
import dev.gateway4j.okhttp.internal.call.Refusals;
import dev.gateway4j.okhttp.internal.call.ServedHosts;
import dev.gateway4j.okhttp.internal.keys.CredentialInterceptor;
import dev.gateway4j.okhttp.internal.keys.KeySelectionInterceptor;
import dev.gateway4j.okhttp.internal.limit.RateLimitInterceptor;
import dev.gateway4j.okhttp.internal.meter.UsageInterceptor;
import dev.gateway4j.okhttp.internal.transport.NestedCalls;
import dev.gateway4j.okhttp.internal.transport.TransportInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** The order of the chain, outer to inner. It stands here and nowhere else; ARCHITECTURE.md says why each link is where it is. */
final class GatewayChain {
    private GatewayChain() {}

    static List<Interceptor> of(GatewayParts parts, NestedCalls nested) {
        Refusals refusals = parts.refusals();
        List<Interceptor> chain = new ArrayList<>();
        chain.add(new IoBoundaryInterceptor());
        chain.add(new OpenCallInterceptor(parts.runtime(), new ServedHosts(parts.config()), refusals));
        // Request check, cache, budget, failover and retry stand here, in this order, once they exist.
        chain.add(new KeySelectionInterceptor(parts.runtime(), parts.keys(), refusals));
        // Limits count per key name, and nothing but work comes after them.
        parts.limits().ifPresent(limits -> chain.add(new RateLimitInterceptor(limits, parts.runtime(), refusals)));
        chain.add(new UsageInterceptor(parts.prices(), parts.savings()));
        chain.add(new TransportInterceptor(parts.standIns(), parts.recorder(), refusals));
        if (parts.config().reachesUpstream()) {
            // Innermost: only what leaves gets this far, and no interceptor of ours sees the secret it adds.
            chain.add(new CredentialInterceptor(nested::depart, refusals));
        }
        return List.copyOf(chain);
    }

    /** True if the client already has a chain of ours. */
    static boolean isOn(OkHttpClient client) {
        return Stream.concat(client.interceptors().stream(), client.networkInterceptors().stream())
                .anyMatch(interceptor ->
                        interceptor instanceof IoBoundaryInterceptor || interceptor instanceof ForwardingInterceptor);
    }
}
