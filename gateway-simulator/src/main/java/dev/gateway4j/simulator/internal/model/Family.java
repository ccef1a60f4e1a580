package dev.gateway4j.simulator.internal.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the models of a family behave on the wire.
 *
 * @param prefix the beginning of their names
 * @param encoding how they count tokens
 * @param reasoning true if they reason, and refuse sampling parameters while they do
 * @param logprobsShown true if chat choices have a {@code logprobs} member even when it is null
 * @param fingerprintShown true if chat answers have a fingerprint that is not null
 * @param cacheWriteShown true if chat usage tells tokens written to the prompt cache
 * @param effort the reasoning effort where none is asked for
 * @param context the {@code reasoning.context} of responses
 * @param efforts the reasoning efforts it takes; empty for models that do not reason
 * @param grain reasoning tokens are multiples of this
 * @param cache how it caches prompts
 * @param framing the output tokens of a chat answer beside its text and its reasoning
 * @param vision how it counts pictures
 */
public record Family(
        String prefix,
        Encoding encoding,
        boolean reasoning,
        boolean logprobsShown,
        boolean fingerprintShown,
        boolean cacheWriteShown,
        Optional<String> effort,
        Optional<String> context,
        List<String> efforts,
        int grain,
        Cache cache,
        int framing,
        Vision vision) {
    /** Copies the list. */
    public Family {
        efforts = List.copyOf(efforts);
    }

    /** How prompts are cached. */
    public enum Cache {
        /** Not at all. */
        NONE,
        /** In steps of 128 tokens from 1,024 on, without being told. */
        STEPS,
        /** Up to breakpoints, with writes that are billed. */
        BREAKPOINTS
    }

    /**
     * How pictures are counted: in tiles of 512 pixels, each of so many tokens beside a base, or in patches of 32 pixels, each of so many
     * percent of a token.
     *
     * @param tiled true for tiles
     * @param base the tokens of any picture; 0 for patches
     * @param each the tokens of a tile, or the percentage of a patch
     */
    public record Vision(boolean tiled, int base, int each) {
        static Vision of(String cell) {
            String[] parts = cell.split(":", -1);
            return parts[0].equals("t")
                    ? new Vision(true, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
                    : new Vision(false, 0, Integer.parseInt(parts[1]));
        }
    }

    /** How text is cut into tokens. */
    public enum Encoding {
        /** {@code o200k_base}. */
        O200K,
        /** {@code cl100k_base}. */
        CL100K
    }

    static Family of(String line) {
        String[] cells = line.split(",", -1);
        return new Family(
                cells[0],
                cells[1].equals("cl100k") ? Encoding.CL100K : Encoding.O200K,
                cells[2].equals("yes"),
                cells[3].equals("shown"),
                cells[4].equals("shown"),
                cells[5].equals("shown"),
                value(cells[6]),
                value(cells[7]),
                cells[8].equals("-") ? List.of() : List.of(cells[8].split("\\|", -1)),
                Integer.parseInt(cells[9]),
                Cache.valueOf(cells[10].toUpperCase(Locale.ROOT)),
                Integer.parseInt(cells[11]),
                Vision.of(cells[12]));
    }

    private static Optional<String> value(String cell) {
        return cell.equals("-") ? Optional.empty() : Optional.of(cell);
    }
}
