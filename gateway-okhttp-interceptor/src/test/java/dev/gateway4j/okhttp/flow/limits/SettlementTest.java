package dev.gateway4j.okhttp.flow.limits;

import static dev.gateway4j.api.limit.LimitKind.CONCURRENCY;
import static dev.gateway4j.api.limit.LimitKind.OUTPUT_TOKENS;
import static dev.gateway4j.api.limit.LimitKind.REQUESTS;
import static dev.gateway4j.api.limit.LimitKind.TOKENS;
import static dev.gateway4j.api.limit.LimitScope.ENVIRONMENT;
import static dev.gateway4j.api.limit.LimitScope.MODEL;
import static dev.gateway4j.api.limit.LimitScope.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireRefusal;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call took is settled once, whatever its ending; the same for what its caller pays and what its attempt pays. */
@Timeout(60)
class SettlementTest {
    private final ManualTime time = ManualTime.standing();

    /** Once a limit of the caller, once one of the attempt. */
    static Stream<List<LimitRule>> limits() {
        return Stream.of(
                List.of(
                        Limited.perMinute(USER, TOKENS, 100),
                        Limited.perMinute(USER, REQUESTS, 10),
                        Limited.perMinute(ENVIRONMENT, CONCURRENCY, 3)),
                List.of(
                        Limited.perMinute(MODEL, TOKENS, 100),
                        Limited.perMinute(MODEL, REQUESTS, 10),
                        Limited.perMinute(MODEL, CONCURRENCY, 3)));
    }

