package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.cache.AnswerCache;
import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.cache.SemanticStats;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.SemanticConfig;
import dev.gateway4j.api.spi.CacheStore;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.api.spi.SemanticVerifier;
import dev.gateway4j.okhttp.internal.cache.flight.DetachedCalls;
import dev.gateway4j.okhttp.internal.cache.flight.FlightThreads;
import dev.gateway4j.okhttp.internal.cache.flight.Flights;
import dev.gateway4j.okhttp.internal.cache.key.Identities;
import dev.gateway4j.okhttp.internal.cache.key.Identity;
import dev.gateway4j.okhttp.internal.cache.semantic.EmbedderSource;
import dev.gateway4j.okhttp.internal.cache.semantic.EmbeddingBill;
import dev.gateway4j.okhttp.internal.cache.semantic.GatewayEmbedder;
import dev.gateway4j.okhttp.internal.cache.semantic.Similarities;
import dev.gateway4j.okhttp.internal.cache.semantic.VectorIndexes;
import dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.WarnSparsely;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all calls of one gateway share at the cache. Thread-safe. */
public final class CacheBook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CacheBook.class);

    private final GatewayConfig config;
    private final CacheConfig cache;
    private final TimeSource time;
    private final PriceBook prices;
    private final Identities identities;
    private final Readings readings;
    private final Optional<Embedder> embedder;
    private final EmbeddingBill embeddingBill = new EmbeddingBill();
    private final @Nullable Similarities semantic;
    private final LocalStore local;
    private final @Nullable SecondLevel second;
    private final Figures figures = new Figures();
    private final AtomicLong invalidations = new AtomicLong();
    private final FlightThreads flightThreads = new FlightThreads();
    private final WarnSparsely warnings;

    /**
     * What the application brings.
     *
     * @param store the second level
     * @param embedder who makes vectors
     * @param verifier who has the last word about similar questions
     */
    public record Own(Optional<CacheStore> store, Optional<Embedder> embedder, Optional<SemanticVerifier> verifier) {
        /** Nothing of its own. */
        public static final Own NOTHING = new Own(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A book with these settings. */
    public CacheBook(GatewayConfig config, TimeSource time, RandomGenerator random, PriceBook prices, Own own) {
        this.config = config;
        this.cache = config.cache();
        this.time = time;
        this.prices = prices;
        this.identities = new Identities(config);
        this.readings = new Readings(identities);
        this.embedder = own.embedder();
        this.semantic = cache.semantic()
                .map(settings ->
                        new Similarities(settings, VectorIndexes.find(), own.verifier(), time, random, embeddingBill))
                .orElse(null);
        this.local = new LocalStore(cache.maxBytes(), time, this::gone);
        this.second = own.store()
                .map(store -> new SecondLevel(store, config.environment(), time))
                .orElse(null);
        this.warnings = new WarnSparsely(time, TimeUnit.MINUTES.toNanos(1));
    }

    /** True if these settings call for a cache. What is recorded has to be asked. */
    public static boolean isNeeded(GatewayConfig config) {
        CacheConfig cache = config.cache();
        return cache.enabled() && config.mode() != Mode.RECORD && !config.recordsMissing();
    }

    /** What the application sees of it. */
    public AnswerCache view() {
        return new CacheView(this);
    }

    /** Counts what became of calls. */
    public CallListener listener() {
        return figures;
    }

    CacheConfig config() {
        return cache;
    }

    TimeSource time() {
        return time;
    }

    Identities identities() {
        return identities;
    }

    Readings readings() {
        return readings;
    }

    Figures figures() {
        return figures;
    }

    LocalStore local() {
        return local;
    }

    @Nullable
    SecondLevel second() {
        return second;
    }

    /** What is kept under this key and not over; null if nothing is. */
    @Nullable
    Kept find(CacheKey key) {
        Kept kept = local.find(key);
        if (kept != null) {
            return kept.isOver(time.nanos()) ? null : kept;
        }
        return second == null ? null : fromSecond(second, key);
    }

    /** As {@link #find}, but in memory only. */
    @Nullable
    Kept findInMemory(CacheKey key) {
        Kept kept = local.find(key);
        return kept == null || kept.isOver(time.nanos()) ? null : kept;
    }

    private @Nullable Kept fromSecond(SecondLevel store, CacheKey key) {
        long before = invalidations();
        Kept kept = store.find(key);
        if (kept != null) {
            putLocally(kept, before);
        }
        return kept;
    }

    /** An entry in the form that a call wants, remembered; null if it cannot be given so. */
    @Nullable
    Given given(Kept kept, Form form) {
        Given ready = kept.ready(form);
        if (ready != null) {
            return ready;
        }
        Given made = kept.make(form);
        if (made != null) {
            local.replace(kept, kept.with(form, made));
        }
        return made;
    }

    /** How often something was invalidated so far: what was asked before the last time must not be kept after it. */
    long invalidations() {
        return invalidations.get();
    }

    /** What is kept of an answer beside the answer. */
    record Origin(
            Identity identity, CacheKey key, CallFacts facts, String callId, long invalidations, long vectorBytes) {
        Origin(Identity identity, CallFacts facts, String callId, long invalidations, long vectorBytes) {
            this(identity, identity.key(), facts, callId, invalidations, vectorBytes);
        }

        /** The same under another key. */
        Origin under(CacheKey other) {
            return new Origin(identity, other, facts, callId, invalidations, vectorBytes);
        }
    }

    /**
     * Keeps an answer in memory. False if something was invalidated since it was asked for.
     *
     * @param outbox remembers what the second level is to be told of, once nobody waits any more
     */
    boolean keep(Origin origin, StoredAnswer answer, Outbox outbox) {
        Kept kept = kept(origin, answer);
        if (kept.isOver(time.nanos())) {
            return true; // to be kept for no time at all
        }
        if (!putLocally(kept, origin.invalidations())) {
            return false;
        }
        outbox.add(kept);
        return true;
    }

    /** Tells the second level of an answer that is kept in memory. An invalidation that ran beside it may have come too early there. */
    void passOn(Kept kept, long invalidationsBefore) {
        if (second == null || invalidations() != invalidationsBefore) {
            return;
        }
        second.put(kept);
        if (invalidations() != invalidationsBefore) {
            second.forget(kept.info().key());
        }
    }

    /** Looks twice, since an invalidation may run beside it: what it does not see here, it removes from memory after it has counted. */
    private boolean putLocally(Kept kept, long invalidationsBefore) {
        if (invalidations() != invalidationsBefore) {
            return false;
        }
        local.put(kept);
        if (invalidations() != invalidationsBefore) {
            local.forget(kept);
            return false;
        }
        return true;
    }

    private Kept kept(Origin origin, StoredAnswer answer) {
        Identity identity = origin.identity();
        Instant now = time.now();
        long nanos = time.nanos();
        Duration fresh = identity.ttl();
        Duration whole = fresh.plus(longer(cache.staleWhileRevalidate(), cache.staleWhileError()));
        CacheEntryInfo info = new CacheEntryInfo(
                origin.key(),
                config.environment(),
                identity.tenant(),
                identity.user(),
                identity.namespace(),
                origin.facts().endpoint(),
                origin.facts().modelAsked(),
                answer.model(),
                now,
                now.plus(fresh),
                now.plus(whole),
                answer.body().length,
                answer.usage(),
                origin.callId());
        Kept.Times times = new Kept.Times(nanos, nanos + fresh.toNanos(), nanos + whole.toNanos());
        return new Kept(info, answer, times, origin.vectorBytes());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** What is said about a call that is given an entry. */
    CacheOutcome outcome(CacheStatus status, Kept kept, long nanos) {
        return CacheOutcome.of(status, kept.key())
                .withAge(Duration.ofNanos(kept.ageNanos(nanos)))
                .withSaved(kept.answer().usage(), price(kept.answer()));
    }

    /** What it would have cost to ask for this answer now. */
    Cost price(StoredAnswer answer) {
        Usage usage = answer.usage().orElse(null);
        String model = answer.model().orElse(null);
        if (usage == null || model == null) {
            return new Cost.Unknown("the answer did not say what it used");
        }
        try {
            return prices.price(model, usage, time.now());
        } catch (RuntimeException e) {
            failed("price", e);
            return new Cost.Unknown("the price book failed");
        }
    }

    /** A miss of which some inputs were there all the same, and what these have saved. */
    CacheOutcome partly(CacheOutcome missed, Batch batch) {
        long tokens = 0;
        for (Kept kept : batch.hits()) {
            tokens += kept.answer().usage().map(Usage::inputTokens).orElse(0L);
        }
        Usage saved = Usage.of(tokens, 0);
        StoredAnswer one = batch.hits().get(0).answer();
        return missed.withReason(batch.found() + " of " + batch.size() + " inputs were cached")
                .withSaved(Optional.of(saved), price(one.withUsage(saved)));
    }

    void forget(CacheKey key) {
        invalidations.incrementAndGet();
        if (second != null) {
            second.forget(key);
        }
        // Again: who read there before it was gone, and after the first count, must not keep it either. Memory comes
        // last,
        // so that what was kept just before either count is still found.
        invalidations.incrementAndGet();
        local.forget(key);
    }

    long forgetIf(Predicate<CacheEntryInfo> condition) {
        invalidations.incrementAndGet();
        if (second != null) {
            second.forgetIf(condition);
        }
        invalidations.incrementAndGet();
        return local.forgetIf(condition);
    }

    /** Removes what turned out to be of no use. Nobody has asked for that, so answers on their way are kept all the same. */
    void discard(Kept kept) {
        local.forget(kept.info().key()); // whatever forms it was given in meanwhile
        if (second != null) {
            second.discard(kept.info().key());
        }
    }

    private void gone(CacheKey key) {
        if (semantic != null) {
            semantic.gone(key);
        }
    }

    /** What similar questions mean for the calls of one client; null if they mean nothing. */
    @Nullable
    Likeness likeness(DetachedCalls calls, Flights flights) {
        if (semantic == null || cache.semantic().isEmpty()) {
            return null;
        }
        SemanticConfig settings = cache.semantic().get();
        EmbedderSource embedders = embedder.isPresent()
                ? EmbedderSource.of(embedder.get())
                : new GatewayEmbedder(calls, settings, embeddingBill);
        return new Likeness(this, semantic, settings, embedders, flights);
    }

    SemanticStats semanticStats() {
        return semantic == null ? SemanticStats.NONE : semantic.stats();
    }

    /** Something of the cache failed; the call goes on without it. */
    void failed(String what, RuntimeException e) {
        if (warnings.due(what)) {
            LOG.warn("The cache failed to {}; calls go on without it", what, e);
        }
    }

    /** The threads of all flights, whichever client's. */
    FlightThreads flightThreads() {
        return flightThreads;
    }

    /** Says what was saved, and lets go of everything. */
    @Override
    public void close() {
        figures.log();
        flightThreads.close();
        if (second != null) {
            second.close();
        }
        local.forgetAll();
        if (semantic != null) {
            semantic.close();
        }
    }

    @Override
    public String toString() {
        return "ttl=" + cache.ttl() + ", maxBytes=" + cache.maxBytes() + ", partition=" + cache.partition()
                + (second == null ? "" : ", " + second);
    }
}
