package dev.gateway4j.api.config;

import dev.gateway4j.api.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one environment, complete and checked. Immutable and thread-safe.
 *
 * @param environment the name of the environment
 * @param profile the built-in settings it starts from
 * @param mode what answers its calls
 * @param isolation what happens to calls to hosts that are no upstream
 * @param upstreams every upstream by name; {@code openai} is always there
 * @param keys the keys of this environment; may be empty in modes that reach no upstream
 * @param models names the application asks for, and what is sent in their place
 * @param responses the entries of {@code simulated_responses}, in order
 * @param defaultResponse the answer to what no entry lists, in hybrid mode
 * @param logging how much is logged
 * @param errors how much refusals tell
 * @param maxBodyBytes the largest JSON request body, in bytes
 * @param maxJsonDepth the deepest nesting of a JSON request body
 * @param seed the seed of every random draw
 * @param latency the latency profile of the simulator, such as {@code instant}
 * @param notices what the person who starts the program should know, one sentence each: settings that are accepted but have no effect
 *     yet, or that nothing was set at all
 * @param retention how long the simulator remembers files, stored answers and the like
 * @param cassettes how cassettes are replayed and recorded
 * @param keyConfig how keys are chosen and read again
 * @param rateLimits the rate limits
 * @param cache how answers are cached
 */
public record GatewayConfig(
        String environment,
        Profile profile,
        Mode mode,
        Isolation isolation,
        Map<String, Upstream> upstreams,
        List<UpstreamKey> keys,
        Map<String, String> models,
        List<ResponseRule> responses,
        ResponseType defaultResponse,
        LogLevel logging,
        ErrorDetail errors,
        long maxBodyBytes,
        int maxJsonDepth,
        long seed,
        String latency,
        List<String> notices,
        Duration retention,
        CassetteConfig cassettes,
        KeyConfig keyConfig,
        RateLimitConfig rateLimits,
        CacheConfig cache) {
    /** How long the simulator remembers things unless told otherwise. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(30);

    /** Copies the collections. */
    public GatewayConfig {
        upstreams = Map.copyOf(upstreams);
        keys = List.copyOf(keys);
        models = Map.copyOf(models);
        responses = List.copyOf(responses);
        notices = List.copyOf(notices);
    }

    /** Settings with the default retention, and cassettes in the directory {@code cassettes} of the working directory. */
    public GatewayConfig(
            String environment,
            Profile profile,
            Mode mode,
            Isolation isolation,
            Map<String, Upstream> upstreams,
            List<UpstreamKey> keys,
            Map<String, String> models,
            List<ResponseRule> responses,
            ResponseType defaultResponse,
            LogLevel logging,
            ErrorDetail errors,
            long maxBodyBytes,
            int maxJsonDepth,
            long seed,
            String latency,
            List<String> notices) {
        this(
                environment,
                profile,
                mode,
                isolation,
                upstreams,
                keys,
                models,
                responses,
                defaultResponse,
                logging,
                errors,
                maxBodyBytes,
                maxJsonDepth,
                seed,
                latency,
                notices,
                DEFAULT_RETENTION,
                CassetteConfig.in(Path.of("cassettes").toAbsolutePath().toString()),
                KeyConfig.defaults(),
                RateLimitConfig.none(),
                CacheConfig.off());
    }

    /** These settings with other entries of {@code simulated_responses}. */
    public GatewayConfig withResponses(List<ResponseRule> rules) {
        return with(keys, rules, keyConfig, rateLimits, cache);
    }

    /** These settings with other rate limits. */
    public GatewayConfig withRateLimits(RateLimitConfig limits) {
        return with(keys, responses, keyConfig, limits, cache);
    }

    /** These settings with other keys, chosen and read again like this. */
    public GatewayConfig withKeys(List<UpstreamKey> others, KeyConfig config) {
        return with(others, responses, config, rateLimits, cache);
    }

    /** These settings with another cache. */
    public GatewayConfig withCache(CacheConfig other) {
        return with(keys, responses, keyConfig, rateLimits, other);
    }

    private GatewayConfig with(
            List<UpstreamKey> others,
            List<ResponseRule> rules,
            KeyConfig config,
            RateLimitConfig limits,
            CacheConfig caching) {
        return new GatewayConfig(
                environment,
                profile,
                mode,
                isolation,
                upstreams,
                others,
                models,
                rules,
                defaultResponse,
                logging,
                errors,
                maxBodyBytes,
                maxJsonDepth,
                seed,
                latency,
                notices,
                retention,
                cassettes,
                config,
                limits,
                caching);
    }

    /**
     * Reads the settings from system properties, environment variables, the file they name or {@code gateway.yaml}, and the built-in
     * profile.
     *
     * @throws GatewayConfigException with every problem
     */
    public static GatewayConfig load() {
        return reader().read();
    }

    /** As {@link #load()}, but with this file and nothing else before it than properties and variables. */
    public static GatewayConfig load(Path file) {
        return reader().file(file).read();
    }

    /** A reader with nothing set. */
    public static ConfigReader reader() {
        return new ConfigReader();
    }

    /** What answers a call to this endpoint and model. */
    public ResponseType responseTo(String endpoint, Optional<String> model) {
        return switch (mode) {
            case PASSTHROUGH, RECORD -> ResponseType.PASSTHROUGH;
            case REPLAY -> ResponseType.CASSETTE;
            case SIMULATED ->
                rule(endpoint, model)
                        .map(ResponseRule::type)
                        .filter(type -> type != ResponseType.PASSTHROUGH)
                        .orElse(ResponseType.GENERATED);
            case HYBRID -> rule(endpoint, model).map(ResponseRule::type).orElse(defaultResponse);
        };
    }

    /** True if a call can reach an upstream: the mode lets it, or replay may record what is missing. */
    public boolean reachesUpstream() {
        return mode.reachesUpstream() || recordsMissing();
    }

    /** True if a call that no recording answers goes out and is recorded, where there is a key for it. */
    public boolean recordsMissing() {
        return mode == Mode.REPLAY && cassettes.recordMissing();
    }

    /** The first entry of {@code simulated_responses} for this endpoint and model. */
    public Optional<ResponseRule> rule(String endpoint, Optional<String> model) {
        for (ResponseRule rule : responses) {
            if (rule.matches(endpoint, model)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
