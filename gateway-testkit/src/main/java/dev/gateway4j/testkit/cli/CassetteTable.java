package dev.gateway4j.testkit.cli;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.CassetteException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code cassettes list}: a line for each cassette, in columns. */
final class CassetteTable {
    private static final List<String> HEAD =
            List.of("NAME", "INTERACTIONS", "ENDPOINTS", "MODELS", "STREAM", "SIZE", "AGE");
    private static final String NOTHING = "-";

    private final Place place;
    private final Instant now;

    CassetteTable(Place place, Instant now) {
        this.place = place;
        this.now = now;
    }

    int print(PrintWriter out, PrintWriter err) {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        int code = GatewayCli.OK;
        for (String name : place.cassettes().names()) {
            try {
                rows.add(row(place.cassettes().load(name)));
            } catch (CassetteException e) {
                err.println("gateway-cli: " + e.getMessage());
                code = GatewayCli.FAILED;
            }
        }
        Columns.lines(rows).forEach(out::println);
        return code;
    }

    private List<String> row(Cassette cassette) {
        List<Facts> facts = cassette.interactions().stream().map(Facts::of).toList();
        long streamed = facts.stream().filter(Facts::stream).count();
        return List.of(
                cassette.name(),
                Integer.toString(facts.size()),
                distinct(facts.stream().map(Facts::endpoint)),
                distinct(facts.stream().flatMap(fact -> fact.model().stream())),
                streamed == 0 ? "no" : streamed == facts.size() ? "yes" : streamed + " of " + facts.size(),
                size(place.size(cassette.name())),
                facts.stream()
                        .flatMap(fact -> fact.recordedAt().stream())
                        .min(Instant::compareTo)
                        .map(this::age)
                        .orElse(NOTHING));
    }

    private static String distinct(Stream<String> texts) {
        String joined = texts.distinct().collect(Collectors.joining(","));
        return joined.isEmpty() ? NOTHING : joined;
    }

    private static String size(OptionalLong bytes) {
        if (bytes.isEmpty()) {
            return NOTHING;
        }
        return bytes.getAsLong() < 10_000 ? bytes.getAsLong() + " B" : bytes.getAsLong() / 1000 + " kB";
    }

    private String age(Instant recorded) {
        Duration age = Duration.between(recorded, now);
        if (age.compareTo(Duration.ofDays(2)) >= 0) {
            return age.toDays() + " d";
        }
        return age.compareTo(Duration.ofHours(2)) >= 0 ? age.toHours() + " h" : Math.max(0, age.toMinutes()) + " min";
    }
}
