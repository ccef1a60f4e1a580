package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.config.SemanticConfig;
import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.okhttp.internal.cache.flight.FlightKey;
import dev.gateway4j.okhttp.internal.cache.flight.Flights;
import dev.gateway4j.okhttp.internal.cache.key.Identity;
import dev.gateway4j.okhttp.internal.cache.key.SemanticQuestion;
import dev.gateway4j.okhttp.internal.cache.semantic.EmbedderSource;
import dev.gateway4j.okhttp.internal.cache.semantic.SemanticCache;
import dev.gateway4j.okhttp.internal.cache.semantic.SemanticCache.Embedded;
import dev.gateway4j.okhttp.internal.cache.semantic.SemanticCache.Similar;
import dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/** What similar questions mean for the calls of one client. Thread-safe. */
final class Likeness {
    private static final String COMPLETIONS = "/v1/completions";

    private final CacheBook book;
    private final SemanticCache cache;
    private final SemanticConfig config;
    private final EmbedderSource embedders;
    private final Flights flights;

    Likeness(CacheBook book, SemanticCache cache, SemanticConfig config, EmbedderSource embedders, Flights flights) {
        this.book = book;
        this.cache = cache;
        this.config = config;
        this.embedders = embedders;
        this.flights = flights;
    }

    /** What a call asks, for those who compare it. */
    record Asked(Interceptor.Chain chain, CallScope scope, Identity identity) {
        Form form() {
            return Form.of(scope.facts().request());
        }

        /** How many choices the answer is to have. */
        long choices() {
            RequestFacts asked = scope.facts().request();
            boolean byPrompt = scope.facts().endpoint().equals(COMPLETIONS);
            return Math.max(1, asked.n()) * (byPrompt ? (long) asked.sizes().prompts() : 1);
        }
    }

    /** An entry that was kept for a similar question, in the form that the call wants. */
    record Match(Kept kept, Given given, double similarity) {}

    /** The question with its vector; null if there is nothing to compare, or no vector to be had. */
    @Nullable
    Embedded embed(Asked asked) {
        try {
            SemanticQuestion question = book.identities()
                    .semantic(asked.scope().facts(), asked.identity())
                    .orElse(null);
            return question == null
                    ? null
                    : cache.embed(question, embedder(asked)).orElse(null);
        } catch (RuntimeException e) {
            book.failed("embed a question", e);
            return null;
        }
    }

    private Embedder embedder(Asked asked) {
        return embedders.embedder(asked.chain(), asked.scope());
    }

    /** The entry that answers a similar question, if it is fresh and can be given. */
    @Nullable
    Match find(Asked asked, Embedded question) {
        try {
            Similar similar = cache.find(question, asked.identity().threshold()).orElse(null);
            return similar == null ? null : match(asked, similar);
        } catch (RuntimeException e) {
            book.failed("look for a similar question", e);
            return null;
        }
    }

    private @Nullable Match match(Asked asked, Similar similar) {
        Kept kept = book.find(similar.key());
        if (kept == null) {
            cache.gone(similar.key()); // evicted while its question was being remembered
            return null;
        }
        if (!isTheirs(kept, asked.identity())) {
            return null;
        }
        long now = book.time().nanos();
        Duration maxAge = asked.identity().policy().maxAge().orElse(null);
        boolean tooOld = maxAge != null && kept.ageNanos(now) > maxAge.toNanos();
        if (!kept.isFresh(now) || tooOld) {
            return null;
        }
        Given given = book.given(kept, asked.form());
        return given == null ? null : new Match(kept, given, similar.similarity());
    }

    /** The bucket says so already. It is cheap to look twice, and dear to be wrong. */
    private static boolean isTheirs(Kept kept, Identity identity) {
        return kept.info().tenant().equals(identity.tenant())
                && kept.info().user().equals(identity.user())
                && kept.info().namespace().equals(identity.namespace());
    }

    /** True if matches are only measured. */
    boolean isShadow() {
        return config.mode() == SemanticConfig.Mode.SHADOW;
    }

    CacheOutcome outcome(Match match) {
        Kept kept = match.kept();
        return book.outcome(CacheStatus.SEMANTIC, kept, book.time().nanos()).withSimilarity(match.similarity());
    }

    /** Makes a question findable whose answer was just kept. */
    void kept(Embedded question, CacheKey key) {
        try {
            cache.kept(question, key);
        } catch (RuntimeException e) {
            book.failed("remember a question", e);
        }
    }

    /** Asks a sample of what was matched upstream all the same, behind the call, and compares. */
    void sample(Asked asked, Embedded question, Match match) {
        if (cache.sampled()) {
            behind(asked, Comparison.asking(this, asked, question, match));
        }
    }

    /** Compares a sample of what would have been given with what was answered, behind the call. */
    void measure(Asked asked, Match match, StoredAnswer answer) {
        if (cache.sampled()) {
            behind(asked, Comparison.knowing(this, asked, match, answer));
        }
    }

    private void behind(Asked asked, Comparison comparison) {
        try {
            Form form = asked.form();
            CacheKey apart = apart(asked.identity().key());
            flights.launch(
                    new FlightKey(
                            apart,
                            form.stream(),
                            form.usage(),
                            FlightKey.Terms.UPSTREAM,
                            FlightKey.Timeouts.of(asked.chain())),
                    asked.chain(),
                    asked.scope(),
                    comparison);
        } catch (RuntimeException e) {
            book.failed("compare answers", e);
        }
    }

    /** A key that no question has: the flight of the question itself is still under way. */
    private static CacheKey apart(CacheKey key) {
        byte[] digest = key.digest();
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) ~digest[i];
        }
        return CacheKey.of(digest);
    }

    /** Two answers to what was taken for the same question. */
    void compare(Asked asked, StoredAnswer given, StoredAnswer answered) {
        Optional<String> one = AnswerText.of(given);
        Optional<String> other = AnswerText.of(answered);
        if (one.isPresent() && other.isPresent()) {
            boolean unusedSame = cache.compare(one.get(), other.get(), embedder(asked));
        }
    }

    CacheBook book() {
        return book;
    }
}
