package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.config.GatewayConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What wrapping does beyond interceptors. An interceptor alone cannot keep a packet in: one added later may change the URL, OkHttp follows
 * redirects by itself, and a network interceptor runs after the socket is open. So the wrapped client also gets a {@link Dns} and sockets
 * that refuse whatever the environment does not allow, and loses everything by which OkHttp would send a request we did not see.
 */
public final class EgressGuard {
    private static final Duration OKHTTP_DEFAULT = Duration.ofSeconds(10);
    private static final Duration LLM_READ = Duration.ofMinutes(10);
    private static final Duration LLM_WRITE = Duration.ofMinutes(1);

    private final EgressPolicy policy;

    /** The guard of these settings. */
    public EgressGuard(GatewayConfig config) {
        this.policy = new EgressPolicy(config);
    }

    /**
     * Puts the guard on a builder.
     *
     * @param before the client that the builder would build now
     */
    public OkHttpClient.Builder guard(OkHttpClient.Builder builder, OkHttpClient before) {
        guardRoutes(builder, before);
        timeouts(builder, before);
        return builder.dns(new GuardedDns(policy, before.dns()))
                .socketFactory(GuardedSockets.factory(policy, before.socketFactory()))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .cookieJar(CookieJar.NO_COOKIES)
                .authenticator(Authenticator.NONE)
                .cache(null);
    }

    /** A SOCKS proxy bypasses the socket factory, so hosts are checked where proxies are chosen as well. */
    private void guardRoutes(OkHttpClient.Builder builder, OkHttpClient before) {
        if (policy.nothingLeaves()) {
            builder.proxy(Proxy.NO_PROXY);
            return;
        }
        Proxy fixed = before.proxy();
        builder.proxy(null).proxySelector(new GuardedProxies(policy, fixed, before.proxySelector()));
    }

    /** Models think for minutes: where the application left OkHttp's ten seconds, longer ones are set. */
    private static void timeouts(OkHttpClient.Builder builder, OkHttpClient before) {
        if (before.readTimeoutMillis() == OKHTTP_DEFAULT.toMillis()) {
            builder.readTimeout(LLM_READ);
        }
        if (before.writeTimeoutMillis() == OKHTTP_DEFAULT.toMillis()) {
            builder.writeTimeout(LLM_WRITE);
        }
    }

    @Override
    public String toString() {
        return policy.toString();
    }

    private record GuardedDns(EgressPolicy policy, Dns delegate) implements Dns {
        @Override
        public List<InetAddress> lookup(String host) throws UnknownHostException {
            if (!policy.allowsHost(host)) {
                throw policy.refuseHost(host);
            }
            List<InetAddress> found = delegate.lookup(host);
            policy.resolved(host, found);
            return found;
        }
    }

    private static final class GuardedProxies extends ProxySelector {
        private final EgressPolicy policy;
        private final @Nullable Proxy fixed;
        private final ProxySelector delegate;

        GuardedProxies(EgressPolicy policy, @Nullable Proxy fixed, ProxySelector delegate) {
            this.policy = policy;
            this.fixed = fixed;
            this.delegate = delegate;
        }

        @Override
        public List<Proxy> select(URI uri) {
            String host = uri.getHost();
            if (host == null || !policy.allowsTarget(host, port(uri))) {
                return List.of(Proxy.NO_PROXY); // and then the Dns or the socket refuses
            }
            List<Proxy> chosen = fixed != null ? List.of(fixed) : delegate.select(uri);
            if (chosen == null || chosen.isEmpty()) {
                return List.of(Proxy.NO_PROXY); // some selectors answer null, against their contract
            }
            chosen.forEach(policy::allow);
            return chosen;
        }

        private static int port(URI uri) {
            return uri.getPort() >= 0 ? uri.getPort() : HttpUrl.defaultPort(uri.getScheme());
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            delegate.connectFailed(uri, address, failure);
        }
    }
}
