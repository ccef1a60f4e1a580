package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.timing.LatencyProfile;
import dev.gateway4j.simulator.internal.timing.Pace;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TimingTest {
    @Test
    void instant_answers_are_due_when_they_are_asked() {
        Sim.Answer answer = Sim.standard().chat(ChatTest.ask("gpt-4o", ", \"stream\": true"));

        assertThat(answer.due()).isZero();
        assertThat(answer.dues()).containsOnly(0L);
    }

    @Test
    void a_fast_stream_begins_after_twenty_milliseconds_and_says_a_token_every_five() {
        Sim.Answer answer =
                Sim.of(7, "fast", List.of()).chat(ChatTest.ask("gpt-4o", ", \"stream\": true, \"max_tokens\": 3"));

        assertThat(answer.due()).isEqualTo(ms(20));
        assertThat(answer.dues()).containsExactly(ms(20), ms(25), ms(30), ms(35), ms(35), ms(35), ms(35));
        assertThat(answer.header("openai-processing-ms")).isEqualTo("20");
    }

    @Test
    void a_fast_plain_answer_takes_as_long_as_its_tokens() {
        Sim.Answer answer = Sim.of(7, "fast", List.of()).chat(ChatTest.ask("gpt-4o", ", \"max_tokens\": 3"));

        assertThat(answer.due()).isEqualTo(ms(35));
    }

    @Test
    void no_frame_is_due_before_the_one_in_front_of_it() {
        for (String endpoint : List.of("/v1/chat/completions", "/v1/responses")) {
            String body = endpoint.endsWith("s") && endpoint.contains("chat")
                    ? ChatTest.ask("gpt-4o", ", \"stream\": true")
                    : "{\"model\": \"gpt-4o\", \"input\": \"Say hello\", \"stream\": true}";

            Sim.Answer answer = Sim.of(7, "bad-hour", List.of()).post(endpoint, body);

            assertThat(answer.dues()).isSorted();
            assertThat(answer.dues().get(0)).isGreaterThanOrEqualTo(answer.due());
            assertThat(answer.due()).isPositive();
        }
    }

    @Test
    void half_of_all_answers_take_no_longer_than_the_profile_says_give_or_take_a_stall() {
        LatencyProfile profile = LatencyProfile.named("gpt-5-mini").orElseThrow();
        long[] wholes = new long[10_001];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = Pace.of(profile, new Draws(i), 0, 100).whole(100);
        }
        Arrays.sort(wholes);

        // Without stalls the median would be 922 + 16.2 * 100 ms exactly; with three in ten stalled it lies a little
        // above.
        assertThat(wholes[5_000])
                .isCloseTo(ms(922 + 1620), Percentage.withPercentage(15))
                .isGreaterThan(ms(2542));
        assertThat(wholes[9_000]).isGreaterThan(ms(3_300)).isLessThan(ms(6_000));
    }

    private static long ms(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
