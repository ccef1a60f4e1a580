package dev.gateway4j.okhttp.internal.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.config.RateLimitConfig.Oversized;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.api.limit.LimitStatus;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every limit of one environment, and what is left of it for everybody. Thread-safe. */
final class Limits {
    private static final String NOBODY = "";
    private static final Duration LEAST_IDLE = Duration.ofHours(1);

    private final String environment;
    private final boolean alone;
    private final TimeSource time;
    private final BucketStore store;
    private final Map<LimitRule, BucketAllowance.Bucket> buckets = new HashMap<>();
    private final ConcurrentHashMap<LimitRule, Meter> patterns = new ConcurrentHashMap<>();
    private final Map<LimitScope, Rules> rules = new EnumMap<>(LimitScope.class);
    private final Map<LimitScope, LoadingCache<String, List<Meter>>> subjects = new EnumMap<>(LimitScope.class);

    private Limits(RateLimitConfig config, String environment, TimeSource time, BucketStore store) {
        this.environment = environment;
        this.alone = config.oversized() == Oversized.ALONE;
        this.time = time;
        this.store = store;
        for (LimitRule rule : config.rules()) {
            if (rule.kind() != LimitKind.CONCURRENCY) {
                buckets.put(rule, new BucketAllowance.Bucket(Refill.of(rule), alone, time));
            }
        }
        for (LimitScope scope : LimitScope.values()) {
            Rules theirs = Rules.of(config.rules(), scope);
            if (theirs.any()) {
                rules.put(scope, theirs);
                subjects.put(scope, cache(config, scope, theirs));
            }
        }
    }

    /**
     * The limits of an environment.
     *
     * @param shared where the buckets are kept, if not in this process
     */
    static Limits of(
            RateLimitConfig config, String environment, TimeSource time, Optional<ProxyManager<String>> shared) {
        BucketStore local = (name, bucket) -> new BucketAllowance(bucket);
        BucketStore store = shared.<BucketStore>map(manager -> new SharedStore(manager, time))
                .orElse(local);
        return new Limits(config, environment, time, store);
    }

    /**
     * Whoever did not call for the longest window has everything again and need not be remembered, unless he is in debt or has calls under
     * way. An hour at least, so that even a long answer can still become the debt of whom it was for.
     */
    private LoadingCache<String, List<Meter>> cache(RateLimitConfig config, LimitScope scope, Rules theirs) {
        Duration idle = Stream.concat(
                        Stream.of(LEAST_IDLE),
                        config.rules().stream()
                                .filter(rule -> rule.scope() == scope)
                                .map(LimitRule::window))
                .max(Comparator.naturalOrder())
                .orElse(LEAST_IDLE);
        ConcurrentHashMap<String, List<Meter>> owing = new ConcurrentHashMap<>();
        return Caffeine.newBuilder()
                .ticker(time::nanos)
                .executor(Runnable::run)
                .maximumSize(config.maxSubjects())
                .expireAfterAccess(idle)
                .evictionListener((@Nullable String subject, @Nullable List<Meter> meters, RemovalCause cause) -> {
                    if (subject != null && meters != null && cause == RemovalCause.EXPIRED) {
                        keepIfOwing(owing, subject, meters);
                    }
                })
                .build(subject -> {
                    List<Meter> known = owing.remove(subject);
                    return known == null ? meters(theirs, subject) : known;
                });
    }

    private static void keepIfOwing(Map<String, List<Meter>> owing, String subject, List<Meter> meters) {
        owing.values().removeIf(Meter::areFull);
        if (!Meter.areFull(meters)) {
            owing.put(subject, meters);
        }
    }

    private List<Meter> meters(Rules theirs, String subject) {
        return theirs.of(subject).stream().map(rule -> meter(rule, subject)).toList();
    }

    /** Those whom one pattern fits share what it allows; everybody else has his own. */
    private Meter meter(LimitRule rule, String subject) {
        boolean shared =
                !rule.subject().equals(LimitRule.EACH) && !rule.subject().equals(subject);
        return shared
                ? patterns.computeIfAbsent(rule, pattern -> open(pattern, pattern.subject()))
                : open(rule, subject);
    }

