package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.api.limit.LimitStatus;
import dev.gateway4j.api.limit.LimitView;
import dev.gateway4j.api.spi.TokenCounter;
import dev.gateway4j.okhttp.internal.call.Attempt;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every limit of one gateway, shared by all clients it wraps. Thread-safe. */
public final class LimitBook {
    private final RateLimitConfig config;
    private final Map<String, String> models;
    private final Limits limits;
    private final LearnedLimits learned;
    private final Turnstile turnstile;
    private final Estimator estimator;
    private final Estimator upstreamEstimator = new UpstreamEstimator();
    private final boolean countsTokens;

    private LimitBook(
            GatewayConfig config, TimeSource time, Limits limits, LearnedLimits learned, Estimator estimator) {
        this.config = config.rateLimits();
        this.models = config.models();
        this.limits = limits;
        this.learned = learned;
        this.turnstile = new Turnstile(time, this.config.maxQueue());
        this.estimator = estimator;
        this.countsTokens = this.config.rules().stream().anyMatch(rule -> countsTokens(rule.kind()));
    }

    /**
     * The limits of these settings.
     *
     * @param store where the buckets of our own limits are; in this JVM without one
     * @param counter counts tokens; needed by the estimator {@code exact} only
     */
    public static LimitBook of(
            GatewayConfig config,
            TimeSource time,
            Optional<ProxyManager<String>> store,
            Optional<TokenCounter> counter) {
        RateLimitConfig limits = config.rateLimits();
        Estimator estimator =
                switch (limits.estimator()) {
                    case UPSTREAM -> new UpstreamEstimator();
                    case WORST_CASE -> new WorstCaseEstimator();
                    case EXACT ->
                        new ExactEstimator(counter.orElseThrow(
                                () -> new IllegalArgumentException("the estimator exact needs a token counter")));
                };
        return new LimitBook(
                config, time, Limits.of(limits, config.environment(), time, store), new LearnedLimits(time), estimator);
    }

    /** True if there is anything to hold: a limit of our own, or an upstream that can name its own. */
    public static boolean isNeeded(GatewayConfig config) {
        return !config.rateLimits().rules().isEmpty() || (config.rateLimits().learn() && config.reachesUpstream());
    }

    /** How the limits stand. */
    public LimitView view() {
        return new View();
    }

    RateLimitConfig config() {
        return config;
    }

    Turnstile turnstile() {
        return turnstile;
    }

    /** What the call is taken for by the limits of our own. */
    Estimate estimate(CallFacts call) {
        return countsTokens && call.bills() ? estimator.of(call) : new Estimate(0, 0);
    }

    /** Hears what an answer used, so that later estimates are better. */
    void used(CallFacts call, long outputTokens) {
        estimator.learn(call, outputTokens);
    }

    /** Adds what the call pays once, however many attempts it takes. */
    void addCallerCharges(CallFacts call, CallLimits held, List<Charge> charges) {
        limits.addCallerCharges(held.caller(), held.estimate(), call.bills(), charges);
    }

    /**
     * Adds what every attempt pays. A call that is not paid for concerns the caller's limits only.
     *
     * @return the attempt as the upstream's own limits see it; empty if they do not concern it
     */
    Optional<Flight> addAttemptCharges(CallFacts call, Attempt attempt, CallLimits held, List<Charge> charges) {
        if (!call.bills()) {
            return Optional.empty();
        }
        Subjects subjects = held.caller().withKey(attempt.key().map(UpstreamKey::name));
        limits.addAttemptCharges(subjects, held.estimate(), true, charges);
        String asked = Names.bounded(call.modelAsked().orElse(""));
        if (!asked.equals(subjects.model()) && !asked.isEmpty()) {
            addAliasCharges(subjects, asked, held.estimate(), charges);
        }
        return learns(call) ? Optional.of(addLearnedCharges(call, attempt, charges)) : Optional.empty();
    }

    private Flight addLearnedCharges(CallFacts call, Attempt attempt, List<Charge> charges) {
        String group = attempt.key().map(UpstreamKey::quotaGroup).orElse("");
        // What names no model that we can read, such as an upload, has limits of its own at every endpoint.
        String model = call.modelSent().orElseGet(() -> Names.ofEndpoint(call.endpoint()));
        return learned.addCharges(attempt.upstream().name(), group, model, upstreamEstimator.of(call), charges);
    }

    /** A model that is asked for by another name counts under both. */
    private void addAliasCharges(Subjects subjects, String asked, Estimate estimate, List<Charge> charges) {
        List<Charge> more = new ArrayList<>();
        Subjects alias = new Subjects(subjects.tenant(), subjects.feature(), subjects.user(), asked, Optional.empty());
        limits.addAttemptCharges(alias, estimate, true, more);
        for (Charge charge : more) {
            boolean there = charges.stream().anyMatch(other -> other.allowance() == charge.allowance());
            if (charge.scope() == LimitScope.MODEL && !there) {
                charges.add(charge);
            }
        }
    }

    /** What a stand-in says about limits is about nobody's quota. */
    private boolean learns(CallFacts call) {
        return config.learn() && call.leaves() && call.bills();
    }

    static boolean countsTokens(LimitKind kind) {
        return kind == LimitKind.TOKENS || kind == LimitKind.INPUT_TOKENS || kind == LimitKind.OUTPUT_TOKENS;
    }

    @Override
    public String toString() {
        return config.rules().size() + " limits, " + config.onLimit() + ", " + config.estimator()
                + (config.learn() ? ", learning" : "");
    }

    private final class View implements LimitView {
        @Override
        public List<LimitStatus> all() {
            List<LimitStatus> all = new ArrayList<>(limits.status());
            all.addAll(learned.status());
            return List.copyOf(all);
        }

        @Override
        public List<LimitStatus> of(CallTags tags, String model) {
            String asked = Names.bounded(model);
            String sent = Names.bounded(models.getOrDefault(model, model));
            List<LimitStatus> theirs =
                    new ArrayList<>(limits.status(CallSubjects.of(tags, Optional.empty(), sent, tags.key())));
            if (!asked.equals(sent)) {
                limits.status(CallSubjects.of(tags, Optional.empty(), asked, tags.key())).stream()
                        .filter(status -> status.scope() == LimitScope.MODEL && !isAmong(theirs, status))
                        .forEach(theirs::add);
            }
            theirs.addAll(learned.status(sent::equals));
            return List.copyOf(theirs);
        }

        /** What one pattern allows to both names of a model is one limit. */
        private static boolean isAmong(List<LimitStatus> theirs, LimitStatus status) {
            return theirs.stream()
                    .anyMatch(other -> other.name().equals(status.name())
                            && other.subject().equals(status.subject()));
        }
    }
}
