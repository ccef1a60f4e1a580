package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that a text is held against before the answer to a similar one is given to it. All guards have to agree. Immutable. */
public final class Guards {
    /** By name, for tests and messages. The cheap and telling ones first. */
    private static final List<Map.Entry<String, Guard>> ALL = List.of(
            Map.entry("numbers", new NumberGuard()),
            Map.entry("language", new LanguageGuard()),
            Map.entry("literals", new LiteralGuard()),
            Map.entry("dates", new DateGuard()),
            Map.entry("polarity", new PolarityGuard()),
            Map.entry("names", new NameGuard()),
            Map.entry("questions", new QuestionGuard()),
            Map.entry("direction", new DirectionGuard()),
            Map.entry("words", new WordGuard()));

    private final Wording asked;

    /** Guards what is asked now. */
    public Guards(String asked) {
        this.asked = Wording.of(asked);
    }

    /** True if the answer to the other text may be given to this one, as far as words can tell. */
    public boolean agree(String answered) {
        return objection(answered).isEmpty();
    }

    /** The name of the first guard that says no. */
    Optional<String> objection(String answered) {
        if (answered.equals(asked.text())) {
            return Optional.empty();
        }
        Wording other = Wording.of(answered, asked.language());
        Wording own = asked.language().equals(Language.UNSURE) ? Wording.of(asked.text(), other.language()) : asked;
        return ALL.stream()
                .filter(guard -> !guard.getValue().agree(own, other))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** True if the same numbers stand in both texts, in whatever order. */
    public static boolean sameFigures(String one, String other) {
        return NumberGuard.figures(Wording.of(one)).equals(NumberGuard.figures(Wording.of(other)));
    }
}
