package dev.gateway4j.okhttp.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.api.limit.LimitStatus;
import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.api.openai.LimitHeaders.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedLimitsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTime time = ManualTime.standing();
    private final LearnedClient client = new LearnedClient(time);

    @Test
    void nothing_is_limited_until_the_upstream_says_so() {
        for (int i = 0; i < 10_000; i++) {
            client.call(1_000_000, LimitHeaders.NONE, 200);
        }

        assertThat(client.tryDepart(1L << 50)).isPresent();
        assertThat(client.tokens().capacity()).isEqualTo(Long.MAX_VALUE);
        assertThat(client.tokens().nanosUntil(1L << 50)).isZero();
        assertThat(client.limits.status()).isEmpty();
    }

    @Test
    void the_first_answer_says_what_there_is() {
        client.call(100, headers(500, 499, 30_000, 29_900), 200);

        assertThat(client.requests().capacity()).isEqualTo(500);
        assertThat(client.requests().remaining()).isEqualTo(499);
        assertThat(client.tokens().remaining()).isEqualTo(29_900);
        assertThat(client.limits.status())
                .containsExactly(
                        status(LimitKind.REQUESTS, 500, 499, Duration.ofMillis(120)),
                        status(LimitKind.TOKENS, 30_000, 29_900, Duration.ofMillis(200)));
    }

    @Test
    void calls_under_way_count_when_a_limit_is_first_seen() {
        Flight first = client.tryDepart(100).orElseThrow();
        for (int i = 0; i < 4; i++) {
            assertThat(client.tryDepart(50)).isPresent();
        }

        first.answered(headers(500, 499, 1_000, 900), 200);

        assertThat(client.tokens().remaining()).isEqualTo(700);
        assertThat(client.requests().remaining()).isEqualTo(495);
    }

    @Test
    void what_a_call_under_way_may_still_take_is_not_refilled() {
        client.call(100, headers(10, 9, 1_000, 900), 200);
        time.advance(MINUTE);
        Flight slow = client.tryDepart(400).orElseThrow();

        time.advance(Duration.ofSeconds(10));

        assertThat(client.tokens().remaining()).isEqualTo(600);
        slow.answered(headers(10, 9, 1_000, 600), 200);
        time.advance(Duration.ofSeconds(6));
        assertThat(client.tokens().remaining()).isEqualTo(700);
    }

    @Test
    void an_admitted_call_is_charged_although_it_may_use_less() {
        client.call(100, headers(10, 9, 1_000, 900), 200);

        client.call(300, headers(10, 8, 1_000, 600), 200);

        assertThat(client.tokens().remaining()).isEqualTo(600);
    }

    @Test
    void a_call_that_never_left_takes_nothing() {
        client.call(100, headers(10, 9, 1_000, 900), 200);
        List<Charge> charges = new ArrayList<>();
        client.limits.addCharges("openai", "blue", "gpt-4o", new Estimate(300, 0), charges);
        charges.forEach(charge ->
                assertThat(charge.allowance().tryTake(charge.amount())).isTrue());

        charges.forEach(charge -> charge.allowance().giveBack(charge.amount()));

        assertThat(client.tokens().remaining()).isEqualTo(900);
        assertThat(client.requests().remaining()).isEqualTo(9);
    }

    @Test
    void a_call_that_could_not_connect_for_long_is_not_taken_for_a_later_one() {
        client.call(100, headers(10, 9, 1_000, 900), 200);
        time.advance(MINUTE);
        Allowance tokens = client.tokens();
        long unconnected = tokens.take(200, time.nanos());
        time.advance(Duration.ofSeconds(11));
        assertThat(client.tryDepart(300)).isPresent();

        tokens.giveBack(200, unconnected);

        assertThat(tokens.remaining()).isEqualTo(700);
        time.advance(Duration.ofSeconds(12));
        assertThat(tokens.remaining()).as("the later call is still under way").isEqualTo(700);
    }

    @Test
    void others_who_use_the_limit_leave_less() {
        client.call(100, headers(500, 499, 1_000, 900), 200);

        time.advance(Duration.ofSeconds(6));
        client.call(10, headers(500, 499, 1_000, 300), 200);

        assertThat(client.tokens().remaining()).isEqualTo(300);
        assertThat(client.tokens().tryTake(280))
                .as("the last tenth is left to others")
                .isFalse();
        assertThat(client.tokens().tryTake(190)).isTrue();
    }

    @Test
    void an_old_answer_says_nothing_about_now() {
        client.call(100, headers(500, 499, 1_000, 900), 200);
        Flight slow = client.tryDepart(800).orElseThrow();
        time.advance(Duration.ofSeconds(50));

        slow.answered(headers(500, 498, 1_000, 100), 200);

        assertThat(client.tokens().remaining()).isBetween(700L, 800L);
    }

    @Test
    void an_answer_that_was_overtaken_changes_nothing() {
        client.call(10, headers(500, 499, 1_000, 990), 200);
        Flight slow = client.tryDepart(10).orElseThrow();
        Flight fast = client.tryDepart(10).orElseThrow();

        fast.answered(headers(500, 497, 1_000, 970), 200);
        slow.answered(headers(500, 498, 1_000, 20), 200);

        assertThat(client.tokens().remaining()).isEqualTo(970);
    }

    @Test
    void a_higher_limit_replaces_the_old_one() {
        client.call(100, headers(500, 499, 1_000, 0), 200);
        time.advance(Duration.ofSeconds(6));

        client.call(10, headers(500, 499, 100_000, 99_990), 200);

        assertThat(client.tokens().capacity()).isEqualTo(100_000);
        assertThat(client.tokens().remaining()).isEqualTo(99_990);
    }

    @Test
    void a_lower_limit_replaces_the_old_one() {
        client.call(100, headers(500, 499, 100_000, 99_900), 200);
        time.advance(MINUTE);

        client.call(10, headers(500, 499, 1_000, 990), 200);

        assertThat(client.tokens().capacity()).isEqualTo(1_000);
        assertThat(client.tokens().remaining()).isEqualTo(990);
    }

    @Test
    void a_huge_call_that_passed_unknown_costs_one_window_at_most() {
        Flight first = client.tryDepart(100).orElseThrow();
        Flight huge = client.tryDepart(50_000_000).orElseThrow();

        first.answered(headers(500, 499, 1_000, 900), 200);
        huge.lost();

        assertThat(client.tokens().remaining()).isEqualTo(-1_000);
        time.advance(MINUTE.plusMillis(60));
        assertThat(client.tryDepart(1)).isPresent();
    }

    @Test
    void a_slow_answer_that_names_a_limit_first_leaves_what_came_in_since() {
        Flight slow = client.tryDepart(100).orElseThrow();
        for (int i = 0; i < 6; i++) {
            time.advance(Duration.ofSeconds(10));
            client.call(200, LimitHeaders.NONE, 200);
        }

        slow.answered(headers(500, 499, 1_000, 900), 200);

        assertThat(client.tokens().remaining())
                .as("1,200 were taken and 1,000 came in")
                .isEqualTo(700);
    }

    @Test
    void an_older_answer_with_another_limit_changes_nothing() {
        client.call(10, headers(500, 499, 1_000, 990), 200);
        Flight older = client.tryDepart(10).orElseThrow();
        Flight newer = client.tryDepart(10).orElseThrow();
        newer.answered(headers(500, 497, 100_000, 99_970), 200);

        older.answered(headers(500, 498, 1_000, 980), 200);

        assertThat(client.tokens().capacity()).isEqualTo(100_000);
        assertThat(client.tokens().remaining()).isBetween(99_000L, 99_970L);
    }

    @Test
    void a_refusal_blocks_its_kind_for_as_long_as_the_upstream_says() {
        client.call(100, headers(500, 499, 1_000, 900), 200);

        refuse(110, headers(500, 499, 1_000, 100, Duration.ofMillis(4_200)));

        assertThat(client.tokens().remaining()).isZero();
        assertThat(client.tokens().nanosUntil(1))
                .isEqualTo(Duration.ofMillis(4_200).toNanos());
        assertThat(client.requests().tryTake(1)).isTrue();
        time.advance(Duration.ofMillis(4_199));
        assertThat(client.tokens().tryTake(1)).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(client.tokens().tryTake(1)).isTrue();
    }

    @Test
    void a_refusal_that_says_nothing_blocks_both_kinds_for_five_seconds() {
        refuse(100, LimitHeaders.NONE);

        assertThat(client.requests().nanosUntil(1))
                .isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(client.tokens().nanosUntil(1))
                .isEqualTo(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void a_refused_kind_without_a_time_to_come_again_waits_for_its_reset() {
        refuse(
                1,
                new LimitHeaders(
                        Optional.of(new Reading(3, 0, Optional.of(Duration.ofSeconds(40)))),
                        Optional.empty(),
                        Optional.empty()));

        assertThat(client.requests().nanosUntil(1))
                .isEqualTo(Duration.ofSeconds(40).toNanos());
        assertThat(client.tokens().nanosUntil(1)).isZero();
    }

    @Test
    void a_call_larger_than_the_whole_limit_does_not_hold_up_the_others() {
        refuse(2_000, headers(500, 499, 1_000, 900, Duration.ofSeconds(60)));

        assertThat(client.tokens().nanosUntil(2_000)).isEqualTo(MINUTE.toNanos());
        assertThat(client.tryDepart(800)).isPresent();
    }

    @Test
    void a_limit_that_was_learned_never_keeps_a_call_away_for_ever() {
        client.call(100, headers(500, 499, 1, 0), 200);

        assertThat(client.tryDepart(2_000)).isEmpty();
        assertThat(client.tokens().nanosUntil(2_000)).isPositive().isLessThanOrEqualTo(MINUTE.toNanos() + 1);
        time.advance(Duration.ofNanos(client.tokens().nanosUntil(2_000)));
        client.call(2_000, headers(500, 498, 30_000, 28_000), 200);

        assertThat(client.tokens().capacity()).isEqualTo(30_000);
        assertThat(client.tryDepart(5_000)).isPresent();
    }

    @Test
    void only_one_call_in_a_window_is_larger_than_the_whole_limit() {
        client.call(100, headers(500, 499, 1_000, 900), 200);
        time.advance(MINUTE);
        Flight large = client.tryDepart(2_000).orElseThrow();

        assertThat(client.tryDepart(2_000)).as("while it is under way").isEmpty();
        large.answered(headers(500, 498, 1_000, 1_000), 429);
        assertThat(client.tryDepart(2_000)).as("after it was refused").isEmpty();
        assertThat(client.tokens().nanosUntil(2_000)).isEqualTo(MINUTE.toNanos());
        assertThat(client.tryDepart(900)).as("a smaller one").isPresent();
        time.advance(Duration.ofMinutes(3));
        assertThat(client.tryDepart(2_000)).as("windows later").isPresent();
    }

    @Test
    void a_large_call_that_never_left_leaves_its_turn_to_the_next() {
        client.call(100, headers(500, 499, 1_000, 900), 200);
        time.advance(MINUTE);
        Allowance tokens = client.tokens();

        tokens.giveBack(2_000, tokens.take(2_000, time.nanos()));

        assertThat(tokens.tryTake(2_000)).isTrue();
    }

    @Test
    void what_answers_no_longer_confirm_is_forgotten() {
        client.call(100, headers(500, 499, 1_000, 900), 200);

        time.advance(MINUTE.multipliedBy(2).minusNanos(1));
        client.call(10, LimitHeaders.NONE, 200);
        assertThat(client.limits.status()).hasSize(2);
        time.advance(Duration.ofNanos(1));
        client.call(10, LimitHeaders.NONE, 503);
        assertThat(client.limits.status()).as("an error need not say anything").hasSize(2);
        client.call(10, LimitHeaders.NONE, 200);

        assertThat(client.limits.status()).isEmpty();
        assertThat(client.tryDepart(50_000)).isPresent();
        assertThat(client.tryDepart(50_000)).isPresent();
    }

    @Test
    void a_pause_makes_nobody_forget_a_limit() {
        client.call(100, headers(5, 4, 1_000, 900), 200);
        time.advance(Duration.ofMinutes(10));

        for (int i = 0; i < 5; i++) {
            assertThat(client.tryDepart(10)).isPresent();
        }
        assertThat(client.tryDepart(10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 100, 499, 1_000})
    void waiting_as_long_as_it_says_is_enough_and_a_moment_less_is_not(long amount) {
        client.call(100, headers(500, 499, 1_000, 400), 200);
        time.advance(Duration.ofSeconds(2));
        client.call(1, headers(500, 498, 1_000, 300), 200);
        client.call(190, headers(500, 497, 1_000, 110), 200);

        long wait = client.tokens().nanosUntil(amount);

        time.advance(Duration.ofNanos(Math.max(0, wait - 1_000)));
        assertThat(client.tokens().tryTake(amount)).isEqualTo(wait == 0);
        time.advance(Duration.ofNanos(1_000));
        assertThat(wait == 0 || client.tokens().tryTake(amount)).isTrue();
    }

    @Test
    void a_limit_per_day_is_told_from_one_per_minute() {
        client.call(
                1,
                new LimitHeaders(
                        Optional.of(new Reading(10_000, 9_999, Optional.of(Duration.ofMillis(8_640)))),
                        Optional.of(new Reading(30_000, 29_999, Optional.of(Duration.ofMillis(2)))),
                        Optional.empty()),
                200);

        assertThat(client.limits.status()).extracting(LimitStatus::window).containsExactly(Duration.ofDays(1), MINUTE);
    }

    @Test
    void whole_seconds_that_were_rounded_up_are_no_limit_per_day() {
        client.call(
                1,
                new LimitHeaders(
                        Optional.of(new Reading(10_000, 9_999, Optional.of(Duration.ofSeconds(1)))),
                        Optional.of(new Reading(30_000, 29_999, Optional.of(Duration.ofSeconds(60)))),
                        Optional.empty()),
                200);

        assertThat(client.limits.status()).extracting(LimitStatus::window).containsExactly(MINUTE, MINUTE);
    }

    @Test
    void an_answer_counts_once() {
        client.call(100, headers(500, 499, 1_000, 900), 200);
        Flight flight = client.tryDepart(100).orElseThrow();
        flight.lost();

        flight.answered(headers(500, 499, 1_000, 0), 429);

        assertThat(client.tokens().remaining()).isEqualTo(800);
    }

    @Test
    void a_leap_of_the_clock_fills_no_more_than_the_limit() {
        client.call(100, headers(500, 499, 1_000, 0), 200);
        Allowance tokens = client.tokens();

        time.advance(Duration.ofDays(100_000));

        assertThat(tokens.remaining()).isEqualTo(1_000);
        assertThat(tokens.tryTake(1_000)).isTrue();
        assertThat(tokens.tryTake(1)).isFalse();
    }

    @Test
    void a_clock_that_goes_backwards_refills_nothing() {
        LearnedLevel level =
                LearnedLevel.unknown(0).told(Departure.none(0), new Reading(1_000, 0, Optional.empty()), false);

        assertThat(level.at(-Duration.ofDays(1).toNanos()).remaining()).isZero();
        assertThat(level.at(Duration.ofSeconds(6).toNanos()).at(0).remaining()).isEqualTo(100);
        assertThat(level.at(Duration.ofSeconds(6).toNanos())
                        .at(0)
                        .at(Duration.ofSeconds(6).toNanos())
                        .remaining())
                .isEqualTo(100);
    }

    @Test
    void only_so_many_models_are_remembered() {
        for (int i = 0; i < 20_000; i++) {
            client.limits
                    .addCharges("openai", "blue", "model-" + i, new Estimate(1, 0), new ArrayList<>())
                    .answered(LimitHeaders.NONE, 200);
        }
        client.limits.addCharges("openai", "blue", "model-x", new Estimate(1, 0), new ArrayList<>());

        assertThat(client.limits.size()).isLessThanOrEqualTo(4_096);
    }

    private void refuse(long tokens, LimitHeaders headers) {
        client.call(tokens, headers, 429);
    }

    private static LimitHeaders headers(long requests, long requestsLeft, long tokens, long tokensLeft) {
        return new LimitHeaders(
                Optional.of(reading(requests, requestsLeft)),
                Optional.of(reading(tokens, tokensLeft)),
                Optional.empty());
    }

    private static LimitHeaders headers(
            long requests, long requestsLeft, long tokens, long tokensLeft, Duration retryAfter) {
        return new LimitHeaders(
                Optional.of(reading(requests, requestsLeft)),
                Optional.of(reading(tokens, tokensLeft)),
                Optional.of(retryAfter));
    }

    private static Reading reading(long limit, long remaining) {
        return new Reading(limit, remaining, Optional.of(Duration.ofMillis((limit - remaining) * 60_000 / limit)));
    }

    private static LimitStatus status(LimitKind kind, long limit, long remaining, Duration reset) {
        return new LimitStatus(
                "upstream", LimitScope.UPSTREAM, "openai/blue/gpt-4o", kind, limit, remaining, reset, MINUTE);
    }
}
