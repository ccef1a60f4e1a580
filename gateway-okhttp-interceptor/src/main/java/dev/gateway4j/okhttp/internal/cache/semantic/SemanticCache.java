package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.SemanticStats;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.okhttp.internal.cache.key.SemanticQuestion;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds questions that are similar enough to have the same answer. Knows keys, never answers. Thread-safe. */
public interface SemanticCache {
    /**
     * A question with its vector, so that it is embedded once.
     *
     * @param question the question
     * @param unit its vector, of unit length
     */
    @SuppressWarnings("ArrayRecordComponent") // identity is enough: never compared
    record Embedded(SemanticQuestion question, float[] unit) {}

    /**
     * A question that was answered before.
     *
     * @param key the key of its answer in the exact cache
     * @param similarity the cosine of the two
     */
    record Similar(CacheKey key, double similarity) {}

    /** Embeds a question; empty if that cannot be done in time. Never throws. */
    Optional<Embedded> embed(SemanticQuestion question, Embedder with);

    /** The most similar question whose answer may be given, all guards and the verifier asked. */
    Optional<Similar> find(Embedded question, OptionalDouble threshold);

    /** Makes a question findable whose answer was kept under this key. */
    void kept(Embedded question, CacheKey key);

    /** An answer is gone, so its question must not be found. */
    void gone(CacheKey key);

    /** Whether this hit is one of those to be asked again. */
    boolean sampled();

    /** Two answers to what was taken for the same question: counts, and says whether they say the same. */
    boolean compare(String given, String asked, Embedder with);

    /** The figures so far. */
    SemanticStats stats();
}
