package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into pieces of a few words, as a model would say them. */
final class Pieces {
    private static final int MAX_WORDS = 4;
    private static final int MAX_CHARS = 48;

    private Pieces() {}

    /** The pieces, in order; none of an empty text. No code point is cut. */
    static List<String> of(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        int words = 0;
        for (int i = 0; i < text.length(); i++) {
            words += text.charAt(i) == ' ' ? 1 : 0;
            boolean full = words == MAX_WORDS || i - start >= MAX_CHARS;
            if (full && i > start && !isInside(text, i)) {
                pieces.add(text.substring(start, i));
                start = i;
                words = 0;
            }
        }
        if (start < text.length()) {
            pieces.add(text.substring(start));
        }
        return pieces;
    }

    private static boolean isInside(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at - 1)) && Character.isLowSurrogate(text.charAt(at));
    }
}
