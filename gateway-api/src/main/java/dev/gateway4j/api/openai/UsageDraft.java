package dev.gateway4j.api.openai;

import dev.gateway4j.api.call.Usage;
import org.jspecify.annotations.Nullable;

/** Gathers the members of one {@code usage} object, whatever the endpoint calls them. */
final class UsageDraft {
    private static final long MAX = 1L << 53;

    private long input;
    private long cached;
    private long written;
    private long output;
    private long reasoning;
    private boolean counted;
    private boolean absurd;

    void clear() {
        input = 0;
        cached = 0;
        written = 0;
        output = 0;
        reasoning = 0;
        counted = false;
        absurd = false;
    }

    /** True if a member of this name counts tokens that matter here. */
    static boolean matters(String name) {
        return switch (name) {
            case "prompt_tokens", "input_tokens", "completion_tokens", "output_tokens" -> true;
            default -> false;
        };
    }

    /** True if a member of this name inside a details object counts tokens that matter here. */
    static boolean matters(String details, String name) {
        return switch (name) {
            case "cached_tokens", "cache_write_tokens" -> isInput(details);
            case "reasoning_tokens" -> isOutput(details);
            default -> false;
        };
    }

    private static boolean isInput(String details) {
        return details.equals("prompt_tokens_details")
                || details.equals("input_tokens_details")
                || details.equals("input_token_details");
    }

    private static boolean isOutput(String details) {
        return details.equals("completion_tokens_details")
                || details.equals("output_tokens_details")
                || details.equals("output_token_details");
    }

    /** Takes the value of a member that matters. */
    void count(String name, long value) {
        if (value < 0 || value > MAX) {
            absurd = true;
            return;
        }
        switch (name) {
            case "prompt_tokens", "input_tokens" -> input = value;
            case "completion_tokens", "output_tokens" -> output = value;
            case "cached_tokens" -> cached = value;
            case "cache_write_tokens" -> written = value;
            default -> reasoning = value;
        }
        counted |= matters(name);
    }

    /** A member that matters has a value that is no count. */
    void absurd() {
        absurd = true;
    }

    /** The usage, or null if nothing was counted or the numbers cannot be true. */
    @Nullable
    Usage build() {
        if (!counted || absurd || cached > input || written > input || reasoning > output) {
            return null;
        }
        return new Usage(input, cached, written, output, reasoning);
    }
}
