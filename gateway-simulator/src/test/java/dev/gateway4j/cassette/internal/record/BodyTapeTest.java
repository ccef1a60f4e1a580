package dev.gateway4j.cassette.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class BodyTapeTest {
    private static final LongUnaryOperator SAME = LongUnaryOperator.identity();

    @Test
    void pieces_of_any_size_come_together_again() {
        BodyTape tape = new BodyTape(1 << 20);
        byte[] all = new byte[100_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 31);
        }
        int at = 0;
        for (int size = 1; at < all.length; size = size * 2 + 1) {
            int count = Math.min(size, all.length - at);
            tape.add(all, at, count, at);
            at += count;
        }

        assertThat(tape.bytes()).isEqualTo(all);
    }

    @Test
    void arrivals_count_from_the_headers_and_then_from_one_another() {
        BodyTape.Arrivals arrivals = new BodyTape.Arrivals();
        arrivals.add(5_000, 10);
        arrivals.add(5_000, 0);
        arrivals.add(9_000, 20);

        assertThat(arrivals.text(2_000, SAME)).isEqualTo("3+10 4+20");
    }

    @Test
    void too_many_arrivals_are_joined_and_lose_neither_bytes_nor_time() {
        BodyTape.Arrivals arrivals = new BodyTape.Arrivals();
        for (int i = 1; i <= 123_457; i++) {
            arrivals.add(i * 1_000L, 3);
        }

        String[] entries = arrivals.text(0, SAME).split(" ", -1);
        assertThat(entries.length).isBetween(2_500, 5_000);
        assertThat(sum(entries, 0)).isEqualTo(123_457);
        assertThat(sum(entries, 1)).isEqualTo(3 * 123_457L);
    }

    @Test
    void arrivals_follow_a_body_that_was_packed() {
        BodyTape.Arrivals arrivals = new BodyTape.Arrivals();
        arrivals.add(1_000, 10);
        arrivals.add(2_000, 1);
        arrivals.add(3_000, 29);

        assertThat(arrivals.text(0, end -> end == 11 ? 100 : end * 10)).isEqualTo("1+100 2+300");
    }

    private static long sum(String[] entries, int part) {
        return Arrays.stream(entries)
                .mapToLong(entry -> Long.parseLong(entry.split("\\+", -1)[part]))
                .sum();
    }
}
