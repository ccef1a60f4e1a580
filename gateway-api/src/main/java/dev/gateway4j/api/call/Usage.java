package dev.gateway4j.api.call;

/**
 * The tokens of one answer, as the upstream counts them. Cached and cache-write tokens are part of the input, reasoning tokens are part of
 * the output.
 *
 * @param inputTokens prompt tokens, cached ones included
 * @param cachedInputTokens the part of the input that was read from the upstream's prompt cache
 * @param cacheWriteTokens the part of the input that was written to it
 * @param outputTokens completion tokens, reasoning included
 * @param reasoningTokens the part of the output that was reasoning
 */
public record Usage(
        long inputTokens, long cachedInputTokens, long cacheWriteTokens, long outputTokens, long reasoningTokens) {
    /** Refuses negative counts and parts larger than their whole. */
    public Usage {
        if (inputTokens < 0
                || cachedInputTokens < 0
                || cacheWriteTokens < 0
                || outputTokens < 0
                || reasoningTokens < 0) {
            throw new IllegalArgumentException("a token count is negative");
        }
        if (cachedInputTokens > inputTokens || cacheWriteTokens > inputTokens || reasoningTokens > outputTokens) {
            throw new IllegalArgumentException("a part is larger than its whole");
        }
    }

    /** Input and output without details. */
    public static Usage of(long inputTokens, long outputTokens) {
        return new Usage(inputTokens, 0, 0, outputTokens, 0);
    }

    /** Input plus output. */
    public long totalTokens() {
        return inputTokens + outputTokens;
    }
}
