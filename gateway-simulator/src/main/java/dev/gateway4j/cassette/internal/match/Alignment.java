package dev.gateway4j.cassette.internal.match;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Which items of two lists belong together, so that an inserted one is not reported as a change of all that follow. */
final class Alignment {
    /** Longer lists are compared item by item: a table of more cells would take too long. */
    private static final int CELLS = 40_000;

    private final JsonNode recorded;
    private final JsonNode asked;
    private final List<BodyRules.Place> at;
    private final List<Pair> pairs = new ArrayList<>();

    private Alignment(JsonNode recorded, JsonNode asked, List<BodyRules.Place> at) {
        this.recorded = recorded;
        this.asked = asked;
        this.at = at;
    }

    /**
     * Two items that belong together.
     *
     * @param recorded the place of the recording's, -1 if it has none
     * @param asked the place of the request's, -1 if it has none
     */
    record Pair(int recorded, int asked) {}

    /** The pairs that may differ, in order. */
    static List<Pair> of(JsonNode recorded, JsonNode asked, List<BodyRules.Place> at) {
        Alignment alignment = new Alignment(recorded, asked, at);
        alignment.align();
        return alignment.pairs;
    }

    private void align() {
        int from = 0;
        int most = Math.max(recorded.size(), asked.size());
        while (from < most && same(from, from)) {
            from++;
        }
        int mine = recorded.size();
        int theirs = asked.size();
        while (mine > from && theirs > from && same(mine - 1, theirs - 1)) {
            mine--;
            theirs--;
        }
        long cells = (long) (mine - from) * (theirs - from);
        if (cells > CELLS || cells <= 1) {
            gap(from, mine, from, theirs);
        } else {
            table(from, mine, theirs);
        }
    }

    /** The longest list that both hold, found from the end backwards; what lies between is paired as it stands. */
    private void table(int from, int mine, int theirs) {
        int rows = mine - from;
        int columns = theirs - from;
        boolean[][] same = new boolean[rows][columns];
        int[][] longest = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                same[i][j] = same(from + i, from + j);
                longest[i][j] = same[i][j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        int gapMine = 0;
        int gapTheirs = 0;
        while (i < rows && j < columns) {
            if (same[i][j] && longest[i][j] == longest[i + 1][j + 1] + 1) {
                gap(from + gapMine, from + i, from + gapTheirs, from + j);
                gapMine = ++i;
                gapTheirs = ++j;
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        gap(from + gapMine, mine, from + gapTheirs, theirs);
    }

    private void gap(int mine, int mineTo, int theirs, int theirsTo) {
        int i = mine;
        int j = theirs;
        while (i < mineTo || j < theirsTo) {
            pairs.add(new Pair(i < mineTo ? i : -1, j < theirsTo ? j : -1));
            i++;
            j++;
        }
    }

    private boolean same(int mine, int theirs) {
        return JsonDifferences.same(recorded.path(mine), asked.path(theirs), BodyRules.below(at, theirs));
    }
}
