package dev.gateway4j.simulator.internal.plan;

/**
 * What an answer is billed.
 *
 * @param input tokens of the prompt
 * @param cached those of them read from the prompt cache
 * @param cacheWrite those of them written to the prompt cache
 * @param output tokens of the answer
 * @param reasoning those of them spent on reasoning
 */
public record Usage(long input, long cached, long cacheWrite, long output, long reasoning) {
    /** Input and output together. */
    public long total() {
        return input + output;
    }
}
