package dev.gateway4j.simulator.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedMapTest {
    @Test
    void what_was_used_longest_ago_is_forgotten() {
        Map<String, Integer> map = BoundedMap.of(2);
        map.put("a", 1);
        map.put("b", 2);
        map.get("a");
        map.put("c", 3);

        assertThat(map.keySet()).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void weight_counts_too_and_comes_back_with_what_is_removed() {
        Map<String, Integer> map = BoundedMap.weighed(10, 10, Integer::longValue);
        map.put("a", 6);
        map.put("b", 4);
        map.remove("a");
        map.put("b", 3);
        map.put("c", 7);

        assertThat(map.keySet()).containsExactlyInAnyOrder("b", "c");

        map.put("d", 1);

        assertThat(map.keySet()).containsExactlyInAnyOrder("c", "d");

        map.put("e", 11);

        assertThat(map).isEmpty();
    }
}
