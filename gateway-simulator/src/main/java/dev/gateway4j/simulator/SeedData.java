package dev.gateway4j.simulator;

import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.simulator.internal.data.Sample;
import dev.gateway4j.simulator.internal.data.SampleFile;
import dev.gateway4j.simulator.internal.data.Samples;
import dev.gateway4j.simulator.internal.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Samples of questions and answers, asked after scenarios and templates and before text is generated. A question that is the same as that
 * of a sample, but for case and white space, gets its answer; else that of the nearest sample, if the cosine of both embeddings is at least
 * the threshold, 0.8 unless set. At most 10,000 samples. Thread-safe.
 */
public final class SeedData {
    private final Samples samples;

    SeedData(Samples samples) {
        this.samples = samples;
    }

    /** Adds one sample. */
    public SeedData add(String prompt, String answer) {
        samples.add(List.of(new Sample(prompt, answer, Optional.empty(), Optional.empty(), "code")));
        return this;
    }

    /**
     * Adds the samples of a file. CSV begins with a line of column names, {@code prompt,answer[,model][,system]}; JSON lines hold the same
     * members, or a recorded {@code request} and {@code response}. The model may hold {@code *}; the system text must be part of what the
     * operator says.
     *
     * @throws GatewayConfigException with every problem and its line, if the file does not work; then none is added
     */
    public SeedData load(Path file) {
        List<ConfigProblem> list = new ArrayList<>();
        String name = String.valueOf(file.getFileName());
        Problems problems = new Problems("seed data", name, list);
        try {
            List<Sample> read = SampleFile.read(name, Files.readString(file), problems);
            if (samples.size() + read.size() > Samples.MOST) {
                problems.add("with " + read.size() + " samples more there would be over " + Samples.MOST
                        + "; leave some out");
            }
            if (list.isEmpty()) {
                samples.add(read);
                return this;
            }
        } catch (IOException e) {
            problems.add("the file cannot be read as UTF-8: " + e);
        }
        throw new GatewayConfigException(list);
    }

    /**
     * Sets how near a question must be to that of a sample.
     *
     * @param cosine from 0 to 1; 1 for equal questions only
     */
    public SeedData threshold(double cosine) {
        if (!(cosine >= 0 && cosine <= 1)) {
            throw new IllegalArgumentException("the threshold is " + cosine + "; a similarity lies between 0 and 1");
        }
        samples.threshold(cosine);
        return this;
    }

    /** How many samples there are. */
    public int size() {
        return samples.size();
    }

    /** Forgets all samples; the threshold is 0.8 again. */
    public void clear() {
        samples.clear();
    }
}
