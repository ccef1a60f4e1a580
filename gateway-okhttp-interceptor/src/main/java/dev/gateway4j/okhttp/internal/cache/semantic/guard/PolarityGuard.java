package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.util.List;

/** The same negations, and the same words of those that have an opposite, in the same order. */
final class PolarityGuard implements Guard {
    @Override
    public boolean agree(Wording one, Wording other) {
        return polarity(one).equals(polarity(other));
    }

    private static List<String> polarity(Wording wording) {
        return wording.meaning().stream()
                .filter(wording.lexicon().polarity::contains)
                .toList();
    }
}
