package dev.gateway4j.okhttp.internal.chain;

import dev.gateway4j.okhttp.internal.cache.CacheInterceptor;
import dev.gateway4j.okhttp.internal.cache.flight.DetachedCalls;
import dev.gateway4j.okhttp.internal.call.CancelWatch;
import dev.gateway4j.okhttp.internal.call.FollowerGate;
import dev.gateway4j.okhttp.internal.call.OpenCallInterceptor;
import dev.gateway4j.okhttp.internal.call.Refusals;
import dev.gateway4j.okhttp.internal.call.ServedHosts;
import dev.gateway4j.okhttp.internal.keys.CredentialInterceptor;
import dev.gateway4j.okhttp.internal.keys.KeySelectionInterceptor;
import dev.gateway4j.okhttp.internal.limit.FollowerLimits;
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

    static List<Interceptor> of(GatewayParts parts, NestedCalls nested, DetachedCalls detached, CancelWatch watch) {
        List<Interceptor> chain = new ArrayList<>(opening(parts));
        // Request check stands here once it exists.
        parts.cache()
                .ifPresent(book ->
                        chain.add(new CacheInterceptor(book, detached, watch, followers(parts), parts.refusals())));
        chain.addAll(inner(parts, nested));
        return List.copyOf(chain);
    }

    /** Who shares another's answer is held to his own limits all the same. */
    private static FollowerGate followers(GatewayParts parts) {
        return parts.limits()
                .<FollowerGate>map(limits -> new FollowerLimits(limits, parts.runtime(), parts.refusals()))
                .orElse(FollowerGate.OPEN);
    }

    /** What a call goes through that the cache makes: everything else. */
    static List<Interceptor> behindTheCache(GatewayParts parts, NestedCalls nested) {
        List<Interceptor> chain = new ArrayList<>(opening(parts));
        chain.addAll(inner(parts, nested));
        return List.copyOf(chain);
    }

    private static List<Interceptor> opening(GatewayParts parts) {
        return List.of(
                new IoBoundaryInterceptor(),
                new OpenCallInterceptor(parts.runtime(), new ServedHosts(parts.config()), parts.refusals()));
    }

    private static List<Interceptor> inner(GatewayParts parts, NestedCalls nested) {
        Refusals refusals = parts.refusals();
        List<Interceptor> chain = new ArrayList<>();
        // Budget, failover and retry stand here, in this order, once they exist.
        chain.add(new KeySelectionInterceptor(parts.runtime(), parts.keys(), refusals));
        // Limits count per key name, and nothing but work comes after them.
        parts.limits().ifPresent(limits -> chain.add(new RateLimitInterceptor(limits, parts.runtime(), refusals)));
        chain.add(new UsageInterceptor(parts.prices(), parts.savings()));
        chain.add(new TransportInterceptor(parts.standIns(), parts.recorder(), refusals));
        if (parts.config().reachesUpstream()) {
            // Innermost: only what leaves gets this far, and no interceptor of ours sees the secret it adds.
            chain.add(new CredentialInterceptor(nested::depart, refusals));
        }
        return chain;
    }

    /** True if the client already has a chain of ours. */
    static boolean isOn(OkHttpClient client) {
        return Stream.concat(client.interceptors().stream(), client.networkInterceptors().stream())
                .anyMatch(interceptor ->
                        interceptor instanceof IoBoundaryInterceptor || interceptor instanceof ForwardingInterceptor);
    }
}
