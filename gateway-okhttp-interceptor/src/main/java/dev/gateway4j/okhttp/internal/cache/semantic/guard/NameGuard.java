package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import dev.gateway4j.okhttp.internal.cache.semantic.guard.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same capitals on the same words: {@code US} is not {@code us}, and {@code Windows} are not {@code windows}. Only a small word that
 * opens a sentence may have one for that reason alone, and {@code I} beside its verb may go without.
 */
final class NameGuard implements Guard {
    /** After these an {@code I} speaks of the speaker, not of a current or a numeral. */
    private static final Set<String> BEFORE_I = Set.of(
            "do", "did", "can", "could", "should", "would", "will", "may", "might", "must", "am", "was", "have", "had",
            "if", "when", "where", "why");

    @Override
    public boolean agree(Wording one, Wording other) {
        return names(one).equals(names(other));
    }

    private static List<String> names(Wording wording) {
        List<String> found = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        List<Token> asked = wording.asked();
        for (int i = 0; i < asked.size(); i++) {
            Token token = asked.get(i);
            int before = seen.merge(token.word(), 1, Integer::sum);
            boolean exempt = opens(token, i, wording.lexicon()) || isSpeaker(asked, i);
            if (token.is(Kind.WORD) && !exempt && token.text().codePoints().anyMatch(Character::isUpperCase)) {
                found.add(token.text() + " " + before);
            }
        }
        return found;
    }

    private static boolean opens(Token token, int at, Lexicon lexicon) {
        return (at == 0 || token.opens())
                && (lexicon.signs.contains(token.word()) || lexicon.questions.containsKey(token.word()))
                && token.text().codePoints().skip(1).noneMatch(Character::isUpperCase);
    }

    private static boolean isSpeaker(List<Token> asked, int at) {
        return asked.get(at).text().equals("I")
                && at > 0
                && BEFORE_I.contains(asked.get(at - 1).word());
    }
}
