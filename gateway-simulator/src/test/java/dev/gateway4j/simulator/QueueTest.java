package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireReply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where only so many answers are worked on at once, the others wait in line. */
class QueueTest {
    private static final String ASK = ", \"max_tokens\": 10";

    @Test
    void the_third_of_three_waits_for_the_first_of_two_slots() {
        Sim sim = Sim.with(builder -> builder.latency("fast, slots=2"));

        List<Long> dues = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            dues.add(sim.chat(ChatTest.ask("gpt-4o", ASK)).due() / 1_000_000);
        }

        // 20 ms and ten tokens of 5 ms each.
        assertThat(dues).containsExactly(70L, 70L, 140L, 140L);
    }

    @Test
    void a_stream_in_line_is_late_as_a_whole() {
        Sim sim = Sim.with(builder -> builder.latency("fast, slots=1"));
        List<Long> first =
                sim.chat(ChatTest.ask("gpt-4o", ASK + ", \"stream\": true")).dues();
        List<Long> second =
                sim.chat(ChatTest.ask("gpt-4o", ASK + ", \"stream\": true")).dues();

        long wait = second.get(0) - first.get(0);
        assertThat(wait).isPositive();
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i) - first.get(i)).isEqualTo(wait);
        }
    }

    @Test
    void an_answer_given_up_makes_room() {
        Sim sim = Sim.with(builder -> builder.latency("fast, slots=1"));
        String streamed = ChatTest.ask("gpt-4o", ASK + ", \"stream\": true");
        WireReply abandoned = (WireReply) sim.ask("POST", "/v1/chat/completions", streamed);
        Frame first = abandoned.frames().next();
        abandoned.frames().close();

        assertThat(first.dueNanos()).isEqualTo(20_000_000L);
        assertThat(sim.chat(ChatTest.ask("gpt-4o", ASK)).due()).isEqualTo((20 + 70) * 1_000_000L);
    }

    @Test
    void looking_something_up_waits_for_nobody() {
        Sim sim = Sim.with(builder -> builder.latency("fast, slots=1"));
        sim.chat(ChatTest.ask("gpt-4o", ASK));

        assertThat(sim.get("/v1/models").due()).isLessThanOrEqualTo(20_000_000L);
    }
}
