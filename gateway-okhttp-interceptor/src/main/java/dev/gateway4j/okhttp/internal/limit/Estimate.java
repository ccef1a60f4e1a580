package dev.gateway4j.okhttp.internal.limit;

/**
 * What a call is taken for before its answer says what it used.
 *
 * @param inputTokens tokens of the question
 * @param outputTokens tokens of the answer
 */
record Estimate(long inputTokens, long outputTokens) {
    long tokens() {
        return inputTokens + outputTokens;
    }
}
