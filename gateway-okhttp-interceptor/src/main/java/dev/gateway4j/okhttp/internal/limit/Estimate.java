package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.call.Usage;

/**
 * What a call is taken for before its answer says what it used. What a caller or an upstream names is bounded, so that a number that cannot
 * be true does not become a debt that nobody can pay.
 *
 * @param inputTokens tokens of the question, at most {@link #MOST_INPUT}
 * @param outputTokens tokens of the answer, at most {@link #MOST_OUTPUT}
 */
record Estimate(long inputTokens, long outputTokens) {
    /** No question is taken for more. */
    static final long MOST_INPUT = 10_000_000;

    /** No single answer is taken for more, whatever cap the call names. */
    static final long MOST_OF_AN_ANSWER = 1_000_000;

    /** No question is taken for one that wants more answers than this, whatever its {@code n}. */
    static final int MOST_ANSWERS = 128;

    /** All answers together are not taken for more. */
    static final long MOST_OUTPUT = MOST_OF_AN_ANSWER * MOST_ANSWERS;

    Estimate {
        inputTokens = Math.max(0, Math.min(inputTokens, MOST_INPUT));
        outputTokens = Math.max(0, Math.min(outputTokens, MOST_OUTPUT));
    }

    /** True unless an answer says that it used more than any call can. */
    static boolean isBelievable(Usage usage) {
        return usage.inputTokens() <= MOST_INPUT && usage.outputTokens() <= MOST_OUTPUT;
    }

    long tokens() {
        return inputTokens + outputTokens;
    }
}
