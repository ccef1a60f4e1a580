package dev.gateway4j.okhttp.flow.limits;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.config.RateLimitConfig.OnLimit;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Settings, limits and questions of these tests. */
final class Limited {
    static final String URL = "https://api.openai.com/v1/chat/completions";
    static final String QUESTION =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of France?\"}]}";
    /** What OpenAI's own limiter charges for it: 31 characters, one message. */
    static final long CHARGED = 10;

    private static final String SECRET = "sk-test-flow-limits-";
    private static final MediaType JSON = MediaType.get("application/json");

    private Limited() {}

    static GatewayConfig simulated(LimitRule... rules) {
        return simulated(RateLimitConfig.of(List.of(rules)));
    }

    static GatewayConfig simulated(RateLimitConfig limits) {
        return config(Mode.SIMULATED, Upstream.OPENAI, List.of(), limits);
    }

    /** Everything goes to this base URL, with so many keys: {@code key-1}, {@code key-2} and so on. */
    static GatewayConfig passthrough(String baseUrl, int keys, RateLimitConfig limits) {
        List<UpstreamKey> all = java.util.stream.IntStream.rangeClosed(1, keys)
                .mapToObj(
                        number -> UpstreamKey.of("key-" + number, Secret.of("key-" + number, SECRET + "000" + number)))
                .toList();
        return config(Mode.PASSTHROUGH, at(baseUrl), all, limits);
    }

    static GatewayConfig config(Mode mode, Upstream openai, List<UpstreamKey> keys, RateLimitConfig limits) {
        return new GatewayConfig(
                        mode == Mode.SIMULATED ? "development" : "staging",
                        mode == Mode.SIMULATED ? Profile.DEVELOPMENT : Profile.STAGING,
                        mode,
                        Isolation.STRICT,
                        Map.of("openai", openai),
                        keys,
                        Map.of(),
                        List.of(),
                        ResponseType.GENERATED,
                        LogLevel.VERBOSE,
                        ErrorDetail.DETAILED,
                        1 << 20,
                        64,
                        1,
                        "instant",
                        List.of())
                .withRateLimits(limits);
    }

    static Upstream at(String baseUrl) {
        return new Upstream(
                "openai", Upstream.Kind.OPENAI, URI.create(baseUrl), Optional.empty(), Map.of(), Upstream.Auth.KEY);
    }

    static RateLimitConfig on(OnLimit onLimit, LimitRule... rules) {
        RateLimitConfig usual = RateLimitConfig.of(List.of(rules));
        return new RateLimitConfig(
                usual.rules(),
                onLimit,
                usual.maxWait(),
                usual.maxQueue(),
                usual.estimator(),
                usual.oversized(),
                usual.learn(),
                usual.maxSubjects());
    }

    static RateLimitConfig waiting(Duration maxWait, int maxQueue, LimitRule... rules) {
        RateLimitConfig usual = RateLimitConfig.of(List.of(rules));
        return new RateLimitConfig(
                usual.rules(),
                OnLimit.WAIT,
                maxWait,
                maxQueue,
                usual.estimator(),
                usual.oversized(),
                usual.learn(),
                usual.maxSubjects());
    }

    static RateLimitConfig estimated(RateLimitConfig.Estimator estimator, LimitRule... rules) {
        RateLimitConfig usual = RateLimitConfig.of(List.of(rules));
        return new RateLimitConfig(
                usual.rules(),
                usual.onLimit(),
                usual.maxWait(),
                usual.maxQueue(),
                estimator,
                usual.oversized(),
                usual.learn(),
                usual.maxSubjects());
    }

    /** So much a minute, for each subject of the scope. */
    static LimitRule perMinute(LimitScope scope, LimitKind kind, long amount) {
        String section =
                switch (scope) {
                    case ENVIRONMENT -> "";
                    case GLOBAL -> "global.";
                    default -> "per_" + scope.id() + ".";
                };
        String name = section + kind.id() + (kind == LimitKind.CONCURRENCY ? "" : "_per_minute");
        Duration window = kind == LimitKind.CONCURRENCY ? Duration.ZERO : Duration.ofMinutes(1);
        return new LimitRule(scope, LimitRule.EACH, kind, amount, window, name);
    }

    static Request ask() {
        return ask("anna");
    }

    static Request ask(String user) {
        return post(URL, QUESTION).newBuilder().header("X-Gateway-User", user).build();
    }

    static Request streamed() {
        return post(URL, QUESTION.replace("{\"model\"", "{\"stream\":true,\"model\""));
    }

    static Request post(String url, String body) {
        return new Request.Builder()
                .url(url)
                .post(RequestBody.create(body, JSON))
                .build();
    }
}
