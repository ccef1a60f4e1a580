package dev.gateway4j.cassette;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedTimesTest {
    private static final RecordedResponse ANSWER = RecordedResponse.of(
            200,
            new Fields(Map.of("Date", List.of("Tue, 06 Jan 2026 10:00:00 GMT"))),
            RecordedBody.of("ab"),
            Duration.ZERO);

    @Test
    void what_the_recording_says_goes_before_the_date_of_the_server() {
        assertThat(interaction(ANSWER).recordedAt()).hasValue(Instant.parse("2026-01-06T10:00:00Z"));
        assertThat(interaction(with(RecordedResponse.RECORDED_AT, "2026-01-07T12:00:00+02:00"))
                        .recordedAt())
                .hasValue(Instant.parse("2026-01-07T10:00:00Z"));
        assertThat(interaction(ANSWER.with(Fields.none())).recordedAt()).isEmpty();
    }

    @Test
    void parts_arrive_one_after_the_other() {
        assertThat(with(RecordedResponse.CHUNKS, "100+1 250+1").arrivals())
                .containsExactly(Duration.ofNanos(100_000), Duration.ofNanos(350_000));
        assertThat(with(RecordedResponse.CHUNKS, "soon").arrivals()).isEmpty();
        assertThat(ANSWER.arrivals()).isEmpty();
    }

    private static RecordedResponse with(String member, String text) {
        return ANSWER.with(ANSWER.extras().with(member, text));
    }

    private static Interaction interaction(RecordedResponse response) {
        return new Interaction(
                0,
                RecordedRequest.of("GET", "https://api.openai.com/v1/models", Fields.none(), RecordedBody.empty()),
                response,
                Extras.none());
    }
}
