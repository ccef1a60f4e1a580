package dev.gateway4j.cassette.internal.match;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.config.CassetteConfig.BodyRule;
import dev.gateway4j.api.config.CassetteConfig.Same;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules for values in a JSON body, found along the way down. Immutable once made, and thread-safe. */
final class BodyRules {
    static final BodyRules NONE = new BodyRules(List.of());

    private static final String ANY = "*";

    private final List<Place> root;
    private final boolean check;

    private BodyRules(List<BodyRule> rules) {
        Place top = new Place();
        rules.forEach(rule -> top.plant(rule));
        this.root = rules.isEmpty() ? List.of() : List.of(top);
        this.check = rules.stream().anyMatch(rule -> rule.same() != Same.IGNORE);
    }

    static BodyRules of(List<BodyRule> rules) {
        return rules.isEmpty() ? NONE : new BodyRules(rules);
    }

    /** True if equal spellings do not prove that values match, since some were left blank. */
    boolean check() {
        return check;
    }

    /** Where every body begins; empty if there is no rule. */
    List<Place> root() {
        return root;
    }

    /** Where one gets from there with this member. */
    static List<Place> below(List<Place> places, String name) {
        if (places.isEmpty()) {
            return places;
        }
        List<Place> below = new ArrayList<>();
        for (Place place : places) {
            Optional.ofNullable(place.children.get(name)).ifPresent(below::add);
            if (!name.equals(ANY)) {
                Optional.ofNullable(place.children.get(ANY)).ifPresent(below::add);
            }
        }
        return below;
    }

    /** Where one gets from there with this item. */
    static List<Place> below(List<Place> places, int index) {
        return places.isEmpty() ? places : below(places, Integer.toString(index));
    }

    /** True if what stands here does not matter. */
    static boolean ignored(List<Place> places) {
        for (Place place : places) {
            if (place.ignored) {
                return true;
            }
        }
        return false;
    }

    /** True if a rule other than to ignore it is about what stands here. */
    static boolean checked(List<Place> places) {
        for (Place place : places) {
            if (!place.checks.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** True if a rule counts these two as equal here. */
    static boolean same(List<Place> places, JsonNode a, JsonNode b) {
        for (Place place : places) {
            if (place.ignored || place.checks.stream().anyMatch(check -> check.both(a, b))) {
                return true;
            }
        }
        return false;
    }

    /** A place in a body that a rule is about, or that is on the way to one. */
    static final class Place {
        private final Map<String, Place> children = new HashMap<>();
        private final List<ValueRule> checks = new ArrayList<>();
        private boolean ignored;

        private void plant(BodyRule rule) {
            Place place = this;
            String[] steps = rule.at().split("/", -1);
            for (int i = 1; i < steps.length; i++) {
                String step = steps[i].replace("~1", "/").replace("~0", "~");
                place = place.children.computeIfAbsent(step, name -> new Place());
            }
            if (rule.same() == Same.IGNORE) {
                place.ignored = true;
            } else {
                place.checks.add(ValueRule.of(rule));
            }
        }
    }
}
