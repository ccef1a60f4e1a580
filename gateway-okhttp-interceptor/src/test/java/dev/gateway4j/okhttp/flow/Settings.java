package dev.gateway4j.okhttp.flow;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.KeyConfig;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.config.ResponseRule;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Settings made in code, so that a flow test shows the one thing it changes. */
final class Settings {
    static final String STAGING_KEY = "sk-test-staging-blue-0000";

    private final Mode mode;
    private final Map<String, Upstream> upstreams = new HashMap<>(Map.of("openai", Upstream.OPENAI));
    private final List<UpstreamKey> keys = new ArrayList<>();
    private final List<ResponseRule> responses = new ArrayList<>();
    private Map<String, String> models = Map.of();
    private Isolation isolation = Isolation.STRICT;
    private ErrorDetail errors = ErrorDetail.DETAILED;
    private long maxBodyBytes = 32L << 20;
    private String latency = "instant";
    private Optional<String> cassette = Optional.empty();
    private boolean recordMissing;

    private Settings(Mode mode) {
        this.mode = mode;
    }

    static Settings simulated() {
        return new Settings(Mode.SIMULATED);
    }

    /** Passthrough to this base URL with one key. */
    static Settings passthrough(String baseUrl) {
        return new Settings(Mode.PASSTHROUGH).openai(baseUrl).key("staging-blue", STAGING_KEY);
    }

    static Settings recording(String baseUrl) {
        return new Settings(Mode.RECORD).openai(baseUrl).key("staging-blue", STAGING_KEY);
    }

    /** Replay with one key, which it needs only where it records what is missing. */
    static Settings replaying(String baseUrl) {
        return new Settings(Mode.REPLAY).openai(baseUrl).key("staging-blue", STAGING_KEY);
    }

    static Settings hybrid(String baseUrl) {
        return new Settings(Mode.HYBRID).openai(baseUrl).key("staging-blue", STAGING_KEY);
    }

    Settings openai(String baseUrl) {
        return upstream("openai", Upstream.Kind.OPENAI, baseUrl);
    }

    Settings upstream(String name, Upstream.Kind kind, String baseUrl) {
        upstreams.put(
                name, new Upstream(name, kind, URI.create(baseUrl), Optional.empty(), Map.of(), Upstream.Auth.KEY));
        return this;
    }

    Settings upstream(Upstream upstream) {
        upstreams.put(upstream.name(), upstream);
        return this;
    }

    /** An Azure upstream that serves gpt-4o as chat-prod; an empty version means none. */
    Settings azure(String name, String baseUrl, String apiVersion) {
        upstreams.put(
                name,
                new Upstream(
                        name,
                        Upstream.Kind.AZURE,
                        URI.create(baseUrl),
                        Optional.of(apiVersion).filter(version -> !version.isEmpty()),
                        Map.of("gpt-4o", "chat-prod"),
                        Upstream.Auth.KEY));
        return this;
    }

    Settings key(String name, String secret) {
        return key(name, secret, "openai", 1);
    }

    Settings key(String name, String secret, String upstream, int weight, String... allowed) {
        keys.add(new UpstreamKey(
                name,
                Secret.of(name, secret),
                upstream,
                weight,
                allowed.length == 0 ? List.of("*") : List.of(allowed),
                Optional.empty(),
                Optional.empty()));
        return this;
    }

    Settings noKeys() {
        keys.clear();
        return this;
    }

    Settings model(String from, String to) {
        models = Map.of(from, to);
        return this;
    }

    Settings response(String endpoint, ResponseType type) {
        responses.add(new ResponseRule(endpoint, Optional.empty(), type, Optional.empty(), Optional.empty()));
        return this;
    }

    Settings isolation(Isolation level) {
        isolation = level;
        return this;
    }

    Settings errors(ErrorDetail detail) {
        errors = detail;
        return this;
    }

    Settings maxBodyBytes(long bytes) {
        maxBodyBytes = bytes;
        return this;
    }

    Settings latency(String profile) {
        latency = profile;
        return this;
    }

    /** The cassette of calls that name none. */
    Settings cassette(String name) {
        cassette = Optional.of(name);
        return this;
    }

    Settings recordMissing() {
        recordMissing = true;
        return this;
    }

    Settings noAuth() {
        Upstream openai = Objects.requireNonNull(upstreams.get("openai"));
        upstreams.put(
                "openai",
                new Upstream(
                        openai.name(),
                        openai.kind(),
                        openai.baseUrl(),
                        openai.apiVersion(),
                        openai.deployments(),
                        Upstream.Auth.NONE));
        return this;
    }

    private CassetteConfig cassettes() {
        CassetteConfig usual = CassetteConfig.in("/nowhere");
        return new CassetteConfig(
                usual.directory(),
                cassette,
                recordMissing,
                false,
                usual.expiresAfter(),
                usual.onExpired(),
                usual.repeats(),
                usual.exhausted(),
                usual.timing(),
                usual.attempts(),
                usual.match(),
                usual.scrub());
    }

    GatewayConfig build() {
        return new GatewayConfig(
                mode == Mode.SIMULATED ? "development" : "staging",
                mode == Mode.SIMULATED ? Profile.DEVELOPMENT : Profile.STAGING,
                mode,
                isolation,
                upstreams,
                keys,
                models,
                responses,
                ResponseType.GENERATED,
                LogLevel.VERBOSE,
                errors,
                maxBodyBytes,
                128,
                0,
                latency,
                List.of(),
                GatewayConfig.DEFAULT_RETENTION,
                cassettes(),
                KeyConfig.defaults(),
                RateLimitConfig.none(),
                CacheConfig.off());
    }
}
