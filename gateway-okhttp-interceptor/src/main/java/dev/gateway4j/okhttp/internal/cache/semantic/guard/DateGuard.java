package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.util.List;

/** The same words that say when, in the same order: days, months, seasons, and those that count from now, such as {@code tomorrow}. */
final class DateGuard implements Guard {
    @Override
    public boolean agree(Wording one, Wording other) {
        return times(one).equals(times(other));
    }

    private static List<String> times(Wording wording) {
        return wording.meaning().stream()
                .filter(wording.lexicon().times::contains)
                .toList();
    }
}
