package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.okhttp.internal.cache.key.SemanticQuestion;

/** Keys and questions for tests. */
final class Asked {
    private Asked() {}

    static CacheKey key(int number) {
        byte[] digest = new byte[32];
        digest[0] = (byte) number;
        digest[1] = (byte) (number >> 8);
        digest[7] = 1;
        return CacheKey.of(digest);
    }

    static SemanticQuestion question(int bucket, String text) {
        return new SemanticQuestion(key(bucket), text);
    }

    static SemanticCache.Embedded embedded(int bucket, String text, float... vector) {
        return new SemanticCache.Embedded(
                question(bucket, text), Vectors.unit(vector).orElseThrow());
    }
}
