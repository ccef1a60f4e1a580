package dev.gateway4j.okhttp.flow.limits;

import static dev.gateway4j.api.limit.LimitKind.REQUESTS;
import static dev.gateway4j.api.limit.LimitKind.TOKENS;
import static dev.gateway4j.api.limit.LimitScope.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulator's own limiter as the judge of ours: with ours in front of it, it never has to answer 429. */
@Timeout(300)
class JudgeTest {
    private static final Duration PATIENCE = Duration.ofHours(10);
    private static final LimitRule[] OURS = {
        Limited.perMinute(MODEL, REQUESTS, 60), Limited.perMinute(MODEL, TOKENS, 2_000)
    };
    private static final String THE_SAME = "*: 60 rpm, 2000 tpm";

    private final Ensemble time = new Ensemble();
    private final Judge judge = new Judge(THE_SAME, time);
    private final AtomicInteger tooMany = new AtomicInteger();

    @Test
    void behind_our_limits_the_upstream_never_refuses() throws Exception {
        House house = new House(Limited.simulated(Limited.waiting(PATIENCE, 100, OURS)), time, judge);

        time.play(12, player -> ask(house, player, 250, false));

        assertThat(judge.asked()).isEqualTo(3_000);
        assertThat(judge.refused()).isZero();
        assertThat(tooMany).hasValue(0);
        assertThat(time.elapsed()).isGreaterThan(Duration.ofMinutes(48));
    }

    @Test
    void control_without_limits_it_does() throws Exception {
        House house = new House(Limited.simulated(), time, judge);

        time.play(12, player -> ask(house, player, 25, false));

        assertThat(judge.asked()).isEqualTo(300);
        assertThat(judge.refused()).isGreaterThan(200);
    }

    @Test
    void with_long_questions_that_use_less_than_they_are_charged_what_was_learned_holds_it() throws Exception {
        try (RawServer server = judge.listen()) {
            House house = new House(Limited.passthrough(url(server), 1, Limited.waiting(PATIENCE, 100, OURS)), time);

            time.play(8, player -> ask(house, player, 100, true));

            assertThat(judge.asked()).isEqualTo(800);
            assertThat(judge.refused()).isZero();
        }
    }

    @Test
    void with_no_limits_of_our_own_only_the_first_burst_is_refused() throws Exception {
        Judge strict = new Judge("*: 5 rpm, 2000 tpm", time);
        try (RawServer server = strict.listen()) {
            House house = new House(Limited.passthrough(url(server), 1, Limited.waiting(PATIENCE, 100)), time);

            time.play(8, player -> ask(house, player, 40, false));

            assertThat(strict.asked()).isEqualTo(320);
            assertThat(strict.refused()).isBetween(1, 8);
        }
    }

    @Test
    void several_gateways_on_one_quota_find_a_pace_without_talking() throws Exception {
        Judge shared = new Judge("*: 600 rpm, 200000 tpm", time);
        try (RawServer server = shared.listen()) {
            List<House> houses = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                houses.add(new House(Limited.passthrough(url(server), 1, Limited.waiting(PATIENCE, 100)), time));
            }

            time.play(8, player -> ask(houses.get(player % 4), player, 400, true));

            assertThat(shared.asked()).isEqualTo(3_200);
            assertThat(shared.refused() / 3_200.0).isLessThan(0.01);
        }
    }

    private void ask(House house, int player, int calls, boolean varied) {
        Random random = new Random(player);
        for (int i = 0; i < calls; i++) {
            try {
                Request request = varied ? question(random) : Limited.ask("user-" + player);
                if (house.ask(request) == 429) {
                    tooMany.incrementAndGet();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String url(RawServer server) {
        return "http://127.0.0.1:" + server.port() + "/v1";
    }

    /** Of ordinary words, which are fewer tokens than a quarter of their letters. */
    private static Request question(Random random) {
        String text = "international representation notwithstanding ".repeat(1 + random.nextInt(12));
        return Limited.post(
                Limited.URL, Limited.QUESTION.replace("What is the capital of France?", text + "Say yes or no."));
    }
}
