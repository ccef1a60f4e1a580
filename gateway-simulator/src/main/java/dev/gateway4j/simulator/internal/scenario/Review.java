package dev.gateway4j.simulator.internal.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is odd about scenarios as a whole: those that never answer, and those between which only their order decides. */
final class Review {
    private Review() {}

    /** One sentence each. */
    static List<String> of(List<Rule> ranked) {
        List<String> notices = new ArrayList<>();
        Set<Rule> dead = new HashSet<>();
        for (int i = 0; i < ranked.size(); i++) {
            Rule rule = ranked.get(i);
            Optional<Rule> blocker = ranked.subList(0, i).stream()
                    .filter(better -> !better.letsThrough() && rule.implies(better))
                    .findFirst();
            if (blocker.isPresent()) {
                dead.add(rule);
                notices.add("\"" + rule.name() + "\" never answers: whatever it matches, \""
                        + blocker.get().name()
                        + "\" matches too and comes first; give it a priority, or another condition");
            }
        }
        List<Rule> alive = ranked.stream().filter(rule -> !dead.contains(rule)).toList();
        Set<Rule> told = new HashSet<>();
        for (Rule rule : alive) {
            if (!told.contains(rule)) {
                List<Rule> rivals = rivals(rule, alive);
                told.addAll(rivals);
                if (rivals.size() > 1) {
                    notices.add(ambiguous(rivals));
                }
            }
        }
        return List.copyOf(notices);
    }

    /** The rule and those between which and it, or one another, only the order decides. */
    private static List<Rule> rivals(Rule first, List<Rule> all) {
        List<Rule> rivals = new ArrayList<>(List.of(first));
        for (int i = 0; i < rivals.size(); i++) {
            Rule rule = rivals.get(i);
            all.stream()
                    .filter(other -> !rivals.contains(other) && other.sameRank(rule) && !rule.excludes(other))
                    .forEach(rivals::add);
        }
        rivals.sort((a, b) -> Long.compare(a.order, b.order));
        return rivals;
    }

    private static String ambiguous(List<Rule> rivals) {
        String names = String.join(
                ", ", rivals.stream().map(rule -> "\"" + rule.name() + "\"").toList());
        return names + " weigh the same (" + rivals.get(0).weight()
                + ") and can match the same request; then the one defined last answers. Give one of them a priority, or"
                + " another condition";
    }
}