    private Meter open(LimitRule rule, String subject) {
        BucketAllowance.Bucket bucket = buckets.get(rule);
        return new Meter(
                rule,
                subject,
                bucket == null ? new SlotAllowance(rule.amount()) : store.open(name(rule, subject), bucket),
                alone);
    }

    /** A store keeps the settings a bucket was made with, so other settings need another bucket. */
    private String name(LimitRule rule, String subject) {
        String owner = rule.scope() == LimitScope.GLOBAL ? "" : environment;
        return owner + "/" + rule.scope().id() + "/" + subject + "/"
                + rule.kind().id() + "/" + rule.window() + "/" + rule.amount();
    }

    /** Adds what a call costs once, however many attempts it takes. */
    void addCallerCharges(Subjects whom, Estimate estimate, boolean tokens, List<Charge> charges) {
        add(LimitScope.GLOBAL, NOBODY, estimate, tokens, charges);
        add(LimitScope.ENVIRONMENT, NOBODY, estimate, tokens, charges);
        add(LimitScope.TENANT, whom.tenant(), estimate, tokens, charges);
        add(LimitScope.FEATURE, whom.feature(), estimate, tokens, charges);
        add(LimitScope.USER, whom.user(), estimate, tokens, charges);
    }

    /** Adds what every attempt costs anew. */
    void addAttemptCharges(Subjects whom, Estimate estimate, boolean tokens, List<Charge> charges) {
        add(LimitScope.MODEL, whom.model(), estimate, tokens, charges);
        if (whom.key().isPresent()) {
            add(LimitScope.KEY, whom.key().get(), estimate, tokens, charges);
        }
    }

    private void add(LimitScope scope, String subject, Estimate estimate, boolean tokens, List<Charge> charges) {
        LoadingCache<String, List<Meter>> theirs = subjects.get(scope);
        if (theirs != null) {
            for (Meter meter : theirs.get(subject)) {
                meter.addTo(charges, estimate, tokens);
            }
        }
    }

    /** How every limit stands but those of single users, tenants and features without an entry of their own. */
    List<LimitStatus> status() {
        Set<Meter> seen = new LinkedHashSet<>();
        rules.forEach((scope, theirs) -> {
            LoadingCache<String, List<Meter>> cache = cacheOf(scope);
            if (scope == LimitScope.GLOBAL || scope == LimitScope.ENVIRONMENT) {
                seen.addAll(cache.get(NOBODY));
            }
            theirs.names().forEach(name -> seen.addAll(cache.get(name)));
            if (scope.perAttempt()) {
                cache.asMap().values().forEach(seen::addAll);
            }
        });
        return seen.stream().map(Meter::status).toList();
    }

    /** How the limits stand that concern these. */
    List<LimitStatus> status(Subjects whom) {
        List<LimitStatus> theirs = new ArrayList<>();
        for (LimitScope scope : subjects.keySet()) {
            Optional<String> name = name(scope, whom);
            if (name.isPresent()) {
                cacheOf(scope).get(name.get()).forEach(meter -> theirs.add(meter.status()));
            }
        }
        return theirs;
    }

    /** How many subjects of a scope are remembered; those who owe nothing and were idle for long are not. */
    long remembered(LimitScope scope) {
        LoadingCache<String, List<Meter>> cache = cacheOf(scope);
        cache.cleanUp();
        return cache.estimatedSize();
    }

    private static Optional<String> name(LimitScope scope, Subjects whom) {
        return switch (scope) {
            case GLOBAL, ENVIRONMENT, UPSTREAM -> Optional.of(NOBODY);
            case TENANT -> Optional.of(whom.tenant());
            case FEATURE -> Optional.of(whom.feature());
            case USER -> Optional.of(whom.user());
            case MODEL -> Optional.of(whom.model());
            case KEY -> whom.key();
        };
    }

    private LoadingCache<String, List<Meter>> cacheOf(LimitScope scope) {
        return Objects.requireNonNull(subjects.get(scope), "a scope without limits");
    }
}
