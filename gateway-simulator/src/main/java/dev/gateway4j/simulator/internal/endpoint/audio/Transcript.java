package dev.gateway4j.simulator.internal.endpoint.audio;

import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.ArrayList;
import java.util.List;

/**
 * What is heard in a recording.
 *
 * @param pieces the text
 * @param language its language, as an English word
 * @param seconds how long the recording is
 */
record Transcript(Pieces pieces, String language, double seconds) {
    /**
     * A part of the text with its time.
     *
     * @param text the part
     * @param start when it begins, in seconds
     * @param end when it ends
     */
    record Span(String text, double start, double end) {}

    String text() {
        return pieces.text();
    }

    /** The sentences, each as long as its letters. */
    List<Span> sentences() {
        String text = text();
        List<Span> spans = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean ends = ".!?。".indexOf(text.charAt(i)) >= 0 && (i + 1 == text.length() || text.charAt(i + 1) == ' ');
            if (ends || i + 1 == text.length()) {
                spans.add(span(text, from, i + 1));
                from = i + 1;
            }
        }
        return spans;
    }

    /** The words, without their punctuation. */
    List<Span> words() {
        String text = text();
        List<Span> spans = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length()
                    && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '\'' || text.charAt(i) == '-');
            if (inside && from < 0) {
                from = i;
            } else if (!inside && from >= 0) {
                spans.add(span(text, from, i));
                from = -1;
            }
        }
        return spans;
    }

    private Span span(String text, int from, int to) {
        return new Span(text.substring(from, to), at(from, text.length()), at(to, text.length()));
    }

    private double at(int letter, int letters) {
        return Math.rint(seconds * letter / letters * 100) / 100;
    }
}
