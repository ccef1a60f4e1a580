package dev.gateway4j.okhttp.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentBodiesTest {
    private final RecentBodies<String> recent = new RecentBodies<>();

    @Test
    void what_was_made_of_a_body_is_found_by_equal_bytes() {
        recent.remember(bytes("{\"a\":1}"), "one");

        assertThat(recent.find(bytes("{\"a\":1}"))).isEqualTo("one");
        assertThat(recent.find(bytes("{\"a\":2}"))).isNull();
        assertThat(recent.find(new byte[0])).isNull();
    }

    @Test
    void a_body_that_differs_in_any_byte_is_another() {
        byte[] body = new byte[1_536];
        new Random(7).nextBytes(body);
        recent.remember(body, "this");

        for (int i = 0; i < body.length; i++) {
            byte[] other = body.clone();
            other[i]++;
            assertThat(recent.find(other)).as("byte %s", i).isNull();
        }
        assertThat(recent.find(body)).isEqualTo("this");
    }

    @Test
    void whoever_changes_a_body_afterwards_changes_nothing_here() {
        byte[] body = bytes("{\"a\":1}");
        recent.remember(body, "one");

        body[5] = '2';

        assertThat(recent.find(body)).isNull();
        assertThat(recent.find(bytes("{\"a\":1}"))).isEqualTo("one");
    }

    @Test
    void long_bodies_are_not_remembered() {
        byte[] body = new byte[(8 << 10) + 1];
        recent.remember(body, "long");

        assertThat(recent.find(body)).isNull();
    }

    @Test
    void of_many_bodies_most_are_found_again() {
        for (int i = 0; i < 100; i++) {
            recent.remember(bytes("{\"question\":\"number " + i + " of a hundred\"}"), "answer " + i);
        }

        int found = 0;
        for (int i = 0; i < 100; i++) {
            String made = recent.find(bytes("{\"question\":\"number " + i + " of a hundred\"}"));
            assertThat(made).isIn(null, "answer " + i);
            found += made == null ? 0 : 1;
        }
        assertThat(found).isGreaterThan(60);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
