package dev.gateway4j.cassette.internal.library;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Places in ascending order, while they are being collected. */
final class Places {
    private static final int[] NOWHERE = {};

    private int[] places = new int[1];
    private int count;

    void add(int place) {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
        }
        places[count++] = place;
    }

    int[] toArray() {
        return Arrays.copyOf(places, count);
    }

    /** What was collected under each key. */
    static <K> Map<K, int[]> collected(Map<K, Places> index) {
        Map<K, int[]> collected = new HashMap<>(2 * index.size());
        index.forEach((key, places) -> collected.put(key, places.toArray()));
        return collected;
    }

    /** All of them in ascending order, each once; a single list is given back as it is. */
    static int[] merged(List<int[]> lists) {
        if (lists.size() < 2) {
            return lists.isEmpty() ? NOWHERE : lists.get(0);
        }
        return lists.stream().flatMapToInt(Arrays::stream).sorted().distinct().toArray();
    }
}
