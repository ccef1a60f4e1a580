package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.spi.WireReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When faults strike, and whom. */
class FaultScheduleTest {
    private static final String CHAT = "/v1/chat/completions";

    @ParameterizedTest
    @CsvSource({
        "500, xxxxxxxxxx",
        "500 nth=3, ..x.......",
        "500 first=3, xxx.......",
        "500 every=3, ..x..x..x.",
        "500 every=3 first=6, ..x..x....",
        "500 p=0, .........."
    })
    void faults_strike_by_count(String fault, String pattern) {
        Sim sim = Sim.with(builder -> builder.faults(fault));

        assertThat(pattern(sim, 10)).isEqualTo(pattern);
    }

    @Test
    void tries_are_counted_by_request() {
        Sim sim = Sim.with(builder -> builder.faults("503 tries=2"));

        assertThat(List.of(ask(sim, "a"), ask(sim, "b"), ask(sim, "a"), ask(sim, "a"), ask(sim, "b"), ask(sim, "b")))
                .containsExactly(503, 503, 503, 200, 503, 200);
    }

    @Test
    void a_window_opens_and_closes_on_the_clock() {
        Sim sim = Sim.with(builder -> builder.faults("503 from=10s to=20s"));
        StringBuilder seen = new StringBuilder();

        for (int i = 0; i < 6; i++) {
            seen.append(ask(sim, "a") == 503 ? 'x' : '.');
            sim.advance(Duration.ofSeconds(5));
        }

        assertThat(seen).hasToString("..xx..");
    }

    @Test
    void requests_outside_a_window_are_not_counted() {
        Sim sim = Sim.with(builder -> builder.faults("503 first=1 from=10s"));

        assertThat(ask(sim, "a")).isEqualTo(200);
        sim.advance(Duration.ofSeconds(10));
        assertThat(ask(sim, "a")).isEqualTo(503);
        assertThat(ask(sim, "a")).isEqualTo(200);
    }

    @Test
    void bursts_follow_the_clock_and_the_seed() {
        List<Boolean> slots = burst(7);

        assertThat(slots).contains(true, false);
        assertThat(burst(7)).isEqualTo(slots);
        assertThat(burst(8)).isNotEqualTo(slots);
    }

    @Test
    void a_probability_is_kept() {
        Sim sim = Sim.with(builder -> builder.faults("503 p=0.2"));

        long struck = IntStream.range(0, 5_000)
                .filter(i -> sim.get("/v1/models?i=" + i).status() == 503)
                .count();

        assertThat(struck).isBetween(900L, 1_100L);
    }

    @Test
    void sixteen_threads_in_any_order_are_struck_alike() throws Exception {
        String faults = "503 p=0.2; 429-tokens p=0.2; cut p=0.3; slow by=3s p=0.3; reset p=0.1";
        Map<String, Integer> alone = tally(answers(Sim.with(builder -> builder.faults(faults)), false));

        Map<String, Integer> together = tally(answers(Sim.with(builder -> builder.faults(faults)), true));

        assertThat(together).isEqualTo(alone);
        assertThat(alone).hasSizeGreaterThan(100);
    }

    @Test
    void another_fault_beside_it_changes_no_draw() {
        Sim one = Sim.with(builder -> builder.faults("503 p=0.5"));
        Sim two = Sim.with(builder -> builder.faults("slow p=0.3; 503 p=0.5; cut p=0.1"));

        for (int i = 0; i < 300; i++) {
            assertThat(ask(two, "m" + i)).isEqualTo(ask(one, "m" + i));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500 endpoint=/v1/chat/*, 500",
        "500 endpoint=/v1/responses, 200",
        "500 model=gpt-4o*, 500",
        "500 model=o3*, 200",
        "500 user=anna, 500",
        "500 user=bert, 200",
        "500 key=sk-test-blue-*, 500",
        "500 key=sk-test-green-*, 200",
        "500 tenant=*x, 200",
        "500 model=gpt-4o* user=bert, 200"
    })
    void faults_strike_whom_they_concern(String fault, int status) {
        Sim sim = Sim.with(builder -> builder.faults(fault));

        Sim.Answer answer = sim.reply(
                "POST",
                CHAT,
                ChatTest.ask("gpt-4o-mini", ""),
                "x-test-user",
                "anna",
                "authorization",
                "Bearer sk-test-blue-0000");

        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fault=429-quota            | 429 |
            fault=cut after=3 events   | 200 | CUT
            pieces; fault=stall        | 200 | STALL
            fault=500 p=0              | 200 |
            """)
    void a_header_asks_for_faults(String header, int status, String failure) {
        Sim sim = Sim.with(SimulatedOpenAi.Builder::obeyFaultHeader);

        Sim.Answer answer =
                sim.reply("POST", CHAT, ChatTest.ask("gpt-4o", ", \"stream\": true"), "X-Gateway-Sim", header);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.failure()).isEqualTo(failure == null ? "" : failure);
    }

    @Test
    void a_header_means_nothing_unless_it_is_obeyed() {
        Sim.Answer answer =
                Sim.standard().reply("POST", CHAT, ChatTest.ask("gpt-4o", ""), "x-gateway-sim", "fault=500");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void a_header_that_asks_for_nothing_known_is_told_what_there_is() {
        Sim sim = Sim.with(SimulatedOpenAi.Builder::obeyFaultHeader);

        Sim.Answer answer = sim.reply("POST", CHAT, ChatTest.ask("gpt-4o", ""), "x-gateway-sim", "fault=429-quote");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Trees.of(answer.body()).at("/error/message").asText())
                .contains("there is no fault \"429-quote\"; the nearest are 429-quota");
    }

    private static String pattern(Sim sim, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(i -> ask(sim, "m" + i) == 200 ? "." : "x")
                .collect(Collectors.joining());
    }

    private static List<Boolean> burst(long seed) {
        Sim sim = Sim.with(builder -> builder.seed(seed).faults("503 burst=0.05/0.2/10s"));
        List<Boolean> slots = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            slots.add(sim.get("/v1/models").status() == 503);
            sim.advance(Duration.ofSeconds(10));
        }
        return slots;
    }

    private static int ask(Sim sim, String user) {
        return sim.chat(ChatTest.ask("gpt-4o", ", \"user\": \"" + user + "\"")).status();
    }

    private static List<String> answers(Sim sim, boolean shuffled) throws Exception {
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String body = ChatTest.ask("gpt-4o", ", \"stream\": true, \"user\": \"u" + i % 40 + "\"");
            calls.add(() -> {
                if (sim.ask("POST", CHAT, body) instanceof WireReply reply) {
                    Sim.Answer answer = Sim.read(reply);
                    return answer.status() + answer.allHeaders() + answer.body() + answer.dues() + answer.failure();
                }
                return "connection";
            });
        }
        if (shuffled) {
            Collections.shuffle(calls, new Random(3));
        }
        ExecutorService threads = Executors.newFixedThreadPool(shuffled ? 16 : 1);
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

    private static Map<String, Integer> tally(List<String> answers) {
        Map<String, Integer> tally = new TreeMap<>();
        answers.forEach(answer -> tally.merge(answer, 1, Integer::sum));
        return tally;
    }
}
