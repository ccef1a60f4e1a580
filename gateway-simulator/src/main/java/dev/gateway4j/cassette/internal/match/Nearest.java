package dev.gateway4j.cassette.internal.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which recording comes nearest to a request that none answers, and what to do about it. */
public final class Nearest {
    /** So many are compared in full; the rest only by a glance. */
    private static final int COMPARED = 12;

    private static final long COMPARED_BYTES = 8_000_000;
    private static final int SHOWN = 10;

    private Nearest() {}

    /**
     * A recording that might have been meant.
     *
     * @param cassette the name of its cassette
     * @param place its place there, from 0
     * @param recorded what it was asked, under the same rules as the request
     */
    public record Candidate(String cassette, int place, Question recorded) {}

    /**
     * A candidate and in what it differs.
     *
     * @param candidate the recording
     * @param differences in what it differs, the most telling first; never empty for one that does not match
     * @param wayOut what makes the request find a recording: a sentence without a full stop
     */
    public record Ranked(Candidate candidate, List<Difference> differences, String wayOut) {
        /** Copies the list. */
        public Ranked {
            differences = List.copyOf(differences);
        }
    }

    private record Glance(Candidate candidate, int distance, double likeness) {
        private static final Comparator<Glance> ORDER = Comparator.comparingInt(Glance::distance)
                .thenComparing(Comparator.comparingDouble(Glance::likeness).reversed());
    }

    private record Weighed(Candidate candidate, List<Found> found, int weight) {}

    /** The candidate that is most like the request; of several that are, the first. Empty if there is none. */
    public static Optional<Ranked> nearest(Question asked, List<Candidate> candidates) {
        List<Glance> glances = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            glances.add(glance(asked, candidate));
        }
        glances.sort(Glance.ORDER);
        Optional<Weighed> best = Optional.empty();
        long bytes = 0;
        for (int i = 0; i < Math.min(COMPARED, glances.size()) && bytes < COMPARED_BYTES; i++) {
            Candidate candidate = glances.get(i).candidate();
            bytes += asked.body().bytes().length + candidate.recorded().body().bytes().length;
            Weighed weighed = weigh(asked, candidate);
            if (best.isEmpty() || weighed.weight() < best.get().weight()) {
                best = Optional.of(weighed);
            }
        }
        return best.map(weighed -> ranked(asked, weighed));
    }

    /**
     * Says that no recording answers a request, which one comes nearest, in what it differs and what to do.
     *
     * @param cassetteOrEmpty the cassette that was looked through; empty for all
     * @param asked the request
     * @param candidates what was looked through
     */
    public static String message(String cassetteOrEmpty, Question asked, List<Candidate> candidates) {
        String where = cassetteOrEmpty.isEmpty() ? "any cassette" : "cassette " + cassetteOrEmpty;
        String nothing = "No interaction in " + where + " matches " + asked + ".";
        return nearest(asked, candidates)
                .map(ranked -> nothing + " Nearest is interaction "
                        + ranked.candidate().place()
                        + (cassetteOrEmpty.isEmpty()
                                ? " of " + ranked.candidate().cassette()
                                : "")
                        + ": " + shown(ranked.differences()) + ".\n" + ranked.wayOut() + ".")
                .orElse(nothing + " There is none at all.\nRecord it with -Dgateway.mode=record.");
    }

    private static String shown(List<Difference> differences) {
        List<String> shown = new ArrayList<>();
        differences.stream().limit(SHOWN).map(Difference::toString).forEach(shown::add);
        if (shown.isEmpty()) {
            shown.add("no difference");
        }
        int more = differences.size() - SHOWN;
        return String.join("; ", shown) + (more > 0 ? "; … and " + more + " more" : "");
    }

    private static Glance glance(Question asked, Candidate candidate) {
        Question recorded = candidate.recorded();
        int distance = 0;
        if (!asked.asked().method().equals(recorded.asked().method())) {
            distance += 2;
        }
        if (!asked.target().path().equals(recorded.target().path())) {
            distance += Advice.twoNamesOfOne(asked, recorded) ? 1 : 4;
        }
        return new Glance(candidate, distance, asked.body().likeness(recorded.body()));
    }

    private static Weighed weigh(Question asked, Candidate candidate) {
        List<Found> found = asked.rules().found(asked, candidate.recorded());
        int weight = found.stream().mapToInt(each -> each.kind().weight()).sum();
        boolean lighter = Advice.twoNamesOfOne(asked, candidate.recorded());
        return new Weighed(candidate, found, lighter ? weight - Found.Kind.PATH.weight() : weight);
    }

    private static Ranked ranked(Question asked, Weighed weighed) {
        return new Ranked(
                weighed.candidate(),
                weighed.found().stream().map(Found::difference).toList(),
                Advice.on(asked, weighed.candidate().recorded(), weighed.found()));
    }
}
