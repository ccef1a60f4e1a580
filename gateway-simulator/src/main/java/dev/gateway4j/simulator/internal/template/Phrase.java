package dev.gateway4j.simulator.internal.template;

import com.samskivert.mustache.Template;
import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A text with names in it that stand for something else in each answer. Thread-safe. */
public final class Phrase {
    /** Says nothing. */
    public static final Phrase EMPTY = compile("");

    private final Template template;

    private Phrase(Template template) {
        this.template = template;
    }

    /**
     * A phrase.
     *
     * @param firstLine the line of the file on which the text begins
     * @param problems takes what is wrong
     */
    public static Optional<Phrase> compile(String text, int firstLine, Problems problems) {
        return TemplateText.compile(text, firstLine, problems).map(Phrase::new);
    }

    /**
     * A phrase.
     *
     * @throws IllegalArgumentException with every problem, if it does not work
     */
    public static Phrase compile(String text) {
        List<ConfigProblem> list = new ArrayList<>();
        return compile(text, 1, new Problems("template", "text", list))
                .orElseThrow(() -> new IllegalArgumentException(String.join(
                        "; ", list.stream().map(ConfigProblem::message).toList())));
    }

    /** What it says to this question. One line break at its end belongs to the file it stands in. */
    public String say(Ask ask, Chance chance, int index, Counters counters) {
        return say(Helpers.values(ask, chance, index, counters));
    }

    String say(Object values) {
        return template.execute(values).replaceFirst("\\R$", "");
    }
}
