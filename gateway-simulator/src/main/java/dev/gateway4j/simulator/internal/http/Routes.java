package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which handler answers which path and method. Immutable and thread-safe. */
public final class Routes {
    private final Map<Pattern, Map<String, Handler>> byPath;

    private final @Nullable Fallback fallback;

    private Routes(Map<Pattern, Map<String, Handler>> byPath, @Nullable Fallback fallback) {
        this.byPath = byPath;
        this.fallback = fallback;
    }

    /** No routes yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** The handler of a request. */
    public Handler to(Exchange exchange) {
        Optional<Handler> written = written(exchange);
        if (written.isPresent()) {
            return fallback == null ? written.get() : fallback.around(exchange, written.get());
        }
        return (fallback == null ? Optional.<Handler>empty() : fallback.alone(exchange))
                .orElseThrow(() -> nothing(exchange));
    }

    private Optional<Handler> written(Exchange exchange) {
        String path = exchange.path().path();
        return byPath.entrySet().stream()
                .filter(route -> route.getKey().matcher(path).matches())
                .flatMap(route -> Stream.ofNullable(
                        route.getValue().get(exchange.request().method())))
                .findFirst();
    }

    private ApiError nothing(Exchange exchange) {
        String method = exchange.request().method();
        String path = exchange.path().path();
        boolean known = (fallback != null && fallback.knows(exchange))
                || byPath.keySet().stream()
                        .anyMatch(pattern -> pattern.matcher(path).matches());
        if (known) {
            return ErrorKind.METHOD.with(method, path);
        }
        String sent = exchange.request().path();
        return (exchange.path().versioned() ? ErrorKind.URL : ErrorKind.UNKNOWN_URL).with(method, sent);
    }

    /** Collects routes. */
    public static final class Builder {
        private final Map<String, Map<String, Handler>> routes = new LinkedHashMap<>();

        private @Nullable Fallback fallback;

        private Builder() {}

        /** What stands behind and around the routes. */
        public Builder fallback(Fallback fallback) {
            this.fallback = fallback;
            return this;
        }

        /** A group of routes. */
        public Builder add(Endpoints endpoints) {
            endpoints.addTo(this);
            return this;
        }

        /** A route; a star in its path stands for one segment. */
        public Builder add(String method, String path, Handler handler) {
            routes.computeIfAbsent(path, key -> new LinkedHashMap<>()).put(method, handler);
            return this;
        }

        /** The routes so far. */
        public Routes build() {
            Map<Pattern, Map<String, Handler>> byPath = new LinkedHashMap<>();
            routes.forEach((path, handlers) ->
                    byPath.put(Pattern.compile(Pattern.quote(path).replace("*", "\\E[^/]+\\Q")), Map.copyOf(handlers)));
            return new Routes(byPath, fallback);
        }
    }
}
