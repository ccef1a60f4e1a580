package dev.gateway4j.cassette.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "+0, 0",
        "0s, 0",
        "1ns, 1",
        "1us, 1000",
        "1\u00b5s, 1000",
        "1\u03bcs, 1000",
        "1ms, 1000000",
        "3.215371625s, 3215371625",
        "473.769042ms, 473769042",
        "1m2.5s, 62500000000",
        "1h, 3600000000000",
        "-1.5h, -5400000000000",
        "+5s, 5000000000",
        ".5s, 500000000",
        "1.s, 1000000000",
        "1h1h, 7200000000000",
        "2s1h, 3602000000000",
        "0.3333333333333333333h, 1200000000000",
        "1.0000000009ns, 1",
        "9223372036854775807ns, 9223372036854775807"
    })
    void every_notation_of_go_is_read(String text, long nanos) {
        // Go counts 0.333...h in floating point and truncates; an exact count is one nanosecond less.
        assertThat(GoDuration.parse(text)).hasValueSatisfying(duration -> assertThat(duration.toNanos())
                .isBetween(text.startsWith("0.333") ? nanos - 1 : nanos, nanos));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "-",
                "1",
                "1.5",
                "00",
                "s",
                ".s",
                "1x",
                "1 s",
                " 1s",
                "1s ",
                "1S",
                "1d",
                "--1s",
                "1s2",
                "1e3s",
                "1,5s",
                "9223372036854775808ns",
                "2562048h",
                "99999999999999999999s",
                "\u0661s",
                "PT1S"
            })
    void anything_else_is_none(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ns",
        "999, 999ns",
        "1000, 1\u00b5s",
        "1500, 1.5\u00b5s",
        "999999, 999.999\u00b5s",
        "1000000, 1ms",
        "412500000, 412.5ms",
        "999999999, 999.999999ms",
        "1000000000, 1s",
        "10000000000, 10s",
        "3215371625, 3.215371625s",
        "60000000000, 1m0s",
        "62500000000, 1m2.5s",
        "600000000000, 10m0s",
        "3600000000000, 1h0m0s",
        "3661000000001, 1h1m1.000000001s",
        "-1500000000, -1.5s",
        "-1, -1ns",
        "9223372036854775807, 2562047h47m16.854775807s",
        "-9223372036854775808, -2562047h47m16.854775808s"
    })
    void it_is_printed_as_go_prints_it(long nanos, String text) {
        assertThat(GoDuration.print(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @Test
    void what_is_printed_reads_as_the_same() {
        Random random = new Random(7);
        for (int round = 0; round < 10_000; round++) {
            Duration duration = Duration.ofNanos(random.nextLong() >> random.nextInt(63));

            assertThat(GoDuration.parse(GoDuration.print(duration))).contains(duration);
        }
    }

    @Test
    void what_go_cannot_count_becomes_the_most_it_can() {
        assertThat(GoDuration.print(Duration.ofDays(200_000))).isEqualTo("2562047h47m16.854775807s");
        assertThat(GoDuration.print(Duration.ofDays(-200_000))).isEqualTo("-2562047h47m16.854775807s");
    }
}
