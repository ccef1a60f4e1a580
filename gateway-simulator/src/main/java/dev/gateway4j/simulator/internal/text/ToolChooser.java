package dev.gateway4j.simulator.internal.text;

import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.request.Tools;
import dev.gateway4j.simulator.internal.request.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Decides which tools are called. One that must be is. Where none must be, those are whose names the last message of the user speaks of, or
 * else one that OpenAI runs and the message asks for in other words, or else the one whose description it shares two words with; but not
 * right after a result, so that every loop comes to its end.
 */
final class ToolChooser {
    private static final int MOST_ROUNDS = 6;
    private static final int BY_NAME = 100;
    private static final int WHOLE_NAME = 50;
    private static final int PART_OF_NAME = 10;
    private static final int DESCRIPTION_WORDS = 2;

    private final Ask ask;
    private final String prompt;
    private final List<String> said;

    private ToolChooser(Ask ask) {
        this.ask = ask;
        this.prompt = ask.conversation().lastUserMessage();
        this.said = Stems.telling(Stems.words(prompt));
    }

    /** The tools to call; empty for an answer in words. */
    static List<Tool> choose(Ask ask) {
        List<Tool> usable = ask.tools().usable();
        if (usable.isEmpty() || rounds(ask) >= MOST_ROUNDS) {
            return List.of();
        }
        boolean must = ask.tools().choice() == Tools.Choice.REQUIRED;
        return !must && answered(ask) ? List.of() : new ToolChooser(ask).chosen(usable, must);
    }

    /** True if the last message is a tool's. */
    static boolean answered(Ask ask) {
        List<Turn> turns = ask.conversation().turns();
        return !turns.isEmpty() && result(turns.get(turns.size() - 1));
    }

    static boolean result(Turn turn) {
        return turn.role().equals("tool")
                || turn.role().equals("function")
                || !turn.answers().isEmpty();
    }

    /** How often tools were called since the user spoke. */
    private static int rounds(Ask ask) {
        int rounds = 0;
        List<Turn> turns = ask.conversation().turns();
        for (int i = turns.size() - 1; i >= 0 && !turns.get(i).role().equals("user"); i--) {
            rounds += result(turns.get(i)) && !result(turns.get(i - 1 < 0 ? 0 : i - 1)) ? 1 : 0;
        }
        return rounds;
    }

    private List<Tool> chosen(List<Tool> usable, boolean must) {
        List<Scored> scored = new ArrayList<>();
        for (Tool tool : usable) {
            scored.add(new Scored(tool, score(tool)));
        }
        scored.sort(Comparator.comparingInt(Scored::score).reversed());
        int best = scored.get(0).score();
        if (best == 0) {
            return must ? List.of(callable(usable)) : List.of();
        }
        List<Tool> chosen = new ArrayList<>();
        for (Scored one : scored) {
            boolean fits = one.score() >= WHOLE_NAME && !covered(one.tool(), chosen);
            if (chosen.isEmpty() || (fits && ask.tools().parallel())) {
                chosen.add(one.tool());
            }
        }
        return chosen;
    }

    /** Where any will do, one that the application runs. */
    private static Tool callable(List<Tool> usable) {
        return usable.stream()
                .filter(tool -> tool.kind() != Tool.Kind.HOSTED)
                .findFirst()
                .orElse(usable.get(0));
    }

    private int score(Tool tool) {
        if (prompt.toLowerCase(Locale.ROOT).contains(tool.name().toLowerCase(Locale.ROOT))
                && tool.name().length() > 3) {
            return BY_NAME;
        }
        int cued = tool.kind() == Tool.Kind.HOSTED ? HostedCues.score(tool, prompt, PART_OF_NAME) : 0;
        if (cued > 0) {
            return cued;
        }
        List<String> name = Stems.telling(Stems.words(tool.name()));
        int met = (int) name.stream().filter(word -> Stems.anyLike(said, word)).count();
        if (met > 0) {
            return met == name.size() ? WHOLE_NAME + met : PART_OF_NAME + met;
        }
        List<String> description = Stems.telling(Stems.words(tool.description()));
        int shared = (int) description.stream()
                .distinct()
                .filter(word -> Stems.anyLike(said, word))
                .count();
        return shared >= DESCRIPTION_WORDS ? shared : 0;
    }

    /** True if another tool, already chosen, says all that this one's name says and more. */
    private static boolean covered(Tool tool, List<Tool> chosen) {
        List<String> name = Stems.telling(Stems.words(tool.name()));
        return chosen.stream()
                .map(other -> Stems.telling(Stems.words(other.name())))
                .anyMatch(other -> name.stream().allMatch(word -> Stems.anyLike(other, word)));
    }

    private record Scored(Tool tool, int score) {}
}
