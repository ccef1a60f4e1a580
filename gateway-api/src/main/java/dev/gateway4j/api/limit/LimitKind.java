package dev.gateway4j.api.limit;

import java.util.Locale;

/** What a limit counts. */
public enum LimitKind {
    /** Calls, one each. */
    REQUESTS,
    /** Tokens of question and answer together. */
    TOKENS,
    /** Tokens of the question. */
    INPUT_TOKENS,
    /** Tokens of the answer. */
    OUTPUT_TOKENS,
    /** Calls under way at the same time. */
    CONCURRENCY;

    /** The name in settings and headers, such as {@code input_tokens}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
