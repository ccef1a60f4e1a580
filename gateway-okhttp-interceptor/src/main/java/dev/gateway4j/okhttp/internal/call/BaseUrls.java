package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.config.Upstream;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/** Base URLs as OkHttp understands them. Parsed once each: they come from the settings, so there are few of them. Thread-safe. */
public final class BaseUrls {
    private static final ConcurrentHashMap<URI, HttpUrl> PARSED = new ConcurrentHashMap<>();

    private BaseUrls() {}

    /** The base URL of an upstream. */
    public static HttpUrl of(Upstream upstream) {
        HttpUrl parsed = PARSED.get(upstream.baseUrl());
        return parsed != null ? parsed : PARSED.computeIfAbsent(upstream.baseUrl(), url -> HttpUrl.get(url.toString()));
    }

    /** True if the path of the URL is the base's, or lies below it. */
    public static boolean isBelow(HttpUrl url, HttpUrl base) {
        String prefix = base.encodedPath();
        String path = url.encodedPath();
        return prefix.endsWith("/")
                ? path.startsWith(prefix)
                : path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    /** True if both lead to the same scheme, host and port. */
    public static boolean sameOrigin(HttpUrl one, HttpUrl other) {
        return one.port() == other.port()
                && one.host().equals(other.host())
                && one.scheme().equals(other.scheme());
    }
}
