package dev.gateway4j.simulator.internal.data;

import java.util.Map;
import java.util.TreeMap;

/** Pieces of a text that are to be replaced, none of which overlap. */
final class Spans {
    private final String text;
    private final TreeMap<Integer, Span> spans = new TreeMap<>();

    Spans(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    boolean free(int from, int to) {
        Map.Entry<Integer, Span> before = spans.lowerEntry(to);
        return before == null || before.getValue().to <= from;
    }

    void put(int from, int to, String replacement) {
        spans.put(from, new Span(to, replacement));
    }

    String replaced() {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        for (Map.Entry<Integer, Span> span : spans.entrySet()) {
            out.append(text, at, span.getKey()).append(span.getValue().replacement);
            at = span.getValue().to;
        }
        return out.append(text, at, text.length()).toString();
    }

    private record Span(int to, String replacement) {}
}
