package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Upstream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Which hosts the gateway serves: {@code api.openai.com}, which is whatever {@code openai} is in this environment, and every upstream. Where
 * several upstreams share a host, the longest base path decides.
 */
public final class ServedHosts {
    private static final String OPENAI_HOST = "api.openai.com";

    private final List<Upstream> upstreams;
    private final Upstream openai;

    /** The hosts of these settings. */
    public ServedHosts(GatewayConfig config) {
        openai = config.upstreams().getOrDefault("openai", Upstream.OPENAI);
        List<Upstream> sorted = new ArrayList<>(config.upstreams().values());
        sorted.sort(Comparator.comparing((Upstream upstream) ->
                        BaseUrls.of(upstream).encodedPath().length())
                .reversed()
                .thenComparing(upstream -> !upstream.equals(openai)));
        upstreams = List.copyOf(sorted);
    }

    /** The upstream that the application named by this URL; empty if the host is none of ours. */
    public Optional<Upstream> upstream(HttpUrl url) {
        for (Upstream upstream : upstreams) {
            if (isAt(url, upstream) && BaseUrls.isBelow(url, BaseUrls.of(upstream))) {
                return Optional.of(upstream);
            }
        }
        return elsewhere(url);
    }

    /** A host that is no upstream, where a call to it is recorded or replayed: it takes no key of ours. */
    static Upstream foreign(HttpUrl url) {
        boolean defaultPort = url.port() == HttpUrl.defaultPort(url.scheme());
        String host = url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host();
        String authority = defaultPort ? host : host + ":" + url.port();
        return new Upstream(
                authority,
                Upstream.Kind.OPENAI,
                URI.create(url.scheme() + "://" + authority),
                Optional.empty(),
                Map.of(),
                Upstream.Auth.NONE);
    }

    /** Some SDKs leave out the base path: where a host has one only, whatever is asked there is meant for it. */
    private Optional<Upstream> elsewhere(HttpUrl url) {
        List<Upstream> here =
                upstreams.stream().filter(upstream -> isAt(url, upstream)).toList();
        long paths = here.stream()
                .map(upstream -> BaseUrls.of(upstream).encodedPath())
                .distinct()
                .count();
        if (paths == 1) {
            return Optional.of(here.get(0));
        }
        return withoutRootDot(url.host()).equals(OPENAI_HOST) ? Optional.of(openai) : Optional.empty();
    }

    /** The base path to take off a URL before its endpoint is read: the upstream's if the URL is at its host. */
    String basePath(Upstream upstream, HttpUrl url) {
        return isAt(url, upstream) ? BaseUrls.of(upstream).encodedPath() : "/";
    }

    private static boolean isAt(HttpUrl url, Upstream upstream) {
        HttpUrl base = BaseUrls.of(upstream);
        return base.port() == url.port() && withoutRootDot(base.host()).equals(withoutRootDot(url.host()));
    }

    /** {@code api.openai.com.} is the same host as {@code api.openai.com}. */
    private static String withoutRootDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return "served=" + OPENAI_HOST + ","
                + upstreams.stream().map(Upstream::baseUrl).toList();
    }
}
