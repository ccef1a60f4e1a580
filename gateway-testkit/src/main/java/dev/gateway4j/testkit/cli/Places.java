package dev.gateway4j.testkit.cli;

import dev.gateway4j.cassette.CassetteException;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which interactions are meant by names on a command line. */
final class Places {
    private Places() {}

    /** The places of interactions by cassette: of those named, such as {@code chat-basic} or {@code chat-basic#2}, or else of all. */
    static SortedMap<String, SortedSet<Integer>> of(Place place, List<String> names) {
        SortedMap<String, SortedSet<Integer>> places = new TreeMap<>();
        for (String name : names.isEmpty() ? List.copyOf(place.cassettes().names()) : names) {
            int mark = name.lastIndexOf('#');
            if (mark >= 0 && name.substring(mark + 1).matches("\\d{1,9}")) {
                places.computeIfAbsent(name.substring(0, mark), any -> new TreeSet<>())
                        .add(Integer.valueOf(name.substring(mark + 1)));
            } else {
                places.computeIfAbsent(name, any -> new TreeSet<>()).addAll(all(place, name));
            }
        }
        return places;
    }

    /** None of a cassette that cannot be read: whoever makes the plan says so and goes on. */
    private static SortedSet<Integer> all(Place place, String name) {
        try {
            return IntStream.range(
                            0, place.cassettes().load(name).interactions().size())
                    .boxed()
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (CassetteException unreadable) {
            return new TreeSet<>();
        }
    }
}
