package dev.gateway4j.cassette.internal.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that repeat what makes somebody look closely. If work or memory grew with the square of their length, this would never end. */
class HostileTextTest {
    private final Scrubber scrubber = Scrubber.of(CassetteConfig.Scrub.CREDENTIALS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key:aaaaaaaa1",
                "api_key:aaaaaaaa",
                "api_key=aaaaaaaa1",
                "api_key=a",
                "Password=x",
                ";Password=x",
                "\"api_key\":\"",
                "\\\"api_key\\\":\\\"",
                "\"credentials\":[\"a\",",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMIICcanary0000canary0000canary0000",
                "{\"a\":\"%41\\n",
                "\n{\"text\":\"",
                "data: {\"delta\":\"\\n\"}\n\n",
                "{\"text\":\"api_key=canary0000canary0000\"}\n",
                "/webhooks/123456/",
                "/bot123456:",
                "arn:aws:a:b:",
                "eyJhbGciOiJub25lIn0.",
                "https://a:b",
                "?sig=canary00&",
                "\\"
            })
    void work_grows_with_the_length_only(String piece) {
        Interaction interaction = Exchanges.answering(RecordedBody.of(piece.repeat(1_000_000 / piece.length())));

        Interaction clean = scrubber.scrub(interaction);

        assertThat(LeakGuard.find(clean)).isEmpty();
    }

    @Test
    void one_event_with_very_many_pieces_is_no_stream() {
        String part = "{\"type\":\"text\",\"text\":\"canary\"}";
        String line = "{\"content\":[" + String.join(",", Collections.nCopies(20_000, part)) + "]}\n";

        assertThat(Deltas.of("{}\n" + line)).isEmpty();
        assertThat(Deltas.of(line + line)).isEmpty();
    }

    @Test
    void what_tells_events_apart_is_short() {
        String type = "t".repeat(100_000);
        String event = "data: {\"type\":\"" + type + "\",\"delta\":\"sk-proj-\",\"x_index\":1}\n\n"
                + "data: {\"type\":\"" + type + "\",\"delta\":\"canary0000canary\",\"x_index\":1}\n\n";

        assertThat(Deltas.of(event)).extracting(Deltas.Joined::text).isEqualTo(List.of("sk-proj-canary0000canary"));
    }
}
