package dev.gateway4j.simulator.internal.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.plan.Draft;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.plan.TextSource;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Format;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.schema.Hints;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has an answer to anything. In this order: calls of tools where they must or seem to be made, JSON where it is asked for, what tools
 * returned, what the prompt says is to be said, and else whole sentences in the language of the prompt. Thread-safe.
 */
public final class GeneratedText implements TextSource {
    private static final int SHORTEST = 20;
    private static final int SPREAD = 90;

    private final Tokens tokens;
    private final Corpus corpus;
    private final ToolCalls calls;

    /** Cuts its sentences with this tokenizer. */
    public GeneratedText(Tokens tokens) {
        this.tokens = tokens;
        this.corpus = new Corpus(tokens);
        this.calls = new ToolCalls(tokens);
    }

    @Override
    public Optional<Draft> draft(Ask ask, Chance chance, int index) {
        Chance asked = chance.about(ask.question());
        Language language = Language.of(ask.conversation().lastUserMessage());
        List<Tool> tools = ask.tools().list().isEmpty() ? List.of() : ToolChooser.choose(ask);
        List<PlannedCall> called = List.of();
        if (!tools.isEmpty()) {
            Hints hints = Hints.of(ask.conversation().lastUserMessage(), language.code());
            called = calls.of(ask, tools, hints.forCall(), asked.draws(Chance.Purpose.SCHEMA, index));
        }
        // What OpenAI runs itself comes with an answer; what the application runs comes before one.
        boolean waits = called.stream().anyMatch(call -> call.kind() != Tool.Kind.HOSTED);
        Pieces text = waits ? Pieces.NONE : text(ask, asked, language, index);
        return Optional.of(
                new Draft(text, Pieces.NONE, called, summary(ask), Optional.empty(), Draft.UsageOverride.NONE));
    }

    private Pieces text(Ask ask, Chance asked, Language language, int index) {
        String prompt = ask.conversation().lastUserMessage();
        if (ask.format().kind() != Format.Kind.TEXT) {
            Hints hints = Hints.of(prompt, language.code());
            return cut(ask, JsonAnswers.of(ask, hints, asked.draws(Chance.Purpose.SCHEMA, index)));
        }
        if (ToolChooser.answered(ask)) {
            return cut(ask, ToolResults.told(ask, language));
        }
        Optional<String> literal = Literal.of(prompt);
        if (literal.isPresent()) {
            return cut(ask, literal.get());
        }
        Draws draws = asked.draws(Chance.Purpose.TEXT, index);
        Corpus.Sentences sentences =
                corpus.sentences(language, ask.model().family().encoding());
        return written(sentences, draws, length(ask, draws));
    }

    private Pieces cut(Ask ask, String text) {
        return tokens.pieces(ask.model().family().encoding(), text);
    }

    private static int length(Ask ask, Draws draws) {
        String verbosity = ask.body()
                .path("verbosity")
                .asText(ask.body().path("text").path("verbosity").asText());
        int typical = SHORTEST + draws.below(SPREAD);
        return switch (verbosity) {
            case "low" -> typical / 3;
            case "high" -> typical * 3;
            default -> typical;
        };
    }

    /** What is told of the reasoning, where the request wants to know. */
    private Pieces summary(Ask ask) {
        JsonNode wanted = ask.body().path("reasoning").path("summary");
        if (!wanted.isTextual() || !ask.model().family().reasoning()) {
            return Pieces.NONE;
        }
        String heading = "**Considering the request**\n\n";
        String thought = "I look at what is asked and decide what belongs in the answer.";
        String more = " Then I check that nothing is missing and put it in a clear order.";
        return cut(ask, heading + thought + (wanted.asText().equals("concise") ? "" : more));
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
