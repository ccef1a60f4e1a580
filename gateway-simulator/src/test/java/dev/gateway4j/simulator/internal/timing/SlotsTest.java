package dev.gateway4j.simulator.internal.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.simulator.internal.chance.Draws;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SlotsTest {
    @Test
    void an_answer_starts_at_once_while_a_slot_is_free() {
        Slots slots = new Slots(2);

        assertThat(slots.take(0, 100).start()).isZero();
        assertThat(slots.take(10, 100).start()).isEqualTo(10);
    }

    @Test
    void an_answer_waits_for_the_first_slot_that_comes_free() {
        Slots slots = new Slots(2);
        slots.take(0, 100);
        slots.take(0, 70);

        assertThat(slots.take(10, 50).start()).isEqualTo(70);
        assertThat(slots.take(10, 50).start()).isEqualTo(100);
        assertThat(slots.take(10, 50).start()).isEqualTo(120);
    }

    @Test
    void an_answer_that_is_given_up_frees_its_slot() {
        Slots slots = new Slots(1);
        slots.take(0, 1000).end(40);

        assertThat(slots.take(10, 50).start()).isEqualTo(40);
    }

    @Test
    void giving_a_slot_back_late_does_not_keep_it_longer() {
        Slots slots = new Slots(1);
        slots.take(0, 30).end(500);

        assertThat(slots.take(10, 50).start()).isEqualTo(30);
    }

    @Test
    void without_a_number_of_slots_nobody_waits() {
        Slots slots = new Slots(0);
        for (int i = 0; i < 1000; i++) {
            slots.take(0, 1_000_000);
        }

        assertThat(slots.take(5, 1).start()).isEqualTo(5);
    }

    @Test
    void the_mean_wait_is_that_of_queueing_theory() {
        // One server, exponential service with mean 1, arrivals at rate 0.7: the mean wait is 0.7 / (1 - 0.7).
        Slots slots = new Slots(1);
        Draws draws = new Draws(11);
        double unit = 1_000_000;
        long arrival = 0;
        double waits = 0;
        int answers = 400_000;
        for (int i = 0; i < answers; i++) {
            arrival += (long) (draws.exponential() / 0.7 * unit);
            waits += slots.take(arrival, (long) (draws.exponential() * unit)).start() - arrival;
        }

        assertThat(waits / answers / unit).isCloseTo(0.7 / 0.3, Percentage.withPercentage(5));
    }
}
