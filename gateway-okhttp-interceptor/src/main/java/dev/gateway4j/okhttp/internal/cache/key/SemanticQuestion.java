package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.cache.CacheKey;

/**
 * A question that may be answered like a similar one.
 *
 * @param bucket everything that shapes the answer but the last text of the user: only questions with the same one are compared
 * @param text the last text of the user
 */
public record SemanticQuestion(CacheKey bucket, String text) {}
