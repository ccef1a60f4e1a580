package dev.gateway4j.cassette.internal.library;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.internal.match.MatchRules;
import dev.gateway4j.cassette.internal.match.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A loaded cassette and its index. Recordings that no request can tell apart are compared once for all of them, so a question costs the
 * same however often it was recorded. Thread-safe.
 */
public final class Shelved {
    private final Cassette cassette;
    private final MatchRules rules;
    private final List<Question> recorded;
    private final Map<Long, int[]> places;
    /** The places under a fingerprint, divided among twins; made when they are first asked for. */
    private final Map<Long, List<int[]>> twins = new ConcurrentHashMap<>();

    Shelved(Cassette cassette, MatchRules rules) {
        this.cassette = cassette;
        this.rules = rules;
        this.recorded = cassette.interactions().stream()
                .map(interaction -> rules.question(cassette.name(), interaction.request()))
                .toList();
        Map<Long, Places> index = new HashMap<>();
        for (int place = 0; place < recorded.size(); place++) {
            for (long fingerprint : recorded.get(place).fingerprints()) {
                index.computeIfAbsent(fingerprint, any -> new Places()).add(place);
            }
        }
        this.places = Places.collected(index);
    }

    /** What was loaded. */
    public Cassette cassette() {
        return cassette;
    }

    /** The recorded requests, prepared for comparison, in the order of the file. */
    public List<Question> recorded() {
        return recorded;
    }

    /** The places of all interactions that answer this question, in the order of the file; shared and not to be modified. */
    public int[] matching(Question question) {
        List<int[]> matching = new ArrayList<>();
        for (long fingerprint : question.fingerprints()) {
            for (int[] alike : twins(fingerprint)) {
                if (rules.matches(question, recorded.get(alike[0]))) {
                    matching.add(alike);
                }
            }
        }
        return Places.merged(matching);
    }

    /** The place of the first interaction that answers this question. */
    public OptionalInt first(Question question) {
        int first = recorded.size();
        for (long fingerprint : question.fingerprints()) {
            for (int[] alike : twins(fingerprint)) {
                if (alike[0] >= first) {
                    break;
                }
                if (rules.matches(question, recorded.get(alike[0]))) {
                    first = alike[0];
                }
            }
        }
        return first == recorded.size() ? OptionalInt.empty() : OptionalInt.of(first);
    }

    /** In the order of the first of each. */
    private List<int[]> twins(long fingerprint) {
        int[] here = places.get(fingerprint);
        if (here == null) {
            return List.of();
        }
        return here.length == 1 ? List.of(here) : twins.computeIfAbsent(fingerprint, any -> divided(here));
    }

    private List<int[]> divided(int[] here) {
        Map<Object, Places> groups = new LinkedHashMap<>();
        for (int place : here) {
            groups.computeIfAbsent(rules.twin(recorded.get(place)), any -> new Places())
                    .add(place);
        }
        return groups.values().stream().map(Places::toArray).toList();
    }

    /** Every fingerprint of a recorded request. */
    long[] fingerprints() {
        return places.keySet().stream().mapToLong(Long::longValue).toArray();
    }
}
