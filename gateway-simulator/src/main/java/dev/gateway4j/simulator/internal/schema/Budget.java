package dev.gateway4j.simulator.internal.schema;

/**
 * How much work one schema is worth, since clients write schemas and some would never end. Used by one thread at a time; who has spent it
 * all is refused from then on.
 */
final class Budget {
    private static final int STEPS = 1_000_000;
    private static final int LETTERS = 40_000_000;

    private long steps;
    private long letters;

    /** Pays for looking at so many parts of the schema. */
    void steps(int count, String at) {
        steps += count;
        if (steps > STEPS) {
            throw new UnsatisfiableSchema(at, "the schema is too entangled to find a value for it");
        }
    }

    /** Pays for reading or writing so many characters of a text. */
    void letters(int count, String at) {
        letters += count;
        if (letters > LETTERS) {
            throw new UnsatisfiableSchema(at, "its texts and patterns take too long");
        }
    }
}
