package dev.gateway4j.simulator.internal.endpoint.realtime;

import dev.gateway4j.simulator.internal.chance.Draws;

/** Ids of realtime things: five digits of time, then chance. Used by one thread at a time. */
final class RealtimeIds {
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final long EPOCH = 1_576_800_000L;
    private static final int TIME_DIGITS = 5;
    private static final int CHANCE_DIGITS = 16;

    private final Draws draws;

    RealtimeIds(Draws draws) {
        this.draws = draws;
    }

    /** An id such as {@code item_C9G8pGVKYnaZu8PH5YQ9O}. */
    String next(String prefix, long seconds) {
        char[] digits = new char[TIME_DIGITS];
        long rest = Math.max(0, seconds - EPOCH);
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = BASE62.charAt((int) (rest % BASE62.length()));
            rest /= BASE62.length();
        }
        return prefix + new String(digits) + draws.alphanumeric(CHANCE_DIGITS);
    }

    /** A secret for a browser. */
    String secret() {
        return "ek_" + draws.hex(32);
    }

    /** The id of a call of a tool. */
    String toolCall() {
        return "call_" + draws.alphanumeric(CHANCE_DIGITS);
    }
}
