package dev.gateway4j.cassette.internal.scrub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps JSON valid: what is replaced in it lies within one string, and splits no escape. */
final class Fences {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String text;
    private final boolean whole;
    private final NavigableMap<Integer, Literals.Literal> literals = new TreeMap<>();
    /** Lines that were looked at, by where they begin. */
    private final NavigableMap<Integer, Line> lines = new TreeMap<>();

    private Fences(String text) {
        this.text = text;
        this.whole = isJson(text);
        if (whole) {
            add(0, text.length());
        }
    }

    /** The edits that leave the JSON in this text valid, cut where they must be. */
    static List<Edits.Edit> fenced(String text, List<Edits.Edit> edits) {
        if (edits.isEmpty() || text.indexOf('"') < 0) {
            return edits;
        }
        Fences fences = new Fences(text);
        List<Edits.Edit> fenced = new ArrayList<>();
        edits.forEach(edit -> fences.fenced(edit).ifPresent(fenced::add));
        return fenced;
    }

    private Optional<Edits.Edit> fenced(Edits.Edit edit) {
        if (!whole && !isLine(edit.from())) {
            return Optional.of(edit);
        }
        Map.Entry<Integer, Literals.Literal> literal = literals.floorEntry(edit.from());
        if (literal == null || edit.to() > literal.getValue().to()) {
            return Optional.empty();
        }
        // What begins within an escape is found where it truly begins once the escapes are taken off.
        int to = escape(literal.getKey(), edit.to());
        return escape(literal.getKey(), edit.from()) < edit.from() || to <= edit.from()
                ? Optional.empty()
                : Optional.of(new Edits.Edit(edit.from(), to, edit.with()));
    }

    private boolean isLine(int at) {
        Map.Entry<Integer, Line> before = lines.floorEntry(at);
        return (before != null && at <= before.getValue().to ? before.getValue() : line(at)).json;
    }

    private Line line(int at) {
        int from = text.lastIndexOf('\n', at - 1) + 1;
        int end = text.indexOf('\n', at);
        int to = end < 0 ? text.length() : end;
        int begin = text.startsWith("data:", from) ? from + 5 : from;
        Line line = new Line(to, begin <= to && isJson(text.substring(begin, to)));
        if (line.json) {
            add(begin, to);
        }
        lines.put(from, line);
        return line;
    }

    private void add(int from, int to) {
        for (Literals.Literal literal : Literals.of(text.substring(from, to))) {
            literals.put(from + literal.from(), literal.moved(from));
        }
    }

    /** Where the escape begins in whose middle a place is; the place itself if it is in none. */
    private int escape(int from, int at) {
        for (int back = 1; back < 6 && at - back >= from; back++) {
            if (text.charAt(at - back) == '\\') {
                int slashes = at - back;
                while (slashes > from && text.charAt(slashes - 1) == '\\') {
                    slashes--;
                }
                boolean begins = (at - back - slashes) % 2 == 0;
                boolean inside = back == 1 || text.charAt(at - back + 1) == 'u';
                return begins && inside ? at - back : at;
            }
        }
        return at;
    }

    private static boolean isJson(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || "{[\"".indexOf(stripped.charAt(0)) < 0) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(stripped)) {
            while (parser.nextToken() != null) {
                parser.skipChildren();
            }
            return true;
        } catch (IOException e) {
            return false; // any text
        }
    }

    private record Line(int to, boolean json) {}
}
