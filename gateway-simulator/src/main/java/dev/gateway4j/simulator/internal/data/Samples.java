package dev.gateway4j.simulator.internal.data;

import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.embed.Embedder;
import dev.gateway4j.simulator.internal.journal.Notes;
import dev.gateway4j.simulator.internal.plan.Draft;
import dev.gateway4j.simulator.internal.plan.TextSource;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.Talk;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers from samples: the one whose question is the same but for case and white space, else the one whose question is nearest, if it is
 * near enough. Thread-safe.
 */
public final class Samples implements TextSource {
    /** The most samples that are kept. */
    public static final int MOST = 10_000;

    private static final String MODEL = "text-embedding-3-small";
    private static final int DIMENSIONS = 256;
    private static final double THRESHOLD = 0.8;

    private final Tokens tokens;
    private final Notes notes;
    private volatile Kept kept = Kept.NONE;
    private volatile double threshold = THRESHOLD;

    /** No samples yet. */
    public Samples(Tokens tokens, Notes notes) {
        this.tokens = tokens;
        this.notes = notes;
    }

    /**
     * Adds samples.
     *
     * @throws IllegalArgumentException if they were more than {@value #MOST} then
     */
    public void add(List<Sample> more) {
        List<Sample> all = new ArrayList<>(kept.samples);
        all.addAll(more);
        if (all.size() > MOST) {
            throw new IllegalArgumentException(
                    "there would be " + all.size() + " samples; at most " + MOST + " are kept, leave some out");
        }
        kept = Kept.of(all);
    }

    /** Forgets all samples and how near a question must be. */
    public void clear() {
        kept = Kept.NONE;
        threshold = THRESHOLD;
    }

    /** How many there are. */
    public int size() {
        return kept.samples.size();
    }

    /** Sets how near a question must be, from 0 to 1. */
    public void threshold(double least) {
        threshold = least;
    }

    @Override
    public Optional<Draft> draft(Ask ask, Chance chance, int index) {
        Kept now = kept;
        if (now.samples.isEmpty()) {
            return Optional.empty();
        }
        Conversation said = Talk.of(ask);
        String question = said.lastUserMessage();
        String model = ask.body().path("model").asText(ask.model().id());
        return now.exact(question, model, said.system())
                .map(sample -> new Found(sample, 1))
                .or(() -> now.nearest(question, model, said.system(), threshold))
                .map(found -> draft(found, ask, chance));
    }

    private Draft draft(Found found, Ask ask, Chance chance) {
        String near = found.similarity == 1 ? "" : String.format(Locale.ROOT, ", similarity %.2f", found.similarity);
        notes.of(chance).answeredBy("sample " + found.sample.source() + near);
        return Draft.of(tokens.pieces(ask.model().family().encoding(), found.sample.answer()));
    }

    private record Found(Sample sample, double similarity) {}

    /** Samples, and their questions by text and by vector. */
    private record Kept(List<Sample> samples, Map<String, List<Sample>> byPrompt, List<float[]> vectors) {
        static final Kept NONE = new Kept(List.of(), Map.of(), List.of());

        static Kept of(List<Sample> samples) {
            Map<String, List<Sample>> byPrompt = new HashMap<>();
            List<float[]> vectors = new ArrayList<>(samples.size());
            for (Sample sample : samples) {
                String prompt = Sample.normal(sample.prompt());
                byPrompt.computeIfAbsent(prompt, key -> new ArrayList<>(1)).add(sample);
                vectors.add(Embedder.embed(MODEL, prompt, DIMENSIONS));
            }
            return new Kept(List.copyOf(samples), Map.copyOf(byPrompt), List.copyOf(vectors));
        }

        /** The last one that fits, so that what is added later counts. */
        Optional<Sample> exact(String question, String model, String system) {
            return byPrompt.getOrDefault(Sample.normal(question), List.of()).stream()
                    .filter(sample -> fits(sample, model, system))
                    .reduce((first, later) -> later);
        }

        Optional<Found> nearest(String question, String model, String system, double least) {
            float[] asked = Embedder.embed(MODEL, Sample.normal(question), DIMENSIONS);
            Optional<Found> best = Optional.empty();
            double nearest = least;
            for (int i = 0; i < samples.size(); i++) {
                double similarity = similarity(asked, vectors.get(i));
                if (similarity >= nearest && fits(samples.get(i), model, system)) {
                    best = Optional.of(new Found(samples.get(i), similarity));
                    nearest = similarity;
                }
            }
            return best;
        }

        private static boolean fits(Sample sample, String model, String system) {
            return sample.model().map(glob -> glob(glob, model)).orElse(true)
                    && sample.system()
                            .map(text -> system.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                            .orElse(true);
        }

        private static boolean glob(String glob, String name) {
            return Pattern.matches(Pattern.quote(glob).replace("*", "\\E.*\\Q"), name);
        }

        private static double similarity(float[] a, float[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }
    }
}
