package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.api.config.CassetteConfig.Repeats;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.internal.match.MatchRules;
import dev.gateway4j.cassette.internal.match.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds interactions whose requests are the same. Keeps fingerprints only, and loads again what shares one. */
final class Overlaps {
    private final MatchRules rules;
    private final Repeats repeats;
    private final Map<Long, List<Spot>> spots = new LinkedHashMap<>();

    Overlaps(MatchRules rules, Repeats repeats) {
        this.rules = rules;
        this.repeats = repeats;
    }

    void add(Cassette cassette) {
        for (int i = 0; i < cassette.interactions().size(); i++) {
            Question question = rules.question(
                    cassette.name(), cassette.interactions().get(i).request());
            spots.computeIfAbsent(question.fingerprints()[0], fingerprint -> new ArrayList<>())
                    .add(new Spot(cassette.name(), i));
        }
    }

    void report(Cassettes cassettes, Findings findings) {
        for (List<Spot> alike : spots.values()) {
            if (alike.size() > 1) {
                report(alike.stream().map(spot -> taken(cassettes, spot)).toList(), findings);
            }
        }
    }

    private Taken taken(Cassettes cassettes, Spot spot) {
        Interaction interaction = cassettes.load(spot.cassette()).interactions().get(spot.index());
        return new Taken(spot, interaction, rules.question(spot.cassette(), interaction.request()));
    }

    private void report(List<Taken> alike, Findings findings) {
        List<Taken> firsts = new ArrayList<>();
        for (Taken later : alike) {
            Optional<Taken> inside = firsts.stream()
                    .filter(first -> first.spot().cassette().equals(later.spot().cassette()))
                    .filter(first -> rules.matches(later.question(), first.question()))
                    .findFirst();
            if (inside.isPresent()) {
                inside(inside.get(), later, findings);
                continue;
            }
            firsts.stream()
                    .filter(first ->
                            !first.spot().cassette().equals(later.spot().cassette()))
                    .filter(first -> rules.matches(later.question(), first.question()))
                    .findFirst()
                    .ifPresent(first -> across(first, later, findings));
            firsts.add(later);
        }
    }

    private void inside(Taken first, Taken later, Findings findings) {
        if (repeats == Repeats.QUEUE) {
            return; // one after the other is what a queue is for
        }
        Findings.Spot spot =
                findings.interaction(later.spot().cassette(), later.spot().index());
        String asked = "interaction " + first.spot().index() + " asks the same (" + Urls.what(later.request()) + ")";
        if (sameAnswer(first, later)) {
            spot.warning("duplicate", asked + " and got the same answer; delete this one");
        } else {
            spot.warning(
                    "unreachable",
                    asked + " and always answers first, so this one never does; delete one of them, or set repeats:"
                            + " queue");
        }
    }

    private static void across(Taken first, Taken later, Findings findings) {
        Findings.Spot spot =
                findings.interaction(later.spot().cassette(), later.spot().index());
        String asked = "cassette " + first.spot().cassette() + ", interaction "
                + first.spot().index() + ", asks the same (" + Urls.what(later.request()) + ")";
        if (sameAnswer(first, later)) {
            spot.info("duplicate", asked + " and got the same answer; one of them is enough for calls that name none");
        } else {
            spot.warning(
                    "ambiguous",
                    asked + " and got another answer, which is what a call gets that names no cassette; name one in"
                            + " such calls, or make the requests differ");
        }
    }

    private static boolean sameAnswer(Taken first, Taken later) {
        RecordedResponse one = first.interaction().response();
        RecordedResponse other = later.interaction().response();
        return one.code() == other.code() && one.body().equals(other.body());
    }

    private record Spot(String cassette, int index) {}

    private record Taken(Spot spot, Interaction interaction, Question question) {
        RecordedRequest request() {
            return interaction.request();
        }
    }
}
