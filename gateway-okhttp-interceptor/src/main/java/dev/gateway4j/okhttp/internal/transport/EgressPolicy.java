package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.Upstream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Which hosts a wrapped client may reach at all, whoever asks. An address is allowed once an allowed host has resolved to it, on that host's
 * ports, so that a socket can be checked by its address alone: another server on the machine of an upstream is not the upstream.
 * Thread-safe.
 */
final class EgressPolicy {
    private static final String OPENAI_HOST = "api.openai.com";
    /** What OkHttp takes for an address; it never shows these to a {@code Dns}. */
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*|[0-9.]+");

    private final String environment;
    private final String mode;
    private final boolean standIn;
    private final boolean foreignAllowed;
    private final Map<String, Set<Integer>> upstreams = new HashMap<>();
    private final Set<InetSocketAddress> literals = new HashSet<>();
    private final Map<String, Set<Integer>> proxies = new ConcurrentHashMap<>();
    private final Set<InetSocketAddress> resolved = ConcurrentHashMap.newKeySet();

    EgressPolicy(GatewayConfig config) {
        environment = config.environment();
        mode = config.mode().id();
        standIn = !config.reachesUpstream();
        foreignAllowed = config.isolation() == Isolation.RELAXED;
        for (Upstream upstream : config.upstreams().values()) {
            HttpUrl base = HttpUrl.get(upstream.baseUrl().toString());
            ports(upstreams, base.host()).add(base.port());
            literal(base.host()).ifPresent(address -> literals.add(new InetSocketAddress(address, base.port())));
        }
    }

    /** True if nothing at all may leave. */
    boolean nothingLeaves() {
        return standIn && !foreignAllowed;
    }

    /** True if the host may be looked up. */
    boolean allowsHost(String host) {
        String name = normal(host);
        if (nothingLeaves()) {
            return false;
        }
        if (proxies.containsKey(name)) {
            return true;
        }
        boolean upstream = upstreams.containsKey(name);
        boolean served = upstream || name.equals(OPENAI_HOST);
        return served ? !standIn && upstream : foreignAllowed;
    }

    /** True if a proxy may be asked for the host on this port. */
    boolean allowsTarget(String host, int port) {
        Set<Integer> ports = upstreams.get(normal(host));
        return allowsHost(host) && (foreignAllowed || (ports != null && ports.contains(port)));
    }

    /** An allowed host resolved to these addresses. */
    void resolved(String host, List<InetAddress> addresses) {
        String name = normal(host);
        for (InetAddress address : addresses) {
            upstreams.getOrDefault(name, Set.of()).forEach(port -> resolved.add(new InetSocketAddress(address, port)));
            proxies.getOrDefault(name, Set.of()).forEach(port -> resolved.add(new InetSocketAddress(address, port)));
        }
    }

    /** The application's proxy may be reached wherever an upstream may. */
    void allow(Proxy proxy) {
        if (proxy.address() instanceof InetSocketAddress address && !nothingLeaves()) {
            ports(proxies, address.getHostString()).add(address.getPort());
            Optional.ofNullable(address.getAddress())
                    .or(() -> literal(address.getHostString()))
                    .ifPresent(found -> resolved.add(new InetSocketAddress(found, address.getPort())));
        }
    }

    /** True if a socket may connect to this address. */
    boolean allowsAddress(SocketAddress address) {
        if (nothingLeaves()) {
            return false;
        }
        if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return foreignAllowed;
        }
        // Whatever has a name was checked when the name was looked up; an address in a URL shows itself here for the
        // first time.
        return literals.contains(inet) ? !standIn : foreignAllowed || resolved.contains(inet);
    }

    UnknownHostException refuseHost(String host) {
        return new UnknownHostException(refusal(host));
    }

    String refusal(Object target) {
        return "Isolation: " + target + " may not be reached from environment \"" + environment + "\" in mode " + mode
                + ". Name the host under upstreams, or set isolation_level: relaxed.";
    }

    private static Set<Integer> ports(Map<String, Set<Integer>> hosts, String host) {
        return hosts.computeIfAbsent(normal(host), name -> ConcurrentHashMap.newKeySet());
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return LITERAL.matcher(host).matches() ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** A name as it is compared: a dot at its end names the same host. */
    private static String normal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    @Override
    public String toString() {
        return "EgressPolicy[mode=" + mode + ", upstreams=" + upstreams.keySet() + ", foreign=" + foreignAllowed + "]";
    }
}
