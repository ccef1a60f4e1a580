package dev.gateway4j.simulator.internal.chance;

/**
 * The chance of one answer: the seed of the run, the request and how often it came before. Two runs with the same seed answer the n-th
 * arrival of a request alike, whatever other threads do.
 *
 * @param seed the seed of the run
 * @param request the fingerprint of the request
 * @param occurrence how many equal requests came before, from 0
 */
public record Chance(long seed, Fingerprint request, long occurrence) {
    /** What draws are for. Each purpose has a sequence of its own, so that one more draw here changes nothing there. */
    public enum Purpose {
        /** Ids. */
        IDS(1),
        /** What is said. */
        TEXT(2),
        /** When it is said. */
        PACE(3),
        /** Padding of streamed events. */
        PADDING(4),
        /** How likely tokens were. */
        LOGPROBS(30),
        /** Helpers of templates. */
        TEMPLATE(5),
        /** How long a model reasons. */
        REASONING(20),
        /** Arguments of tools and JSON by a schema. */
        SCHEMA(21),
        /** What the items of a response hold besides words: ids of calls, sealed reasoning, probabilities. */
        ITEMS(6),
        /** What goes wrong. */
        FAULT(22),
        /** Answers made from shapes alone. */
        SHAPES(40);

        private final long mark;

        Purpose(long mark) {
            this.mark = mark;
        }
    }

    /** The chance of everything that asks the same and came as often. */
    public Chance about(Fingerprint question) {
        return new Chance(seed, question, occurrence);
    }

    /** A fresh sequence of draws for this purpose. */
    public Draws draws(Purpose purpose) {
        return draws(purpose, 0);
    }

    /** A fresh sequence of draws for the {@code index}-th thing of this purpose, such as a choice. */
    public Draws draws(Purpose purpose, int index) {
        long mixed = Mix.fold(seed ^ request.high());
        mixed = Mix.fold(mixed ^ request.low());
        mixed = Mix.fold(mixed + occurrence);
        return new Draws(Mix.fold(mixed ^ purpose.mark << 32 ^ index));
    }
}
