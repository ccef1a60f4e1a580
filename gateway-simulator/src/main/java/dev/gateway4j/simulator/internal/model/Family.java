package dev.gateway4j.simulator.internal.model;

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
 */
public record Family(
        String prefix,
        Encoding encoding,
        boolean reasoning,
        boolean logprobsShown,
        boolean fingerprintShown,
        boolean cacheWriteShown,
        Optional<String> effort,
        Optional<String> context) {
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
                value(cells[7]));
    }

    private static Optional<String> value(String cell) {
        return cell.equals("-") ? Optional.empty() : Optional.of(cell);
    }
}
