package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeterminismTest {
    private static final int DIFFERENT = 12;
    private static final int TIMES = 6;

    @Test
    void sixteen_threads_in_any_order_get_what_one_thread_gets() throws Exception {
        List<String> alone = new ArrayList<>();
        Sim one = Sim.of(7, "gpt-4o", List.of());
        for (Callable<String> call : calls(one)) {
            alone.add(call.call());
        }

        List<Callable<String>> shuffled = calls(Sim.of(7, "gpt-4o", List.of()));
        Collections.shuffle(shuffled, new Random(3));
        List<String> together = run(shuffled);

        assertThat(together).containsExactlyInAnyOrderElementsOf(alone);
        assertThat(alone).doesNotHaveDuplicates();
    }

    @Test
    void another_seed_gives_another_answer() {
        String body = ChatTest.ask("gpt-4o", "");

        String first = Sim.of(1, "instant", List.of()).chat(body).body();
        String second = Sim.of(2, "instant", List.of()).chat(body).body();

        assertThat(Trees.of(first).at("/choices/0/message/content"))
                .isNotEqualTo(Trees.of(second).at("/choices/0/message/content"));
    }

    @Test
    void the_same_request_asked_again_gets_a_new_answer() {
        Sim sim = Sim.standard();
        String body = ChatTest.ask("gpt-4o", "");

        assertThat(sim.chat(body).body()).isNotEqualTo(sim.chat(body).body());
    }

    private static List<Callable<String>> calls(Sim sim) {
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < DIFFERENT * TIMES; i++) {
            String more = ", \"user\": \"u" + i % DIFFERENT + "\"" + (i % 2 == 0 ? ", \"stream\": true" : "");
            calls.add(() -> {
                Sim.Answer answer = sim.chat(ChatTest.ask("gpt-4o", more));
                return answer.status() + answer.allHeaders() + answer.body() + answer.due() + answer.dues();
            });
        }
        return calls;
    }

    private static List<String> run(List<Callable<String>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
