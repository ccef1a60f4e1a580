package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.ForbiddenKeys;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.KeyConfig;
import dev.gateway4j.api.config.KeyConfig.Selection;
import dev.gateway4j.api.config.KeyFiles;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.config.RateLimitConfig.OnLimit;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.api.openai.LimitHeaders.Reading;
import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.api.spi.KeySource;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.CallPublisher;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import dev.gateway4j.okhttp.internal.keys.Verdict.Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Rings, keys and calls, so that a test shows the one thing it changes. */
final class Rings {
    static final String MODEL = "gpt-4o";
    static final Upstream LOCAL = new Upstream(
            "local",
            Upstream.Kind.OPENAI,
            URI.create("http://127.0.0.1:9/v1"),
            Optional.empty(),
            Map.of(),
            Upstream.Auth.NONE);

    final ManualTime time = ManualTime.standing();
    private Mode mode = Mode.PASSTHROUGH;
    private RateLimitConfig limits = RateLimitConfig.none();
    private Selection selection = Selection.WEIGHTED;

    static Rings usual() {
        return new Rings();
    }

    Rings mode(Mode value) {
        mode = value;
        return this;
    }

    Rings limits(boolean learn, OnLimit onLimit) {
        RateLimitConfig none = RateLimitConfig.none();
        limits = new RateLimitConfig(
                List.of(),
                onLimit,
                none.maxWait(),
                none.maxQueue(),
                none.estimator(),
                none.oversized(),
                learn,
                none.maxSubjects());
        return this;
    }

    Rings selection(Selection value) {
        selection = value;
        return this;
    }

    KeyRing ring(UpstreamKey... keys) {
        List<UpstreamKey> list = List.of(keys);
        return from(environment -> list);
    }

    KeyRing from(KeySource source) {
        GatewayConfig config = new GatewayConfig(
                        "staging",
                        Profile.STAGING,
                        mode,
                        Isolation.STRICT,
                        Map.of("openai", Upstream.OPENAI, "local", LOCAL),
                        List.of(),
                        Map.of(),
                        List.of(),
                        ResponseType.GENERATED,
                        LogLevel.VERBOSE,
                        ErrorDetail.DETAILED,
                        1,
                        1,
                        0,
                        "instant",
                        List.of())
                .withKeys(
                        List.of(),
                        new KeyConfig(
                                selection,
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(10),
                                KeyFiles.none(),
                                ForbiddenKeys.none()))
                .withRateLimits(limits);
        return new KeyRing(new CallRuntime(config, time, new Random(1), new CallPublisher(List.of())), source);
    }

    static UpstreamKey key(String name) {
        return key(name, 1);
    }

    static UpstreamKey key(String name, int weight, String... models) {
        return key(name, "openai", weight, models);
    }

    static UpstreamKey key(String name, String upstream, int weight, String... models) {
        return new UpstreamKey(
                name,
                secret(name, "0000"),
                upstream,
                weight,
                models.length == 0 ? List.of("*") : List.of(models),
                Optional.empty(),
                Optional.empty());
    }

    static UpstreamKey rotated(UpstreamKey key) {
        return copy(
                key, secret(key.name(), "1111"), key.project(), key.deniedModels(), key.validFrom(), key.validUntil());
    }

    static UpstreamKey ofProject(UpstreamKey key, String project) {
        return copy(key, key.secret(), Optional.of(project), key.deniedModels(), key.validFrom(), key.validUntil());
    }

    static UpstreamKey denying(UpstreamKey key, String... denied) {
        return copy(key, key.secret(), key.project(), List.of(denied), key.validFrom(), key.validUntil());
    }

    static UpstreamKey valid(UpstreamKey key, Optional<Instant> from, Optional<Instant> until) {
        return copy(key, key.secret(), key.project(), key.deniedModels(), from, until);
    }

    private static UpstreamKey copy(
            UpstreamKey key,
            Secret secret,
            Optional<String> project,
            List<String> denied,
            Optional<Instant> from,
            Optional<Instant> until) {
        return new UpstreamKey(
                key.name(),
                secret,
                key.upstream(),
                key.weight(),
                key.models(),
                key.organization(),
                project,
                denied,
                from,
                until);
    }

    private static Secret secret(String name, String ending) {
        return Secret.of(name, "sk-test-rings-" + name + "-" + ending);
    }

    static CallFacts call() {
        return call(MODEL);
    }

    static CallFacts call(String model) {
        return call(Upstream.OPENAI, model, true);
    }

    static CallFacts call(Upstream upstream, String model, boolean leaves) {
        return call(upstream, model, leaves, CallTags.none(), Optional.of(new byte[0]));
    }

    static CallFacts staying(CallTags tags) {
        return call(Upstream.OPENAI, MODEL, false, tags, Optional.of(new byte[0]));
    }

    /** A call to another endpoint. */
    static CallFacts at(String endpoint, Optional<String> model) {
        return facts(endpoint, model, post());
    }

    /** A question that nobody is paid for. */
    static CallFacts get(String endpoint) {
        return facts(
                endpoint,
                Optional.empty(),
                new Request.Builder().url("https://api.openai.com" + endpoint).build());
    }

    private static CallFacts facts(String endpoint, Optional<String> model, Request request) {
        return new CallFacts(
                request,
                Upstream.OPENAI,
                endpoint,
                RequestFacts.absent(),
                Optional.of(new byte[0]),
                model,
                ResponseType.PASSTHROUGH,
                CallTags.none(),
                false,
                false);
    }

    private static Request post() {
        return new Request.Builder()
                .url("https://api.openai.com/v1/chat/completions")
                .post(RequestBody.create("{}", MediaType.get("application/json")))
                .build();
    }

    static CallFacts tagged(CallTags tags) {
        return call(Upstream.OPENAI, MODEL, true, tags, Optional.of(new byte[0]));
    }

    /** A call whose body streams through, so that it cannot be sent again. */
    static CallFacts streamed() {
        return call(Upstream.OPENAI, MODEL, true, CallTags.none(), Optional.empty());
    }

    private static CallFacts call(
            Upstream upstream, String model, boolean leaves, CallTags tags, Optional<byte[]> body) {
        return new CallFacts(
                post(),
                upstream,
                "/v1/chat/completions",
                RequestFacts.absent(),
                body,
                Optional.of(model),
                leaves ? ResponseType.PASSTHROUGH : ResponseType.GENERATED,
                tags,
                false,
                false);
    }

    /** The key of a choice that nothing is done with. */
    static String chosen(KeyChoice choice) {
        KeyLease lease = lease(choice);
        lease.end();
        return lease.key().name();
    }

    static KeyLease lease(KeyChoice choice) {
        if (choice instanceof KeyChoice.Chosen chosen) {
            return chosen.lease();
        }
        throw new AssertionError("expected a key, got " + choice);
    }

    static void judge(KeyRing ring, KeyLease lease, Fault fault) {
        ring.judge(lease, verdict(fault), LimitHeaders.NONE);
        lease.end();
    }

    static Verdict verdict(Fault fault) {
        return new Verdict(fault, "401 invalid_api_key", Duration.ofSeconds(20));
    }

    static LimitHeaders left(long remaining, long limit) {
        Reading reading = new Reading(limit, remaining, Optional.of(Duration.ofMinutes(1)));
        return new LimitHeaders(Optional.of(reading), Optional.empty(), Optional.empty());
    }
}
