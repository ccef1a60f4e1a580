package dev.gateway4j.okhttp.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.limit.LimitStatus;
import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.api.openai.LimitHeaders.Reading;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    private static final String LONG = "m".repeat(1_000_000);

    @Test
    void a_name_of_256_characters_stays_as_it_is() {
        String name = "m".repeat(256);

        assertThat(Names.bounded(name)).isSameAs(name);
    }

    @Test
    void a_longer_name_is_cut_and_stays_itself() {
        assertThat(Names.bounded(LONG)).hasSize(256).startsWith("mmm").isEqualTo(Names.bounded("m".repeat(1_000_000)));
        assertThat(Names.bounded(LONG + "a")).isNotEqualTo(Names.bounded(LONG + "b"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/audio/transcriptions, /v1/audio/transcriptions",
        "/v1/uploads/upload_6f0c/parts, /v1/uploads/*/parts",
        "/v1/fine_tuning/jobs/ftjob-a1/resume, /v1/fine_tuning/jobs/*/resume",
        "/v1/files/file-7, /v1/files/*",
        "'', ''"
    })
    void an_endpoint_is_one_name_whatever_ids_are_in_it(String endpoint, String name) {
        assertThat(Names.ofEndpoint(endpoint)).isEqualTo(name);
    }

    @Test
    void a_learned_limit_is_kept_under_a_short_name() {
        LearnedLimits limits = new LearnedLimits(ManualTime.standing());
        Flight flight = limits.addCharges("openai", "blue", LONG, new Estimate(1, 0), new ArrayList<>());
        flight.departed();

        flight.answered(
                new LimitHeaders(Optional.of(new Reading(10, 9, Optional.empty())), Optional.empty(), Optional.empty()),
                200);

        assertThat(limits.status())
                .extracting(LimitStatus::subject)
                .containsExactly("openai/blue/" + Names.bounded(LONG));
    }

    @Test
    void outputs_of_a_long_name_are_remembered_under_a_short_one() {
        OutputHistory outputs = new OutputHistory();
        for (int i = 0; i < OutputHistory.ENOUGH; i++) {
            outputs.seen(LONG, 3);
        }

        assertThat(outputs.high(LONG)).isEqualTo(3);
        assertThat(outputs.high(Names.bounded(LONG))).isEqualTo(3);
    }
}
