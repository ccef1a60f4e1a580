package dev.gateway4j.testkit.cli;

import dev.gateway4j.cassette.Interaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Recordings as recorded calls: JSON lines with {@code total_ms}, {@code output_tokens} and, for streams, {@code ttft_ms}. What says nothing
 * of its tokens, failed, or is a stream whose times nobody kept, is left out.
 */
final class CassetteCalls {
    private static final String YAML = ".yaml";

    private CassetteCalls() {}

    /** True if this is a cassette, or a directory that may hold some. */
    static boolean covers(Path path) {
        return Files.isDirectory(path) || path.toString().endsWith(YAML);
    }

    /** A line for each call of a cassette, or of all in a directory. */
    static List<String> lines(Path path) {
        List<String> lines = new ArrayList<>();
        for (Interaction interaction : interactions(path.toAbsolutePath().normalize())) {
            line(interaction).ifPresent(lines::add);
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(
                    path + " has no call that says how long it took and how many tokens it had");
        }
        return lines;
    }

    /** The same in a file that goes away with the process. */
    static Path file(Path path) {
        List<String> lines = lines(path);
        try {
            Path file = Files.createTempFile("gateway-calls", ".jsonl");
            file.toFile().deleteOnExit();
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new IllegalArgumentException("calls of " + path + " cannot be set down: " + e, e);
        }
    }

    private static List<Interaction> interactions(Path path) {
        boolean all = Files.isDirectory(path);
        Place place = Place.of(String.valueOf(all ? path : path.getParent()));
        String file = String.valueOf(path.getFileName());
        List<String> names = all
                ? List.copyOf(place.cassettes().names())
                : List.of(file.substring(0, file.length() - YAML.length()));
        return names.stream()
                .flatMap(name -> place.cassettes().load(name).interactions().stream())
                .toList();
    }

    private static Optional<String> line(Interaction interaction) {
        Facts facts = Facts.of(interaction);
        Arrival arrival = Arrival.of(interaction.response());
        boolean timed = !facts.stream() || arrival.first().isPresent();
        return facts.usage()
                .filter(usage ->
                        timed && facts.status() == 200 && !arrival.total().isZero())
                .map(usage -> "{\"total_ms\": " + millis(arrival.total()) + ", \"output_tokens\": "
                        + usage.outputTokens()
                        + arrival.first()
                                .filter(first -> facts.stream())
                                .map(first -> ", \"ttft_ms\": " + millis(first))
                                .orElse("")
                        + "}");
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e6);
    }
}
