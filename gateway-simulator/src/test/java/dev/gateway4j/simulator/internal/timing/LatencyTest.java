package dev.gateway4j.simulator.internal.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateway4j.simulator.internal.chance.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyTest {
    @TempDir
    Path directory;

    @Test
    void a_profile_is_changed_by_what_follows_it() {
        LatencyProfile profile =
                Latency.parse("gpt-4o, speed=10, slots=16, max=2s").profile(new Draws(0));

        assertThat(profile.base()).isEqualTo(36.3);
        assertThat(profile.quick()).isEqualTo(7.6);
        assertThat(profile.core()).isEqualTo(0.28);
        assertThat(profile.slots()).isEqualTo(16);
        assertThat(profile.max()).isEqualTo(2000);
    }

    @Test
    void no_answer_takes_longer_than_the_longest() {
        LatencyProfile profile = Latency.parse("bad-hour, max=3s").profile(new Draws(0));

        for (int i = 0; i < 2_000; i++) {
            Pace pace = Pace.of(profile, new Draws(i), 900_000, 500);
            assertThat(pace.whole(500)).isLessThanOrEqualTo(3_000_000_000L);
            assertThat(pace.first()).isLessThanOrEqualTo(3_000_000_000L);
        }
    }

    @Test
    void a_long_prompt_takes_time_and_a_cached_one_none() {
        LatencyProfile profile = LatencyProfile.named("gpt-6-sol").orElseThrow();

        long small = Pace.of(profile, new Draws(5), 0, 10).first();
        long large = Pace.of(profile, new Draws(5), 850_000, 10).first();

        // Measured: 17.4 s at 850,000 tokens.
        assertThat((large - small) / 1e9).isBetween(16.0, 17.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpt-9|there is no latency profile \"gpt-9\"",
                "gpt-4o, sped=3|\"sped=3\" changes nothing",
                "gpt-4o, speed=0|\"speed=0\" needs a number above 0",
                "gpt-4o, max=20|\"max=20\" needs a number above 0 of seconds or milliseconds",
                "file:nowhere.csv|names no profile",
                "file:nowhere.csv#a|cannot be read",
                "recorded:nowhere.jsonl|cannot be read"
            })
    void what_is_wrong_is_told(String text, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Latency.parse(text))
                .withMessageContaining(problem);
    }

    @Test
    void recorded_calls_are_repeated() throws IOException {
        Path file = Files.writeString(
                directory.resolve("calls.jsonl"),
                "{\"total_ms\": 500, \"ttft_ms\": 100, \"output_tokens\": 40}\n{\"total_ms\": 70, \"output_tokens\": 3}\n");

        Latency latency = Latency.parse("recorded:" + file);
        List<Long> firsts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Draws draws = new Draws(i);
            firsts.add(Pace.of(latency.profile(draws), draws, 0, 40).first() / 1_000_000);
        }

        assertThat(firsts).contains(100L, 70L).containsOnly(100L, 70L);
    }

    @Test
    void a_line_that_is_wrong_is_named() throws IOException {
        Path calls =
                Files.writeString(directory.resolve("calls.jsonl"), "{\"total_ms\": 5, \"output_tokens\": 1}\n{}\n");
        Path profiles = Files.writeString(directory.resolve("profiles.csv"), "# ours\nours,1,2\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Latency.parse("recorded:" + calls))
                .withMessageContaining("calls.jsonl, line 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Latency.parse("file:" + profiles + "#ours"))
                .withMessageContaining("profiles.csv, line 2: it has 3 columns");
    }

    @Test
    void a_fit_finds_the_profile_that_made_the_calls() throws IOException {
        LatencyProfile known = LatencyProfile.named("gpt-5-mini").orElseThrow();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Draws draws = new Draws(i);
            int tokens = 20 + draws.below(400);
            Pace pace = Pace.of(known, draws, 0, tokens);
            samples.add(new Sample(pace.whole(tokens) / 1e6, OptionalDouble.empty(), tokens));
        }

        LatencyFit fit = LatencyFit.of("ours", samples);

        assertThat(fit.distance()).isLessThan(0.05);
        assertThat(fit.calls()).isEqualTo(2_000);
        double undisturbed = fit.profile().base() + 200 * fit.profile().token();
        assertThat(undisturbed).isBetween(0.85 * (922 + 200 * 16.2), 1.15 * (922 + 200 * 16.2));
        Path file =
                Files.writeString(directory.resolve("ours.csv"), fit.profile().line() + "\n");
        assertThat(Latency.parse("file:" + file + "#ours").profile(new Draws(0)).core())
                .isEqualTo(fit.profile().core());
    }

    @Test
    void calls_of_another_kind_fit_badly_and_say_so() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            samples.add(new Sample(i % 2 == 0 ? 100 : 100_000, OptionalDouble.empty(), 10));
        }

        assertThat(LatencyFit.of("two-worlds", samples).distance()).isGreaterThan(0.15);
    }

    @Test
    void a_fit_needs_eight_calls() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatencyFit.of("few", List.of()))
                .withMessage("there are 0 recorded calls; a fit needs 8 or more");
    }
}
