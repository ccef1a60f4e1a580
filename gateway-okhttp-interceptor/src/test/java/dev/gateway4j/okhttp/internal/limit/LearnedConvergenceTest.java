package dev.gateway4j.okhttp.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Learned limits against an upstream that refuses what is too much, with more calls than it admits. */
class LearnedConvergenceTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOP = Duration.ofMillis(200);

    @Test
    void an_upstream_that_is_ours_alone_never_has_to_refuse() {
        for (int seed = 0; seed < 300; seed++) {
            long requests = seed % 3 == 0 ? 5 : 500;
            LearnedTraffic traffic = new LearnedTraffic(
                    new UpstreamBuckets(requests, 20_000, seed % 2 == 0 ? MINUTE : Duration.ofDays(1)),
                    1,
                    seed % 4 == 0 ? 20_000 : 900,
                    Duration.ofMillis(seed % 5 == 0 ? 50 : 10_000),
                    Duration.ofMillis(seed % 5 == 0 ? 50 : 60_000),
                    seed % 7 == 0 ? 0.05 : 0,
                    seed);

            traffic.learnFirst();
            traffic.run(Duration.ofMinutes(20), Duration.ofMillis(seed % 5 == 0 ? 200 : 1_500), Duration.ZERO);

            assertThat(traffic.refused()).as("refused with seed %d", seed).isZero();
            assertThat(traffic.served()).as("served with seed %d", seed).isPositive();
        }
    }

    @Test
    void an_upstream_that_is_ours_alone_is_used_to_the_full() {
        LearnedTraffic traffic = new LearnedTraffic(
                new UpstreamBuckets(500, 200_000, MINUTE), 1, 2_000, HOP, Duration.ofMinutes(2), 0, 1);

        traffic.run(Duration.ofMinutes(60), Duration.ofMillis(100), Duration.ofMinutes(2));

        assertThat(traffic.refused()).isZero();
        assertThat(traffic.tokensServed() / 58.0 / 200_000.0)
                .as("share of the limit that was used")
                .isGreaterThan(0.97);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 500, 200_000, 2_000, 500, 1",
        "4, 500, 200_000, 2_000, 500, 1",
        "4, 500, 200_000, 2_000, 5_000, 1",
        "4, 5_000, 2_000_000, 4_000, 2_000, 1",
        "12, 500, 200_000, 1_000, 1_000, 1",
        "4, 500, 200_000, 2_000, 20_000, 3"
    })
    void clients_that_never_talk_share_an_upstream_that_hardly_ever_refuses(
            int clients, String requests, String tokens, String largest, String slowestMillis, int percent) {
        LearnedTraffic traffic = new LearnedTraffic(
                new UpstreamBuckets(number(requests), number(tokens), MINUTE),
                clients,
                number(largest),
                HOP,
                Duration.ofMillis(number(slowestMillis)),
                0,
                7);

        traffic.run(Duration.ofMinutes(32), Duration.ofMillis(60), Duration.ofMinutes(2));

        String figure = String.format(
                Locale.ROOT,
                "%d of %d calls refused, %.2f%%; %.0f%% of the limit used",
                traffic.refused(),
                traffic.served() + traffic.refused(),
                100 * traffic.refusedShare(),
                100 * traffic.tokensServed() / 30.0 / number(tokens));
        assertThat(traffic.refusedShare()).as(figure).isLessThan(percent / 100.0);
        assertThat(traffic.tokensServed() / 30.0 / number(tokens)).as(figure).isGreaterThan(0.9);
    }

    private static long number(String text) {
        return Long.parseLong(text.replace("_", ""));
    }
}
