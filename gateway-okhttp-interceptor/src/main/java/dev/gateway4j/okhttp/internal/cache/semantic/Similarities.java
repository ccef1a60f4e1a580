package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.SemanticStats;
import dev.gateway4j.api.config.SemanticConfig;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.api.spi.SemanticVerifier;
import dev.gateway4j.api.spi.VectorIndex.Neighbour;
import dev.gateway4j.api.spi.VectorIndexProvider;
import dev.gateway4j.okhttp.internal.cache.key.SemanticQuestion;
import dev.gateway4j.okhttp.internal.cache.semantic.guard.Guards;
import dev.gateway4j.okhttp.internal.call.WarnSparsely;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Similar questions by their vectors, guarded by what the texts say. Thread-safe. */
public final class Similarities implements SemanticCache, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Similarities.class);
    private static final int THREADS = 32;
    private static final int CANDIDATES = 4;

    /** What rounding takes from the cosine of a vector with itself. */
    private static final double ROUNDING = 1e-6;

    /** By how much an index that computes with less precision may exceed one. */
    private static final double SLACK = 1e-3;

    private static final int FAILURES_IN_A_ROW = 5;
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final SemanticConfig config;
    private final Optional<SemanticVerifier> verifier;
    private final RandomGenerator random;
    private final EmbeddingBill bill;
    private final Errands errands;
    private final WarnSparsely warnings;
    private final Pause pause;
    private final Questions questions;

    private final LongAdder lookups = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder guarded = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder sampled = new LongAdder();
    private final LongAdder wrong = new LongAdder();

    /**
     * No question yet.
     *
     * @param provider makes indexes for buckets that grow large; see {@link VectorIndexes#find}
     * @param random draws the sample; thread-safe
     * @param bill knows what embedding has cost
     */
    public Similarities(
            SemanticConfig config,
            Optional<VectorIndexProvider> provider,
            Optional<SemanticVerifier> verifier,
            TimeSource time,
            RandomGenerator random,
            EmbeddingBill bill) {
        this.config = config;
        this.verifier = verifier;
        this.random = random;
        this.bill = bill;
        this.errands = new Errands(time, THREADS);
        this.warnings = new WarnSparsely(time, TimeUnit.MINUTES.toNanos(1));
        this.pause = new Pause(time, FAILURES_IN_A_ROW, PAUSE);
        this.questions = new Questions(provider);
    }

    @Override
    public Optional<Embedded> embed(SemanticQuestion question, Embedder with) {
        if (question.text().length() > config.maxCharacters()) {
            return Optional.empty();
        }
        return unit(question.text(), with).map(unit -> new Embedded(question, unit));
    }

    private Optional<float[]> unit(String text, Embedder with) {
        if (!pause.mayTry()) {
            return failed("a pause after failures");
        }
        try {
            Optional<float[]> unit = Vectors.unit(errands.run(() -> with.embed(text), config.timeout()));
            if (unit.isPresent()) {
                pause.succeeded();
                return unit;
            }
            pause.failed();
            return failed("a vector without direction");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("an interrupt");
        } catch (RejectedExecutionException e) {
            return failed("too many at once"); // says nothing about the embedder
        } catch (Exception e) {
            pause.failed();
            return failed(e.getClass().getSimpleName());
        }
    }

    /** Not the message of what was thrown: it may hold the question. */
    private Optional<float[]> failed(String why) {
        failures.increment();
        if (warnings.due(why)) {
            LOG.warn("No vector for a question ({}); such calls go on as if nothing similar was known", why);
        }
        return Optional.empty();
    }

    @Override
    public Optional<Similar> find(Embedded question, OptionalDouble threshold) {
        lookups.increment();
        double least = threshold.orElse(config.threshold()) - ROUNDING;
        Guards guards = new Guards(question.question().text());
        boolean refused = false;
        for (Neighbour neighbour : nearest(question)) {
            Optional<Questions.Kept> kept = questions.kept(neighbour.id());
            if (!isNear(neighbour.similarity(), least)
                    || kept.isEmpty()
                    || !kept.get().bucket().equals(question.question().bucket())) {
                continue; // also what only a broken index answers: no number, or a question of another bucket
            }
            if (agree(guards, question, kept.get(), neighbour.similarity())) {
                hits.increment();
                return Optional.of(new Similar(kept.get().key(), neighbour.similarity()));
            }
            refused = true;
        }
        if (refused) {
            guarded.increment();
        }
        return Optional.empty();
    }

    private static boolean isNear(double similarity, double least) {
        return similarity >= least && similarity <= 1 + SLACK;
    }

    private List<Neighbour> nearest(Embedded question) {
        try {
            return questions.nearest(question, CANDIDATES);
        } catch (RuntimeException | LinkageError e) {
            failed(e.getClass().getSimpleName());
            return List.of();
        }
    }

    private boolean agree(Guards guards, Embedded question, Questions.Kept kept, double similarity) {
        if (!guards.agree(kept.text())) {
            return false;
        }
        if (verifier.isEmpty()) {
            return true;
        }
        try {
            return errands.run(
                    () -> verifier.get().sameAnswer(question.question().text(), kept.text(), similarity),
                    config.timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            if (warnings.due("verifier")) {
                LOG.warn(
                        "The verifier failed ({}), which counts as no",
                        e.getClass().getSimpleName());
            }
            return false;
        }
    }

    @Override
    public void kept(Embedded question, CacheKey key) {
        if (!questions.add(question, key)) {
            failed("a vector of another length");
        }
    }

    @Override
    public void gone(CacheKey key) {
        questions.remove(key);
    }

    @Override
    public boolean sampled() {
        return config.sample() > 0 && random.nextDouble() < config.sample();
    }

    @Override
    public boolean compare(String given, String asked, Embedder with) {
        Optional<Boolean> same = SameAnswer.judge(given, asked, text -> unit(cut(text), with));
        if (same.isPresent()) {
            sampled.increment();
            if (!same.get()) {
                wrong.increment();
            }
        }
        return same.orElse(true);
    }

    private String cut(String text) {
        return text.length() <= config.maxCharacters() ? text : text.substring(0, config.maxCharacters());
    }

    @Override
    public SemanticStats stats() {
        return new SemanticStats(
                questions.size(),
                lookups.sum(),
                hits.sum(),
                guarded.sum(),
                failures.sum(),
                sampled.sum(),
                wrong.sum(),
                bill.usd());
    }

    @Override
    public void close() {
        errands.close();
        questions.close();
    }

    @Override
    public String toString() {
        return "Similarities[" + config.mode() + ", threshold=" + config.threshold() + ", " + questions + "]";
    }
}
