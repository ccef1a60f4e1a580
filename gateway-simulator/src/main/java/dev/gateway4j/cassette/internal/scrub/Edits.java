package dev.gateway4j.cassette.internal.scrub;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places of a text that are to be replaced, in any order; where they overlap, all of them goes. Used by one thread at a time. */
final class Edits {
    private final String text;
    private final boolean keepLength;
    private final List<Edit> edits = new ArrayList<>();

    /** Edits of this text; if lengths are to be kept, a filler stands for whatever goes. */
    Edits(String text, boolean keepLength) {
        this.text = text;
        this.keepLength = keepLength;
    }

    String text() {
        return text;
    }

    boolean keepLength() {
        return keepLength;
    }

    boolean isEmpty() {
        return edits.isEmpty();
    }

    /** Replaces a place, unless that is what stands there. */
    void put(int from, int to, String with) {
        String fitting = keepLength && with.length() != to - from ? Shapes.filler(to - from) : with;
        boolean same = fitting.length() == to - from && text.startsWith(fitting, from);
        if (!same && !Shapes.isFiller(text, from, to)) {
            edits.add(new Edit(from, to, fitting));
        }
    }

    /** Gives up what would break the JSON that the text is, or that stands on a line of it. */
    void fence() {
        List<Edit> fenced = Fences.fenced(text, edits);
        if (fenced != edits) {
            edits.clear();
            fenced.forEach(edit -> put(edit.from, edit.to, edit.with));
        }
    }

    /** The places from left to right, none of which overlap. */
    List<Edit> settled() {
        List<Edit> sorted = new ArrayList<>(edits);
        sorted.sort(Comparator.comparingInt(Edit::from));
        List<Edit> settled = new ArrayList<>();
        for (Edit edit : sorted) {
            Edit last = settled.isEmpty() ? null : settled.get(settled.size() - 1);
            if (last != null && edit.from < last.to) {
                settled.set(settled.size() - 1, together(last, edit));
            } else {
                settled.add(edit);
            }
        }
        return settled;
    }

    private Edit together(Edit one, Edit other) {
        int to = Math.max(one.to, other.to);
        String with = other.to - other.from > one.to - one.from ? other.with : one.with;
        return new Edit(one.from, to, keepLength ? Shapes.filler(to - one.from) : with);
    }

    String applied() {
        if (edits.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        for (Edit edit : settled()) {
            out.append(text, at, edit.from).append(edit.with);
            at = edit.to;
        }
        return out.append(text, at, text.length()).toString();
    }

    /**
     * A place and what comes there.
     *
     * @param from its first character
     * @param to the one after its last
     * @param with what comes there
     */
    record Edit(int from, int to, String with) {}
}
