package dev.gateway4j.testkit;

import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.Interaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the tests of a class have played of the cassettes they share, judged once when the class has ended. Thread-safe. */
final class AllPlayed implements AutoCloseable {
    private static final String CLASSPATH = "classpath:";

    private final Map<Shared, Set<Integer>> played = new ConcurrentHashMap<>();

    /** Adds what one test has played. */
    void add(String directory, String name, Set<Integer> places) {
        played.computeIfAbsent(new Shared(directory, name), any -> ConcurrentHashMap.newKeySet())
                .addAll(places);
    }

    /**
     * Judges, once.
     *
     * @throws AssertionError if something was left unplayed
     */
    @Override
    public void close() {
        List<Shared> all = List.copyOf(played.keySet());
        List<String> wrong = new ArrayList<>();
        for (Shared shared : all) {
            Set<Integer> places = played.remove(shared);
            List<String> left = places == null ? List.of() : unplayed(shared.directory, shared.name, places);
            if (!left.isEmpty()) {
                wrong.add("Cassette " + shared.name + " does not fit the tests of this class:\n  "
                        + String.join("\n  ", left));
            }
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", wrong));
        }
    }

    /** A line for each interaction of a cassette that stands at none of these places. */
    static List<String> unplayed(String directory, String name, Set<Integer> places) {
        List<String> left = new ArrayList<>();
        try {
            List<Interaction> all = cassettes(directory).load(name).interactions();
            for (int place = 0; place < all.size(); place++) {
                if (!places.contains(place)) {
                    left.add("interaction " + place + ", "
                            + all.get(place).request().method() + " "
                            + all.get(place).request().url() + ", was not played");
                }
            }
        } catch (CassetteException e) {
            left.add(String.valueOf(e.getMessage()));
        }
        return left;
    }

    private static Cassettes cassettes(String directory) {
        return directory.startsWith(CLASSPATH)
                ? Cassettes.onClasspath(directory.substring(CLASSPATH.length()))
                : Cassettes.at(Path.of(directory));
    }

    private record Shared(String directory, String name) {}
}
