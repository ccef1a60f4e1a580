package dev.gateway4j.simulator.internal.tokens;

import java.util.List;

/**
 * A text whose tokens are known.
 *
 * @param list its pieces in order
 * @param tokens how many tokens they are together
 */
public record Pieces(List<Piece> list, int tokens) {
    /** No text. */
    public static final Pieces NONE = new Pieces(List.of(), 0);

    /** Copies the list. */
    public Pieces {
        list = List.copyOf(list);
    }

    /** The text made of these pieces. */
    public static Pieces of(List<Piece> list) {
        int tokens = 0;
        for (Piece piece : list) {
            tokens += piece.tokens();
        }
        return new Pieces(list, tokens);
    }

    /** True if there is no text. */
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** The whole text. */
    public String text() {
        StringBuilder text = new StringBuilder(list.size() * 5);
        for (Piece piece : list) {
            text.append(piece.text());
        }
        return text.toString();
    }

    /**
     * The text up to a limit of fewer tokens than it has. A character that the limit cuts through is lost, its tokens are billed all the
     * same.
     */
    public Pieces first(int limit) {
        int whole = 0;
        int count = 0;
        while (whole < list.size() && count + list.get(whole).tokens() <= limit) {
            count += list.get(whole).tokens();
            whole++;
        }
        return new Pieces(list.subList(0, whole), limit);
    }
}
