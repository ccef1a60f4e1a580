package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.util.ArrayList;
import java.util.List;

/** The same on either side of words such as {@code than}, {@code from} and {@code versus}. */
final class DirectionGuard implements Guard {
    @Override
    public boolean agree(Wording one, Wording other) {
        return sides(one).equals(sides(other));
    }

    private static List<String> sides(Wording wording) {
        List<String> meaning = wording.meaning();
        List<String> sides = new ArrayList<>();
        for (int i = 0; i < meaning.size(); i++) {
            if (wording.lexicon().directions.contains(meaning.get(i))) {
                sides.add(i > 0 ? meaning.get(i - 1) : "");
                sides.add(meaning.get(i));
                sides.add(i + 1 < meaning.size() ? meaning.get(i + 1) : "");
            }
        }
        return sides;
    }
}