    private House house(List<LimitRule> rules, Script openai) {
        return new House(Limited.simulated(RateLimitConfig.of(rules)), time, openai);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void an_answer_is_charged_what_it_used(List<LimitRule> rules) throws IOException {
        House house = house(rules, Script.answering());

        try (Response response = house.client.newCall(Limited.ask()).execute()) {
            assertThat(house.left(TOKENS)).as("reserved").isEqualTo(100 - Limited.CHARGED);
            assertThat(house.left(CONCURRENCY)).isEqualTo(2);
            response.body().string();
        }

        left(house, 100 - 20, 9);
        assertThat(house.lastOutcome().reservedTokens()).isEqualTo(Limited.CHARGED);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void a_stream_is_charged_at_its_end(List<LimitRule> rules) throws IOException {
        House house = house(rules, Script.streaming());

        try (Response response = house.client.newCall(anna()).execute()) {
            response.body().source().readUtf8(Script.FIRST.length());
            assertThat(house.left(TOKENS)).isEqualTo(100 - Limited.CHARGED);
            assertThat(house.left(CONCURRENCY)).isEqualTo(2);
            response.body().string();
        }

        left(house, 100 - 20, 9);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void a_stream_closed_early_keeps_its_reservation(List<LimitRule> rules) throws IOException {
        House house = house(rules, Script.streaming());

        try (Response response = house.client.newCall(anna()).execute()) {
            response.body().source().readUtf8(Script.FIRST.length());
        }

        left(house, 100 - Limited.CHARGED, 9);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void a_cancelled_stream_keeps_its_reservation(List<LimitRule> rules) throws IOException {
        House house = house(rules, Script.slow(1_000));
        Call call = house.client.newCall(anna());

        try (Response response = call.execute()) {
            call.cancel();
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
        }

        left(house, 100 - Limited.CHARGED, 9);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void a_truncated_stream_keeps_its_reservation(List<LimitRule> rules) throws IOException {
        House house = house(rules, Script.streaming(List.of(Script.FIRST)));

        try (Response response = house.client.newCall(anna()).execute()) {
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
        }

        left(house, 100 - Limited.CHARGED, 9);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void an_error_gives_tokens_back_and_keeps_the_request(List<LimitRule> rules) throws IOException {
        House house = house(rules, Script.failing(500));

        assertThat(house.ask(Limited.ask())).isEqualTo(500);

        left(house, 100, 9);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void a_lost_connection_keeps_its_reservation(List<LimitRule> rules) {
        House house = house(rules, Script.of(Script::reset));

        assertThatThrownBy(() -> house.ask(Limited.ask())).isInstanceOf(IOException.class);

        left(house, 100 - Limited.CHARGED, 9);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void what_never_left_is_not_charged(List<LimitRule> rules) {
        House house =
                house(rules, Script.of(request -> new Frame.Fault(request.arrivedNanos(), FaultKind.CONNECT_REFUSED)));

        assertThatThrownBy(() -> house.ask(Limited.ask())).isInstanceOf(IOException.class);

        left(house, 100, 10);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void what_is_refused_inside_is_not_charged(List<LimitRule> rules) throws IOException {
        Refusal refusal = Refusal.of(RefusalReason.NO_CASSETTE, "nothing here");
        House house = house(rules, Script.of(request -> new WireRefusal(request.arrivedNanos(), refusal)));

        assertThat(house.ask(Limited.ask())).isEqualTo(404);

        left(house, 100, 10);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void an_error_of_the_program_itself_leaves_no_place_taken(List<LimitRule> rules) {
        House house = house(rules, Script.of(request -> {
            throw new IllegalStateException("a bug");
        }));

        assertThatThrownBy(() -> house.ask(Limited.ask())).isInstanceOf(IOException.class);

        left(house, 100 - Limited.CHARGED, 9);
    }

    @Test
    void an_answer_that_used_more_than_is_there_leaves_debt_that_delays_later_calls() throws IOException {
        House house = house(
                List.of(Limited.perMinute(USER, OUTPUT_TOKENS, 60)),
                Script.streaming(List.of(
                        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":90,\"total_tokens\":91}}\n\n",
                        "data: [DONE]\n\n")));

        assertThat(house.ask(anna())).isEqualTo(200);
        assertThat(house.left(OUTPUT_TOKENS)).isEqualTo(-30);
        assertThat(house.ask(anna())).isEqualTo(429);
        time.advance(java.time.Duration.ofSeconds(31));

        assertThat(house.ask(anna())).isEqualTo(200);
    }

    private static okhttp3.Request anna() {
        return Limited.streamed().newBuilder().header("X-Gateway-User", "anna").build();
    }

    private static void left(House house, long tokens, long requests) {
        assertThat(house.left(TOKENS)).isEqualTo(tokens);
        assertThat(house.left(REQUESTS)).isEqualTo(requests);
        assertThat(house.left(CONCURRENCY)).isEqualTo(3);
    }

    @Test
    void a_call_that_names_an_absurd_cap_and_is_cancelled_owes_one_capacity_at_most() throws IOException {
        House house =
                new House(Limited.simulated(greedy(Limited.perMinute(USER, TOKENS, 100))), time, Script.slow(1_000));
        String question =
                Limited.QUESTION.replace("{\"model\"", "{\"max_tokens\":999999999999999999,\"stream\":true,\"model\"");
        Call call = house.client.newCall(Limited.post(Limited.URL, question)
                .newBuilder()
                .header("X-Gateway-User", "anna")
                .build());

        try (Response response = call.execute()) {
            call.cancel();
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
        }

        assertThat(house.left(TOKENS)).isEqualTo(-100);
        time.advance(java.time.Duration.ofMinutes(2));
        assertThat(house.left(TOKENS)).isEqualTo(100);
    }

    private static RateLimitConfig greedy(LimitRule rule) {
        RateLimitConfig usual = RateLimitConfig.of(List.of(rule));
        return new RateLimitConfig(
                usual.rules(),
                usual.onLimit(),
                usual.maxWait(),
                usual.maxQueue(),
                RateLimitConfig.Estimator.WORST_CASE,
                RateLimitConfig.Oversized.ALONE,
                usual.learn(),
                usual.maxSubjects());
    }

    @ParameterizedTest
    @MethodSource("limits")
    void an_upstream_that_says_more_than_can_be_true_is_not_believed(List<LimitRule> rules) throws IOException {
        House house = house(
                rules,
                Script.streaming(List.of(
                        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":9007199254740991,\"total_tokens\":9007199254740992}}\n\n",
                        "data: [DONE]\n\n")));

        assertThat(house.ask(anna())).isEqualTo(200);

        assertThat(house.left(TOKENS)).isBetween(50L, 99L);
    }

    @Test
    void what_question_and_answer_reserve_apart_is_reported_together() throws IOException {
        House house = new House(
                Limited.simulated(Limited.estimated(
                        RateLimitConfig.Estimator.WORST_CASE,
                        Limited.perMinute(USER, dev.gateway4j.api.limit.LimitKind.INPUT_TOKENS, 100_000),
                        Limited.perMinute(USER, OUTPUT_TOKENS, 100_000))),
                time,
                Script.answering());

        assertThat(house.ask(Limited.ask())).isEqualTo(200);

        assertThat(house.lastOutcome().reservedTokens()).isGreaterThan(4_096);
    }
}
