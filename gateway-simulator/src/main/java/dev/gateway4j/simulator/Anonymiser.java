package dev.gateway4j.simulator;

import dev.gateway4j.simulator.internal.data.Mask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes out of production samples what tells who somebody is: e-mail addresses, names, phone numbers, numbers of cards and accounts (IBAN),
 * ids, keys and IP addresses. The same value becomes the same replacement everywhere, by the seed; the form stays, check digits are right
 * and addresses are of ranges nobody has. JSON keeps its structure. Names are found by titles, introductions, common first names and
 * members such as {@code full_name}; what only a person would know to be a name is not found, so look at the result.
 *
 * <pre>{@code
 * Anonymiser.Report report = Anonymiser.seeded(7).copy(Path.of("prod.jsonl"), Path.of("samples.jsonl"));
 * simulator.seedData().load(Path.of("samples.jsonl"));
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class Anonymiser {
    private final Mask mask;

    private Anonymiser(long seed) {
        this.mask = new Mask(seed);
    }

    /** An anonymiser whose replacements depend on this seed, which is best kept as secret as the samples. */
    public static Anonymiser seeded(long seed) {
        return new Anonymiser(seed);
    }

    /** The text, plain or JSON, with everything replaced. */
    public String text(String text) {
        mask.learn(text);
        return mask.line(text);
    }

    /** The lines, plain or JSON, with everything replaced; a name that one of them shows is replaced in all. */
    public List<String> lines(List<String> lines) {
        lines.forEach(mask::learn);
        List<String> masked = new ArrayList<>(lines.size());
        lines.forEach(line -> masked.add(mask.line(line)));
        return List.copyOf(masked);
    }

    /**
     * Copies a file line by line with everything replaced. It is read twice, and never as a whole.
     *
     * @param from a text or JSON lines, in UTF-8
     * @param to the copy; replaced if it is there
     * @return what was replaced so far
     * @throws IllegalArgumentException if both are the same file
     * @throws IOException if a file cannot be read or written
     */
    public Report copy(Path from, Path to) throws IOException {
        if (Files.exists(to) && Files.isSameFile(from, to)) {
            throw new IllegalArgumentException(to + " is the file that is read; name another for the copy");
        }
        try (BufferedReader reader = Files.newBufferedReader(from)) {
            reader.lines().forEach(mask::learn);
        }
        try (BufferedReader reader = Files.newBufferedReader(from);
                Writer writer = Files.newBufferedWriter(to)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                writer.write(mask.line(line));
                writer.write('\n');
            }
        }
        return report();
    }

    /** What was replaced so far. */
    public Report report() {
        return new Report(mask.counts(), mask.distinct());
    }

    /**
     * What was replaced.
     *
     * @param replaced how often, by kind: {@code card}, {@code email}, {@code iban}, {@code id}, {@code ip}, {@code name}, {@code phone},
     *     {@code secret}; sorted
     * @param distinct how many different values
     */
    public record Report(Map<String, Long> replaced, int distinct) {
        /** Copies the map. */
        public Report {
            replaced = Collections.unmodifiableMap(new TreeMap<>(replaced));
        }

        /** One line, such as {@code 3 email, 1 phone (4 different values)}. */
        @Override
        public String toString() {
            List<String> parts = new ArrayList<>();
            replaced.forEach((kind, count) -> parts.add(count + " " + kind));
            return (parts.isEmpty() ? "nothing" : String.join(", ", parts)) + " (" + distinct + " different values)";
        }
    }
}
