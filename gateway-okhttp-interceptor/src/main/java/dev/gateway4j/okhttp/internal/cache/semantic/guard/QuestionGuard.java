package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.util.List;

/** The same thing asked for: who, what, when, where, why, how, how many. */
final class QuestionGuard implements Guard {
    @Override
    public boolean agree(Wording one, Wording other) {
        return asked(one).equals(asked(other));
    }

    private static List<String> asked(Wording wording) {
        return wording.meaning().stream()
                .filter(wording.lexicon().questions::containsKey)
                .map(word -> wording.lexicon().questions.getOrDefault(word, word))
                .distinct()
                .toList();
    }
}
