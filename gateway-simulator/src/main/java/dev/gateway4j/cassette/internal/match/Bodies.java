package dev.gateway4j.cassette.internal.match;

import dev.gateway4j.cassette.RecordedBody;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Compares bodies. */
final class Bodies {
    private Bodies() {}

    /** True if two bodies of which one is meant to be JSON are the same. */
    static boolean sameJson(Body recorded, Body asked, BodyRules rules) {
        if (!recorded.json() || !asked.json()) {
            return Arrays.equals(recorded.bytes(), asked.bytes());
        }
        if (recorded.hash() != asked.hash() || !Arrays.equals(recorded.spelling(), asked.spelling())) {
            return false;
        }
        return !rules.check() || JsonDifferences.same(recorded.tree(), asked.tree(), rules.root());
    }

    static List<Found> json(Body recorded, Body asked, BodyRules rules) {
        boolean both = recorded.json() && asked.json();
        return both ? JsonDifferences.of(recorded.tree(), asked.tree(), rules) : bytes(recorded, asked);
    }

    static List<Found> bytes(Body recorded, Body asked) {
        int differs = Arrays.mismatch(recorded.bytes(), asked.bytes());
        if (differs < 0) {
            return List.of();
        }
        Optional<String> mine = RecordedBody.of(recorded.bytes()).text();
        Optional<String> theirs = RecordedBody.of(asked.bytes()).text();
        if (mine.isPresent() && theirs.isPresent()) {
            Shown.Pair texts = Shown.texts(mine.get(), theirs.get());
            return List.of(Found.of(Found.Kind.BODY, "body", texts.recorded(), texts.asked()));
        }
        String from = " bytes, different from byte " + differs + " on";
        return List.of(Found.of(Found.Kind.BODY, "body", recorded.bytes().length + from, asked.bytes().length + from));
    }

    /** Lines of multipart bodies, sorted by name. */
    static List<Found> parts(List<String> recorded, List<String> asked) {
        List<Found> found = new ArrayList<>();
        for (String name : names(recorded.stream(), asked.stream())) {
            pairs(
                    found,
                    "part " + name,
                    recorded.stream()
                            .filter(line -> MultipartDigest.name(line).equals(name))
                            .toList(),
                    asked.stream()
                            .filter(line -> MultipartDigest.name(line).equals(name))
                            .toList());
        }
        return found;
    }

    private static Set<String> names(Stream<String> recorded, Stream<String> asked) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(recorded, asked).map(MultipartDigest::name).forEach(names::add);
        return names;
    }

    private static void pairs(List<Found> found, String place, List<String> recorded, List<String> asked) {
        for (int i = 0; i < Math.max(recorded.size(), asked.size()); i++) {
            String mine = i < recorded.size() ? MultipartDigest.shown(recorded.get(i)) : Difference.ABSENT;
            String theirs = i < asked.size() ? MultipartDigest.shown(asked.get(i)) : Difference.ABSENT;
            boolean same =
                    i < recorded.size() && i < asked.size() && recorded.get(i).equals(asked.get(i));
            if (!same) {
                found.add(found(place, Shown.place(mine), Shown.place(theirs)));
            }
        }
    }

    /** Parameters of a query or of a form. */
    static List<Found> parameters(
            Found.Kind kind, String what, List<Parameters.Parameter> recorded, List<Parameters.Parameter> asked) {
        List<Found> found = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(recorded.stream(), asked.stream()).forEach(parameter -> names.add(parameter.name()));
        for (String name : names) {
            List<String> mine = Parameters.values(recorded, name);
            List<String> theirs = Parameters.values(asked, name);
            if (!mine.equals(theirs)) {
                found.add(Found.of(kind, Shown.place(what + " " + name), shown(name, mine), shown(name, theirs)));
            }
        }
        return found;
    }

    private static String shown(String name, List<String> values) {
        if (values.isEmpty()) {
            return Difference.ABSENT;
        }
        if (Parameters.secret(name)) {
            return "[redacted]";
        }
        return values.size() == 1 ? Shown.text(values.get(0)) : Shown.text(String.join(", ", values));
    }

    private static Found found(String place, String recorded, String asked) {
        Found.Kind kind = recorded.equals(Difference.ABSENT)
                ? Found.Kind.ADDED
                : asked.equals(Difference.ABSENT) ? Found.Kind.REMOVED : Found.Kind.CHANGED;
        return Found.of(kind, Shown.place(place), recorded, asked);
    }
}
