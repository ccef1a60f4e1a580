package dev.gateway4j.simulator;

import dev.gateway4j.simulator.internal.limit.LimitTable;

/**
 * How much the simulated OpenAI lets through. Limits hold per model and, unless {@link #perKey()}, per organization; they refill without a
 * pause, as OpenAI's do. A request is charged when it arrives, and a refused one is not charged. Immutable; {@link #parse} and {@link
 * #toString} are inverse.
 */
public final class RateLimits {
    private final LimitTable table;

    private RateLimits(LimitTable table) {
        this.table = table;
    }

    LimitTable table() {
        return table;
    }

    /** No limits: headers tell of full buckets, whatever came before. */
    public static RateLimits off() {
        return new RateLimits(LimitTable.off());
    }

    /**
     * The limits of a usage tier.
     *
     * @param number from 1 to 5
     * @throws IllegalArgumentException if there is no such tier
     */
    public static RateLimits tier(int number) {
        return parse("tier-" + number);
    }

    /**
     * Reads limits: {@code off}, {@code tier-1} to {@code tier-5}, or rows such as {@code gpt-4o*: 500 rpm, 30000 tpm; *: 3 rpm}, of which
     * the first that fits a model counts. {@code rpm} and {@code rpd} are requests a minute and a day, {@code tpm} and {@code tpd} tokens.
     * {@code per key} at the end gives every key limits of its own.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static RateLimits parse(String text) {
        return new RateLimits(LimitTable.parse(text));
    }

    /**
     * These limits, with others for some models.
     *
     * @param models a name in which a star stands for anything
     * @param amounts such as {@code 500 rpm, 30000 tpm}
     * @throws IllegalArgumentException if the amounts are none
     */
    public RateLimits with(String models, String amounts) {
        return new RateLimits(table.with(models, amounts));
    }

    /** These limits for every key by itself, instead of for all keys of an organization together. */
    public RateLimits perKey() {
        return new RateLimits(table.eachKey());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RateLimits that && table.equals(that.table);
    }

    @Override
    public int hashCode() {
        return table.hashCode();
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return table.toString();
    }
}
