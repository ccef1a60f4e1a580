package dev.gateway4j.simulator.internal.timing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where answers get their profile from: one for all, or a recorded call each. Immutable and thread-safe.
 *
 * <p>In text: a profile and what is changed about it, {@code gpt-4o}, {@code gpt-4o, speed=10}, {@code bad-hour, slots=16, max=20s}; for a
 * profile of one's own a file and the name of a line in it, {@code file:latency.csv#ours}; for recorded calls {@code recorded:calls.jsonl},
 * where each line is an object with {@code total_ms}, {@code output_tokens} and, for streams, {@code ttft_ms}.
 */
public final class Latency {
    private final List<LatencyProfile> profiles;

    private Latency(List<LatencyProfile> profiles) {
        this.profiles = List.copyOf(profiles);
    }

    /** Every answer by this profile. */
    public static Latency of(LatencyProfile profile) {
        return new Latency(List.of(profile));
    }

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException that says what is wrong and what would be right
     */
    public static Latency parse(String text) {
        String[] words = text.split(",", -1);
        Latency latency = new Latency(base(words[0].strip()));
        for (int i = 1; i < words.length; i++) {
            latency = latency.changed(words[i].strip());
        }
        return latency;
    }

    /** The profile of one answer. */
    public LatencyProfile profile(Draws draws) {
        return profiles.size() == 1 ? profiles.get(0) : profiles.get(draws.below(profiles.size()));
    }

    /** True if nothing takes any time. */
    public boolean instant() {
        return profiles.size() == 1 && profiles.get(0).instant();
    }

    /** How many answers are worked on at once; 0 for any number. */
    public int slots() {
        return profiles.get(0).slots();
    }

    private static List<LatencyProfile> base(String text) {
        if (text.startsWith("recorded:")) {
            return recorded(Path.of(text.substring("recorded:".length())));
        }
        if (text.startsWith("file:")) {
            return List.of(line(text));
        }
        Optional<LatencyProfile> known = LatencyProfile.named(text);
        if (known.isEmpty()) {
            throw new IllegalArgumentException("there is no latency profile \"" + text + "\"; choose one of "
                    + String.join(", ", LatencyProfile.names()) + ", file:FILE#NAME or recorded:FILE");
        }
        return List.of(known.get());
    }

    private Latency changed(String change) {
        int mark = change.indexOf('=');
        String name = mark < 0 ? change : change.substring(0, mark);
        String value = mark < 0 ? "" : change.substring(mark + 1);
        return switch (name) {
            case "speed" -> each(positive(change, value, ""), LatencyProfile::faster);
            case "slots" -> each(positive(change, value, ""), (profile, count) -> profile.withSlots((int) count));
            case "max" -> each(millis(change, value), LatencyProfile::withMax);
            default ->
                throw new IllegalArgumentException("\"" + change
                        + "\" changes nothing about a latency profile; known are speed=10, slots=16 and max=20s");
        };
    }

    private Latency each(double value, Change change) {
        return new Latency(
                profiles.stream().map(profile -> change.of(profile, value)).toList());
    }

    private static double millis(String change, String value) {
        return value.endsWith("ms") ? positive(change, value, "ms") : positive(change, value, "s") * 1000;
    }

    private static double positive(String change, String value, String unit) {
        if (value.endsWith(unit)) {
            try {
                double number = Double.parseDouble(value.substring(0, value.length() - unit.length()));
                if (number > 0 && Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Told below, like a number out of range.
            }
        }
        throw new IllegalArgumentException("\"" + change + "\" needs a number above 0"
                + (unit.isEmpty() ? "" : " of seconds or milliseconds, such as 20s or 500ms"));
    }

    private static LatencyProfile line(String text) {
        int mark = text.indexOf('#');
        if (mark < 0) {
            throw new IllegalArgumentException("\"" + text + "\" names no profile; write file:FILE#NAME");
        }
        Path file = Path.of(text.substring("file:".length(), mark));
        String name = text.substring(mark + 1);
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(name + ",")) {
                try {
                    return LatencyProfile.of(lines.get(i));
                } catch (IllegalArgumentException wrong) {
                    throw new IllegalArgumentException(file + ", line " + (i + 1) + ": " + wrong.getMessage(), wrong);
                }
            }
        }
        throw new IllegalArgumentException(file + " has no latency profile \"" + name + "\"");
    }

    /** A recorded call is a profile without chance. */
    private static List<LatencyProfile> recorded(Path file) {
        List<LatencyProfile> calls = new ArrayList<>();
        for (Sample sample : samples(file)) {
            double first = sample.first().orElse(sample.total());
            double token = sample.first().isPresent() ? (sample.total() - first) / Math.max(1, sample.tokens()) : 0;
            calls.add(LatencyProfile.plain(file.toString(), first, token));
        }
        return calls;
    }

    /**
     * Recorded calls of a file of JSON lines.
     *
     * @throws IllegalArgumentException that names the line that is wrong
     */
    public static List<Sample> samples(Path file) {
        List<Sample> samples = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                String where = file + ", line " + (i + 1);
                JsonNode row = Json.read(lines.get(i).getBytes(StandardCharsets.UTF_8))
                        .filter(JsonNode::isObject)
                        .orElseThrow(() -> new IllegalArgumentException(where + " is no JSON object"));
                samples.add(Sample.of(row, where));
            }
        }
        if (samples.isEmpty()) {
            throw new IllegalArgumentException(file + " has no recorded call");
        }
        return samples;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    @FunctionalInterface
    private interface Change {
        LatencyProfile of(LatencyProfile profile, double value);
    }
}
