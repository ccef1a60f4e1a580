package dev.gateway4j.cassette.internal.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What stands between the quotation marks of a text. Escapes are taken off piece by piece: taken off everywhere at once, nobody could tell
 * the end of a string from a quotation mark that is said in it.
 */
final class Pieces {
    private static final int SHORTEST = 3;

    private Pieces() {}

    /** Every piece with an escape of JSON, without its escapes. */
    static List<View> json(String text) {
        return text.indexOf('\\') < 0 ? List.of() : all(text, Pieces::json);
    }

    /** Every piece with an escape of URLs, without these. */
    static List<View> percent(String text) {
        return text.indexOf('%') < 0 ? List.of() : all(text, Pieces::percent);
    }

    private static Optional<View> json(String text, Piece piece) {
        int at = Chars.find(text, "\\", piece.from, piece.to);
        return at < 0 ? Optional.empty() : Optional.of(View.json(text, piece.from, piece.to));
    }

    private static Optional<View> percent(String text, Piece piece) {
        int at = Chars.find(text, "%", piece.from, piece.to);
        while (at >= 0 && !View.isPercent(text, at)) {
            at = Chars.find(text, "%", at + 1, piece.to);
        }
        return at < 0 ? Optional.empty() : Optional.of(View.percent(text, piece.from, piece.to));
    }

    private static List<View> all(String text, BiFunction<String, Piece, Optional<View>> view) {
        List<View> views = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = end(text, from);
            if (to - from >= SHORTEST) {
                view.apply(text, new Piece(from, to)).ifPresent(views::add);
            }
            from = to + 1;
        }
        return views;
    }

    private static int end(String text, int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) != '"') {
            to += text.charAt(to) == '\\' ? 2 : 1;
        }
        return Math.min(to, text.length());
    }

    private record Piece(int from, int to) {}
}
