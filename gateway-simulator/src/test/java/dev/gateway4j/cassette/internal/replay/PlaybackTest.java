package dev.gateway4j.cassette.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.cassette.CassettePlayer;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.Shelves;
import dev.gateway4j.cassette.Shelves.Heard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaybackTest {
    private static final long ARRIVED = 1_000_000_000_000L;
    private static final String THREE = "data: 1\n\ndata: 22\n\ndata: [DONE]\n\n";

    @Test
    void instantly_everything_is_due_on_arrival_and_events_are_still_apart() {
        Heard heard = play("instant", Shelves.stream(THREE));

        assertThat(heard.headDue()).isEqualTo(ARRIVED);
        assertThat(heard.dues()).containsExactly(ARRIVED, ARRIVED, ARRIVED);
        assertThat(heard.last()).isEqualTo(new Frame.End(ARRIVED, WireHeaders.empty()));
        assertThat(heard.text()).isEqualTo(THREE);
    }

    @Test
    void compatible_streams_begin_after_three_milliseconds_and_go_on_every_one() {
        Heard heard = play("compat", Shelves.stream(THREE));

        assertThat(after(heard.headDue())).isEqualTo(3_000);
        assertThat(heard.dues().stream().map(PlaybackTest::after)).containsExactly(3_000L, 4_000L, 5_000L);
        assertThat(after(heard.last().dueNanos())).isEqualTo(5_000);
    }

    @Test
    void compatible_answers_of_one_piece_arrive_after_two_milliseconds() {
        Heard heard = play("compat", Shelves.reply("{}"));

        assertThat(after(heard.headDue())).isEqualTo(2_000);
        assertThat(heard.dues().stream().map(PlaybackTest::after)).containsExactly(2_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "application/vnd.amazon.eventstream", "text/plain"})
    void compatible_answers_that_are_no_server_sent_events_come_in_one_piece(String type) {
        byte[] body = {
            0, 0, 0, 16, '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        };
        RecordedResponse plain = Shelves.reply("");
        RecordedResponse response =
                plain.with(plain.headers().with("Content-Type", type)).with(RecordedBody.of(body));

        Heard heard = play("compat", response);

        assertThat(heard.chunks()).containsExactly(body);
        assertThat(heard.dues().stream().map(PlaybackTest::after)).containsExactly(2_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"typo", "recordedX", "recorded*", "recorded*x", "recorded*1e9", "recorded*-1", "", "Instant"})
    void a_timing_that_is_none_is_refused(String timing) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CassettePlayer.builder().timing(timing))
                .withMessage('"' + timing + '"'
                        + " is not a timing; write instant, compat, recorded or recorded*FACTOR, such as"
                        + " recorded*0.1");
    }

    @Test
    void recorded_pieces_come_back_with_their_borders_and_their_times() {
        Heard heard = play("recorded", Shelves.stream(THREE), RecordedResponse.CHUNKS, "1000+4 500+9 0+0 2500+20");

        assertThat(after(heard.headDue())).isEqualTo(300_000);
        assertThat(heard.dues().stream().map(PlaybackTest::after)).containsExactly(301_000L, 301_500L, 304_000L);
        assertThat(heard.chunks().stream().map(chunk -> chunk.length)).containsExactly(4, 9, 20);
        assertThat(heard.text()).isEqualTo(THREE);
    }

    @Test
    void a_factor_stretches_or_shrinks_all_times() {
        Heard heard = play("recorded*0.1", Shelves.stream(THREE), RecordedResponse.CHUNKS, "1000+4 500+9 2500+20");

        assertThat(after(heard.headDue())).isEqualTo(30_000);
        assertThat(heard.dues().stream().map(PlaybackTest::after)).containsExactly(30_100L, 30_150L, 30_400L);
    }

    @Test
    void pieces_that_do_not_make_up_the_body_give_way_to_events_at_equal_gaps() {
        Heard heard = play("recorded", Shelves.stream(THREE), RecordedResponse.CHUNKS, "1000+4 500+9 1500+19");

        assertThat(heard.dues().stream().map(PlaybackTest::after)).containsExactly(301_000L, 302_000L, 303_000L);
        assertThat(heard.chunks().stream().map(chunk -> chunk.length)).containsExactly(9, 10, 14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1+", "+1", "-1+33", "1+33 x", "99999999999999999999+33", "1+99999999999"})
    void times_that_cannot_be_read_are_none(String chunks) {
        Heard heard = play("recorded", Shelves.stream(THREE), RecordedResponse.CHUNKS, chunks);

        assertThat(heard.text()).isEqualTo(THREE);
        assertThat(heard.dues()).allMatch(due -> after(due) == 300_000);
    }

    @Test
    void whatever_borders_were_recorded_the_body_is_the_body() {
        byte[] body = "data: é\r\n\r\n: x\n\n\n".getBytes(StandardCharsets.UTF_8);
        for (int borders = 0; borders < 1 << (body.length - 1); borders++) {
            Heard heard = play(
                    "recorded",
                    Shelves.stream("").with(RecordedBody.of(body)),
                    RecordedResponse.CHUNKS,
                    chunks(body, borders));

            assertThat(heard.bytes()).isEqualTo(body);
            assertThat(heard.chunks()).hasSize(1 + Integer.bitCount(borders));
        }
    }

    private static String chunks(byte[] body, int borders) {
        StringBuilder chunks = new StringBuilder();
        int size = 0;
        for (int i = 0; i < body.length; i++) {
            size++;
            if (i == body.length - 1 || (borders >> i & 1) == 1) {
                chunks.append(i).append('+').append(size).append(' ');
                size = 0;
            }
        }
        return chunks.toString();
    }

    @ParameterizedTest
    @CsvSource({"failed,RESET", "truncated,CUT", "abandoned,CUT", "cancelled,CUT"})
    void a_recording_that_broke_off_breaks_off_again_and_promises_no_length(String ending, FaultKind kind) {
        RecordedResponse response = Shelves.stream("data: 1\n\ndat");
        RecordedResponse promising = response.with(response.headers().with("Content-Length", "12"));

        Heard heard = play("instant", promising, RecordedResponse.ENDING, ending);

        assertThat(heard.text()).isEqualTo("data: 1\n\ndat");
        assertThat(heard.last()).isEqualTo(new Frame.Fault(ARRIVED, kind));
        assertThat(heard.headers().first("Content-Length")).isEmpty();
    }

    @Test
    void an_exchange_that_failed_before_its_headers_fails_there_again() {
        RecordedResponse response = RecordedResponse.of(0, Fields.none(), RecordedBody.empty(), Duration.ZERO);

        assertThat(new Playback(Timing.INSTANT).answer(interaction(response), ARRIVED))
                .isEqualTo(new Frame.Fault(ARRIVED, FaultKind.RESET));
    }

    @Test
    void headers_come_back_as_recorded_but_for_the_length_and_what_belongs_to_a_connection() {
        Map<String, List<String>> recorded = new LinkedHashMap<>();
        recorded.put("Connection", List.of("keep-alive"));
        recorded.put("Content-Length", List.of("9999"));
        recorded.put("Set-Cookie", List.of("a=1", "b=2"));
        recorded.put("Transfer-Encoding", List.of("chunked"));
        recorded.put("X-Request-Id", List.of("req_1"));
        RecordedResponse response =
                RecordedResponse.of(201, new Fields(recorded), RecordedBody.of("12345"), Duration.ZERO);

        Heard heard = play("instant", response);

        assertThat(heard.status()).isEqualTo(201);
        assertThat(heard.headers())
                .isEqualTo(WireHeaders.of(
                        "Content-Length", "5", "Set-Cookie", "a=1", "Set-Cookie", "b=2", "X-Request-Id", "req_1"));
    }

    @Test
    void a_compression_is_spoken_of_only_if_the_body_has_it() {
        RecordedResponse plain = Shelves.reply("{}");
        RecordedResponse said = plain.with(plain.headers().with("Content-Encoding", "gzip"));
        RecordedResponse done = said.with(RecordedBody.of(gzipped("{}")));

        assertThat(play("instant", said).headers().first("Content-Encoding")).isEmpty();
        assertThat(play("instant", done).headers().first("Content-Encoding")).contains("gzip");
        assertThat(play("instant", plain.with(plain.headers().with("Content-Encoding", "Identity")))
                        .headers()
                        .first("Content-Encoding"))
                .contains("Identity");
        assertThat(play("instant", done).bytes()).isEqualTo(gzipped("{}"));
    }

    @Test
    void a_body_that_was_laid_out_for_reading_is_sent_as_it_was() {
        RecordedResponse response = Shelves.reply("{\n  \"a\": \"b \\\" c\\\\\",\n  \"d\": [\n    1.50\n  ]\n}");
        RecordedResponse measured = response.with(response.headers().with("Content-Length", "44"));

        Heard heard = play("instant", measured, RecordedResponse.LAYOUT, "compact");

        assertThat(heard.text()).isEqualTo("{\"a\":\"b \\\" c\\\\\",\"d\":[1.50]}");
        assertThat(heard.headers().first("Content-Length")).contains(Integer.toString(heard.bytes().length));
    }

    @Test
    void trailers_come_at_the_end() {
        RecordedResponse plain = Shelves.reply("{}");
        RecordedResponse response = new RecordedResponse(
                plain.protocol(),
                plain.transferEncoding(),
                new Fields(Map.of("X-Sum", List.of("7"))),
                plain.contentLength(),
                plain.uncompressed(),
                plain.body(),
                plain.headers(),
                plain.status(),
                plain.code(),
                plain.duration(),
                plain.extras());

        assertThat(play("instant", response).last()).isEqualTo(new Frame.End(ARRIVED, WireHeaders.of("X-Sum", "7")));
    }

    private static byte[] gzipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static long after(long nanos) {
        return (nanos - ARRIVED) / 1000;
    }

    private static Heard play(String timing, RecordedResponse response) {
        return Shelves.hear(new Playback(Timing.of(timing)).answer(interaction(response), ARRIVED));
    }

    private static Heard play(String timing, RecordedResponse response, String member, String text) {
        return play(timing, response.with(Extras.none().with(member, text)));
    }

    private static Interaction interaction(RecordedResponse response) {
        RecordedRequest request =
                RecordedRequest.of("POST", "https://api.openai.com/v1/x", Fields.none(), RecordedBody.empty());
        return Shelves.exchange(request, response);
    }
}
