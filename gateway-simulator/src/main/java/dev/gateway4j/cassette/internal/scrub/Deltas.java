package dev.gateway4j.cassette.internal.scrub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a stream says when the pieces in its events are put together. A model writes a word in several of them, so none of these alone shows
 * what is in it.
 */
final class Deltas {
    private static final Set<String> PIECES = Set.of(
            "content",
            "delta",
            "text",
            "arguments",
            "partial_json",
            "thinking",
            "reasoning",
            "reasoning_content",
            "refusal",
            "transcript",
            "input",
            "response",
            "completion",
            "output");
    /** An event with more of them is no piece of a text but all of it. */
    private static final int MOST_PIECES = 16;

    private static final int LONGEST_PLACE = 256;

    private Deltas() {}

    /** True if the text may be a stream: of events, or of lines of JSON. */
    static boolean isStream(String text) {
        return text.startsWith("data:") || text.contains("\ndata:") || text.contains("\n{");
    }

    /** Every text that came in more than one piece. */
    static List<Joined> of(String text) {
        List<Literals.Literal> literals = Literals.of(text);
        Map<String, List<Literals.Literal>> texts = new LinkedHashMap<>();
        int i = 0;
        while (i < literals.size()) {
            int line = lineOf(text, literals.get(i).from());
            int lineEnd = text.indexOf('\n', literals.get(i).from());
            int end = i;
            while (end < literals.size() && (lineEnd < 0 || literals.get(end).from() < lineEnd)) {
                end++;
            }
            if (text.startsWith("data:", line) || text.startsWith("{", line)) {
                event(text, literals.subList(i, end), texts);
            }
            i = end;
        }
        return joined(text, texts.values());
    }

    private static int lineOf(String text, int at) {
        return text.lastIndexOf('\n', at) + 1;
    }

    private static void event(String text, List<Literals.Literal> event, Map<String, List<Literals.Literal>> texts) {
        Map<String, Literals.Literal> pieces = pieces(text, event);
        if (pieces.isEmpty() || pieces.size() > MOST_PIECES) {
            return;
        }
        String place = place(text, event);
        pieces.forEach((name, piece) ->
                texts.computeIfAbsent(name + place, any -> new ArrayList<>()).add(piece));
    }

    private static Map<String, Literals.Literal> pieces(String text, List<Literals.Literal> event) {
        Map<String, Literals.Literal> pieces = new LinkedHashMap<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i + 1 < event.size() && pieces.size() <= MOST_PIECES; i++) {
            Literals.Literal name = event.get(i);
            Literals.Literal value = event.get(i + 1);
            if (name.name() && name.value() == value.from() - 1) {
                String called = name.said(text);
                if (PIECES.contains(called)) {
                    pieces.put(called + seen.merge(called, 1, Integer::sum), value);
                }
            }
        }
        return pieces;
    }

    /** What tells the pieces of one text from those of another: the types and the indices in the event. */
    private static String place(String text, List<Literals.Literal> event) {
        StringBuilder place = new StringBuilder();
        for (int i = 0; i < event.size() && place.length() < LONGEST_PLACE; i++) {
            Literals.Literal name = event.get(i);
            if (!name.name()) {
                continue;
            }
            if (text.startsWith("index", name.to() - 5)) {
                int to = Chars.end(text, name.value(), Chars.DIGIT);
                place.append('|').append(text, name.value(), to);
            } else if (name.said(text).equals("type") && i + 1 < event.size()) {
                place.append('|').append(event.get(i + 1).said(text));
                place.setLength(Math.min(place.length(), LONGEST_PLACE));
            }
        }
        return place.toString();
    }

    private static List<Joined> joined(String text, Collection<List<Literals.Literal>> texts) {
        List<Joined> joined = new ArrayList<>();
        for (List<Literals.Literal> pieces : texts) {
            if (pieces.size() > 1) {
                joined.add(Joined.of(text, pieces));
            }
        }
        return joined;
    }

    /**
     * Pieces put together.
     *
     * @param text what they say together
     * @param views the pieces
     * @param from where in the text each of them begins
     */
    record Joined(String text, List<View> views, List<Integer> from) {
        static Joined of(String text, List<Literals.Literal> pieces) {
            StringBuilder said = new StringBuilder();
            List<View> views = new ArrayList<>();
            List<Integer> from = new ArrayList<>();
            for (Literals.Literal piece : pieces) {
                View view = View.json(text, piece.from(), piece.to());
                from.add(said.length());
                views.add(view);
                said.append(view.text());
            }
            return new Joined(said.toString(), views, from);
        }

        /** Does in the pieces what these edits do to the whole. */
        void put(List<Edits.Edit> edits, Edits outer) {
            int piece = 0;
            for (Edits.Edit edit : edits) {
                while (piece + 1 < views.size() && from.get(piece + 1) <= edit.from()) {
                    piece++;
                }
                String with = View.quoted(edit.with());
                for (int i = piece; i < views.size() && from.get(i) < edit.to(); i++) {
                    View view = views.get(i);
                    int begin = Math.max(edit.from() - from.get(i), 0);
                    int end = Math.min(edit.to() - from.get(i), view.text().length());
                    if (end > begin) {
                        outer.put(view.at()[begin], view.at()[end], with);
                        with = "";
                    }
                }
            }
        }
    }
}
