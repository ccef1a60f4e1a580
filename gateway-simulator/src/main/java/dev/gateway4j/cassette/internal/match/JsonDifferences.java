package dev.gateway4j.cassette.internal.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In what two JSON bodies differ. */
final class JsonDifferences {
    /** Beyond that many, more would tell nobody anything. */
    private static final int ENOUGH = 1000;

    private static final JsonNode ABSENT = MissingNode.getInstance();

    private final List<Found> found = new ArrayList<>();
    private final List<String> path = new ArrayList<>();

    private JsonDifferences() {}

    static List<Found> of(JsonNode recorded, JsonNode asked, BodyRules rules) {
        JsonDifferences differences = new JsonDifferences();
        differences.compare(recorded, asked, rules.root());
        return differences.found;
    }

    /** True if there is none. */
    static boolean same(JsonNode recorded, JsonNode asked, List<BodyRules.Place> at) {
        if (recorded.isMissingNode() || asked.isMissingNode()) {
            return BodyRules.ignored(at);
        }
        if (BodyRules.same(at, recorded, asked)) {
            return true;
        }
        if (recorded.isObject() && asked.isObject()) {
            return sameMembers(recorded, asked, at);
        }
        if (recorded.isArray() && asked.isArray()) {
            int size = Math.max(recorded.size(), asked.size());
            for (int i = 0; i < size; i++) {
                if (!same(recorded.path(i), asked.path(i), BodyRules.below(at, i))) {
                    return false;
                }
            }
            return true;
        }
        return equal(recorded, asked);
    }

    private static boolean sameMembers(JsonNode recorded, JsonNode asked, List<BodyRules.Place> at) {
        for (Map.Entry<String, JsonNode> member : recorded.properties()) {
            if (!same(member.getValue(), asked.path(member.getKey()), BodyRules.below(at, member.getKey()))) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> member : asked.properties()) {
            String name = member.getKey();
            if (!recorded.has(name) && !BodyRules.ignored(BodyRules.below(at, name))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(JsonNode a, JsonNode b) {
        boolean numbers = a.isNumber() && b.isNumber();
        return numbers ? Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0) == 0 : a.equals(b);
    }

    private void compare(JsonNode recorded, JsonNode asked, List<BodyRules.Place> at) {
        if (found.size() >= ENOUGH || BodyRules.ignored(at)) {
            return;
        }
        if (recorded.isMissingNode()) {
            add(Found.Kind.ADDED, Difference.ABSENT, Shown.value(asked), Optional.empty());
        } else if (asked.isMissingNode()) {
            add(Found.Kind.REMOVED, Shown.value(recorded), Difference.ABSENT, Optional.empty());
        } else if (!BodyRules.same(at, recorded, asked)) {
            present(recorded, asked, at);
        }
    }

    private void present(JsonNode recorded, JsonNode asked, List<BodyRules.Place> at) {
        if (recorded.isObject() && asked.isObject()) {
            members(recorded, asked, at);
        } else if (recorded.isArray() && asked.isArray()) {
            items(recorded, asked, at);
        } else if (!equal(recorded, asked)) {
            Optional<Found.Values> values = Optional.of(new Found.Values(recorded, asked));
            if (recorded.isTextual() && asked.isTextual()) {
                Shown.Pair texts = Shown.texts(recorded.textValue(), asked.textValue());
                add(Found.Kind.CHANGED, texts.recorded(), texts.asked(), values);
            } else {
                add(Found.Kind.CHANGED, Shown.value(recorded), Shown.value(asked), values);
            }
        }
    }

    private void members(JsonNode recorded, JsonNode asked, List<BodyRules.Place> at) {
        for (Map.Entry<String, JsonNode> member : recorded.properties()) {
            step(member.getKey(), member.getValue(), asked.path(member.getKey()), at);
        }
        for (Map.Entry<String, JsonNode> member : asked.properties()) {
            if (!recorded.has(member.getKey())) {
                step(member.getKey(), ABSENT, member.getValue(), at);
            }
        }
    }

    private void items(JsonNode recorded, JsonNode asked, List<BodyRules.Place> at) {
        for (Alignment.Pair pair : Alignment.of(recorded, asked, at)) {
            JsonNode mine = pair.recorded() < 0 ? ABSENT : recorded.get(pair.recorded());
            JsonNode theirs = pair.asked() < 0 ? ABSENT : asked.get(pair.asked());
            step(Integer.toString(pair.asked() < 0 ? pair.recorded() : pair.asked()), mine, theirs, at);
        }
    }

    private void step(String name, JsonNode recorded, JsonNode asked, List<BodyRules.Place> at) {
        path.add(name);
        compare(recorded, asked, BodyRules.below(at, name));
        path.remove(path.size() - 1);
    }

    private void add(Found.Kind kind, String recorded, String asked, Optional<Found.Values> values) {
        Optional<String> pointer = path.isEmpty() ? Optional.empty() : Optional.of(Shown.place(pointer()));
        String place = pointer.map(at -> "body " + at).orElse("body");
        found.add(new Found(new Difference(place, recorded, asked), kind, path.size(), pointer, values));
    }

    private String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (String name : path) {
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
