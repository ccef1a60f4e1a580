package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Which handler answers which path and method. Immutable and thread-safe. */
public final class Routes {
    private final Map<Pattern, Map<String, Handler>> byPath;

    private Routes(Map<Pattern, Map<String, Handler>> byPath) {
        this.byPath = byPath;
    }

    static Builder builder() {
        return new Builder();
    }

    Handler to(Exchange exchange) {
        String method = exchange.request().method();
        String path = exchange.path().path();
        for (Map.Entry<Pattern, Map<String, Handler>> route : byPath.entrySet()) {
            if (route.getKey().matcher(path).matches()) {
                Handler handler = route.getValue().get(method);
                if (handler == null) {
                    throw ErrorKind.METHOD.with(method, path);
                }
                return handler;
            }
        }
        String sent = exchange.request().path();
        throw (exchange.path().versioned() ? ErrorKind.URL : ErrorKind.UNKNOWN_URL).with(method, sent);
    }

    /** Collects routes. */
    static final class Builder {
        private final Map<String, Map<String, Handler>> routes = new LinkedHashMap<>();

        private Builder() {}

        /** A route; a star in its path stands for one segment. */
        Builder add(String method, String path, Handler handler) {
            routes.computeIfAbsent(path, key -> new LinkedHashMap<>()).put(method, handler);
            return this;
        }

        Routes build() {
            Map<Pattern, Map<String, Handler>> byPath = new LinkedHashMap<>();
            routes.forEach((path, handlers) ->
                    byPath.put(Pattern.compile(Pattern.quote(path).replace("*", "\\E[^/]+\\Q")), Map.copyOf(handlers)));
            return new Routes(byPath);
        }
    }
}
