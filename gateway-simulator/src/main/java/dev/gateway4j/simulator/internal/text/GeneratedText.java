package dev.gateway4j.simulator.internal.text;

import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.plan.Draft;
import dev.gateway4j.simulator.internal.plan.TextSource;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says something plausible to anything: whole sentences, between about 20 and 120 tokens, in the language of the prompt. Thread-safe. */
public final class GeneratedText implements TextSource {
    private static final int SHORTEST = 20;
    private static final int SPREAD = 90;

    private final Corpus corpus;

    /** Cuts its sentences with this tokenizer. */
    public GeneratedText(Tokens tokens) {
        this.corpus = new Corpus(tokens);
    }

    @Override
    public Optional<Draft> draft(Ask ask, Chance chance, int index) {
        Draws draws = chance.about(ask.question()).draws(Chance.Purpose.TEXT, index);
        Language language = Language.of(ask.conversation().lastUserMessage());
        Corpus.Sentences sentences =
                corpus.sentences(language, ask.model().family().encoding());
        return Optional.of(Draft.of(written(sentences, draws, SHORTEST + draws.below(SPREAD))));
    }

    private static Pieces written(Corpus.Sentences sentences, Draws draws, int enough) {
        int count = sentences.opening().size();
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        List<Piece> pieces = new ArrayList<>(enough + 32);
        for (int used = 0; used < count && pieces.size() < enough; used++) {
            int pick = used + draws.below(count - used);
            int sentence = order[pick];
            order[pick] = order[used];
            pieces.addAll((used == 0 ? sentences.opening() : sentences.following())
                    .get(sentence)
                    .list());
        }
        return Pieces.of(pieces);
    }
}
