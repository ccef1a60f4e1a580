package dev.gateway4j.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.openai.LimitHeaders.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitHeadersTest {
    private static final Instant NOW = Instant.parse("2026-10-21T07:28:00Z");
    private static final int RANDOM_HEADERS = 150_000;
    private static final String ALPHABET = "0123456789.hmsunµμ-+eE :,TZGMT\u0000é٣∞\t/xNaI";
    private static final String[] REAL = {
        "6m0s",
        "23h47m36.648s",
        "17ms",
        "0s",
        "1m30s",
        "8.64s",
        "494",
        "0.25",
        "-1",
        "1h0m0.000001s",
        "150000000",
        "Wed, 21 Oct 2026 07:29:00 GMT",
        "2026-10-21T07:28:30Z",
        "2026-10-21T07:28:30.123456+02:00",
        "120µs",
        "1e9"
    };

    @ParameterizedTest
    @CsvSource({
        "120ms, PT0.12S",
        "20ms, PT0.02S",
        "0s, PT0S",
        "112ms, PT0.112S",
        "1s, PT1S",
        "6m0s, PT6M",
        "1.5s, PT1.5S",
        "7.66s, PT7.66S",
        "8.64s, PT8.64S",
        "23h47m36.648s, PT23H47M36.648S",
        "1m30s, PT1M30S",
        "17ms, PT0.017S",
        "6.596s, PT6.596S",
        "1m4.8s, PT1M4.8S",
        "250us, PT0.00025S",
        "250µs, PT0.00025S",
        "250μs, PT0.00025S",
        "3ns, PT0.000000003S",
        "0.5ns, PT0.000000001S",
        ".5s, PT0.5S",
        "5.s, PT5S",
        "0, PT0S",
        "7, PT7S",
        "60, PT1M",
        "0.25, PT0.25S",
        "' 12ms ', PT0.012S",
        "2026-10-21T07:28:30Z, PT30S",
        "2026-10-21T09:28:30+02:00, PT30S",
        "2026-10-21T07:27:00Z, PT0S",
        "2038-01-01T00:00:00Z, PT24H",
        "'Wed, 21 Oct 2026 07:29:00 GMT', PT1M",
        "100h, PT24H",
        "99999999999, PT24H",
        "99999999999999999999999999999999999999999999h, PT24H",
    })
    void times_are_read_as_servers_write_them(String text, Duration time) {
        LimitHeaders headers = read(Map.of(
                "x-ratelimit-limit-tokens",
                "2000000",
                "x-ratelimit-remaining-tokens",
                "1999417",
                "x-ratelimit-reset-tokens",
                text,
                "retry-after",
                text));

        assertThat(headers.tokens()).contains(new Reading(2_000_000, 1_999_417, Optional.of(time)));
        assertThat(headers.retryAfter()).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "-5s",
                "+5s",
                "NaN",
                "Infinity",
                "1e3",
                "s",
                ".",
                ".s",
                "1.2.3s",
                "5x",
                "5 s",
                "1s, 1s",
                "5s5",
                "tomorrow",
                "2026-10-21",
                "Wed, 99 Oct 2026 07:29:00 GMT",
                "٣s",
                "00000000000000000000000000000000000000000000000000000000000000001s"
            })
    void a_time_that_makes_no_sense_was_not_said(String text) {
        LimitHeaders headers = read(Map.of(
                "x-ratelimit-limit-requests",
                "500",
                "x-ratelimit-remaining-requests",
                "499",
                "x-ratelimit-reset-requests",
                text,
                "retry-after",
                text));

        assertThat(headers.requests()).contains(new Reading(500, 499, Optional.empty()));
        assertThat(headers.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "0", "1.5", "1e3", "NaN", "5000, 5000", "9999999999999999", "٣", "unlimited"})
    void a_limit_that_makes_no_sense_was_not_said(String limit) {
        assertThat(read(Map.of("x-ratelimit-limit-requests", limit, "x-ratelimit-remaining-requests", "5")))
                .isSameAs(LimitHeaders.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "NaN", "4999;w=60"})
    void a_limit_without_what_is_left_of_it_was_not_said(String remaining) {
        assertThat(read(Map.of("x-ratelimit-limit-requests", "5", "x-ratelimit-remaining-requests", remaining)))
                .isSameAs(LimitHeaders.NONE);
    }

    @Test
    void no_more_is_left_than_the_limit() {
        assertThat(read(Map.of("x-ratelimit-limit-tokens", "100", "x-ratelimit-remaining-tokens", "101"))
                        .tokens())
                .contains(new Reading(100, 100, Optional.empty()));
    }

    @Test
    void requests_and_tokens_are_told_apart() {
        LimitHeaders headers = read(Map.of(
                "x-ratelimit-limit-requests", "5000",
                "x-ratelimit-remaining-requests", "4999",
                "x-ratelimit-reset-requests", "12ms",
                "x-ratelimit-limit-tokens", "2000000",
                "x-ratelimit-remaining-tokens", "0"));

        assertThat(headers.requests()).contains(new Reading(5000, 4999, Optional.of(Duration.ofMillis(12))));
        assertThat(headers.tokens()).contains(new Reading(2_000_000, 0, Optional.empty()));
        assertThat(headers.retryAfter()).isEmpty();
    }

    @Test
    void milliseconds_are_preferred_to_whole_seconds() {
        assertThat(read(Map.of("retry-after-ms", "494", "retry-after", "1")).retryAfter())
                .contains(Duration.ofMillis(494));
        assertThat(read(Map.of("retry-after-ms", "soon", "retry-after", "1")).retryAfter())
                .contains(Duration.ofSeconds(1));
        assertThat(read(Map.of("retry-after-ms", "0", "retry-after", "1")).retryAfter())
                .contains(Duration.ZERO);
    }

    @Test
    void whatever_headers_say_nothing_is_thrown_and_everything_is_bounded() {
        SplittableRandom random = new SplittableRandom(20261021);
        int said = 0;
        for (int i = 0; i < RANDOM_HEADERS; i++) {
            Map<String, String> headers = new HashMap<>();
            for (String name : new String[] {
                "x-ratelimit-limit-tokens",
                "x-ratelimit-remaining-tokens",
                "x-ratelimit-reset-tokens",
                "x-ratelimit-limit-requests",
                "x-ratelimit-remaining-requests",
                "x-ratelimit-reset-requests",
                "retry-after-ms",
                "retry-after"
            }) {
                if (random.nextInt(5) > 0) {
                    headers.put(name, value(random));
                }
            }

            LimitHeaders read = read(headers);

            read.requests().ifPresent(reading -> check(reading, headers));
            read.tokens().ifPresent(reading -> check(reading, headers));
            read.retryAfter().ifPresent(time -> check(time, headers));
            said += read.equals(LimitHeaders.NONE) ? 0 : 1;
        }

        assertThat(said).isBetween(RANDOM_HEADERS / 10, RANDOM_HEADERS - 1);
    }

    private static LimitHeaders read(Map<String, String> headers) {
        return LimitHeaders.read(headers::get, NOW);
    }

    private static void check(Reading reading, Map<String, String> headers) {
        assertThat(reading.limit()).as(headers::toString).isBetween(1L, 999_999_999_999_999L);
        assertThat(reading.remaining()).as(headers::toString).isBetween(0L, reading.limit());
        reading.reset().ifPresent(time -> check(time, headers));
    }

    private static void check(Duration time, Map<String, String> headers) {
        assertThat(time).as(headers::toString).isBetween(Duration.ZERO, LimitHeaders.LONGEST);
    }

    private static String value(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> REAL[random.nextInt(REAL.length)];
            case 1 -> Long.toString(random.nextLong(-3, 1L << random.nextInt(4, 62)));
            case 2 -> noise(random, random.nextInt(random.nextInt(50) == 0 ? 5_000 : 20));
            default -> mutated(REAL[random.nextInt(REAL.length)], random);
        };
    }

    private static String mutated(String text, SplittableRandom random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(mutated.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> mutated.insert(at, noise(random, 1));
                case 1 -> mutated.delete(at, Math.min(mutated.length(), at + 2));
                default -> mutated.insert(at, text);
            }
        }
        return mutated.toString();
    }

    private static String noise(SplittableRandom random, int length) {
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < length; i++) {
            noise.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return noise.toString();
    }
}
