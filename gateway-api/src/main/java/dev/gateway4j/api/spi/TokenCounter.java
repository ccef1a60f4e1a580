package dev.gateway4j.api.spi;

/** Counts tokens as a model family does. Thread-safe. Slow next to everything else (a few megabytes a second): never asked uninvited. */
@FunctionalInterface
public interface TokenCounter {
    /**
     * How many tokens the text has. Special tokens in the text count as ordinary text.
     *
     * @param model the model, which decides the encoding; an unknown one counts with {@code o200k_base}
     */
    int count(String model, String text);
}
