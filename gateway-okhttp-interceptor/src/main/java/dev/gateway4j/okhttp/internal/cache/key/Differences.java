package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.cache.CacheDifference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists in what two questions differ, by place and never by value. */
final class Differences {
    private static final String FIRST = "only in the first";
    private static final String SECOND = "only in the second";
    private static final String DIFFERS = "differs";

    /** Deeper ones are named by what they are in. */
    private static final int DEEPEST = 200;

    private final List<CacheDifference> found = new ArrayList<>();

    private Differences() {}

    static List<CacheDifference> between(Ingredients one, Ingredients other) {
        Listing first = new Listing();
        Listing second = new Listing();
        one.tell(first);
        other.tell(second);
        Differences differences = new Differences();
        differences.parts(first.parts(), second.parts());
        differences.members(first.members(), second.members());
        return List.copyOf(differences.found);
    }

    private void parts(Map<String, List<String>> first, Map<String, List<String>> second) {
        for (String place : union(first, second)) {
            List<String> one = first.get(place);
            List<String> other = second.get(place);
            if (one == null || other == null) {
                add(place, one == null ? SECOND : FIRST);
            } else if (!one.equals(other)) {
                add(place, DIFFERS);
            }
        }
    }

    private void members(Map<String, byte[]> first, Map<String, byte[]> second) {
        for (String place : union(first, second)) {
            byte[] one = first.get(place);
            byte[] other = second.get(place);
            if (one == null || other == null) {
                add(place, one == null ? SECOND : FIRST);
            } else {
                values(place, new Value(one, 0, one.length), new Value(other, 0, other.length), 1);
            }
        }
    }

    /** A value that stands somewhere. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its own method
    private record Value(byte[] bytes, int start, int end) {
        boolean isSame(Value other) {
            return Arrays.equals(bytes, start, end, other.bytes, other.start, other.end);
        }

        boolean begins(char c) {
            return bytes[start] == c;
        }
    }

    private void values(String place, Value one, Value other, int depth) {
        if (one.isSame(other)) {
            return;
        }
        boolean objects = one.begins('{') && other.begins('{');
        boolean arrays = one.begins('[') && other.begins('[');
        if ((!objects && !arrays) || depth > DEEPEST) {
            add(place, DIFFERS);
            return;
        }
        Map<String, Value> first = children(one);
        Map<String, Value> second = children(other);
        for (String step : union(first, second)) {
            Value a = first.get(step);
            Value b = second.get(step);
            if (a == null || b == null) {
                add(place + step, a == null ? SECOND : FIRST);
            } else {
                values(place + step, a, b, depth + 1);
            }
        }
    }

    private static Map<String, Value> children(Value value) {
        Map<String, Value> children = new LinkedHashMap<>();
        Walk each = new Walk(value.bytes, value.start);
        if (value.begins('{')) {
            while (each.nextMember()) {
                String step = Listing.pointer(value.bytes, each.nameStart(), each.nameEnd());
                children.put(step, new Value(value.bytes, each.start(), each.end()));
            }
        } else {
            while (each.nextElement()) {
                children.put("/" + children.size(), new Value(value.bytes, each.start(), each.end()));
            }
        }
        return children;
    }

    private static Set<String> union(Map<String, ?> one, Map<String, ?> other) {
        Set<String> all = new LinkedHashSet<>(one.keySet());
        all.addAll(other.keySet());
        return all;
    }

    private void add(String place, String what) {
        found.add(new CacheDifference(place, what));
    }
}
