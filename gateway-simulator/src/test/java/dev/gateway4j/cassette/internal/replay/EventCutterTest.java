package dev.gateway4j.cassette.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.openai.SseHandler;
import dev.gateway4j.api.openai.SseParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCutterTest {
    private static final String[] LETTERS = {"\n", "\r", "\r\n", "data: a", ": b", "é"};

    @ParameterizedTest
    @ValueSource(strings = {"\n\n", "\r\n\r\n", "\r\r", "\n\r\n", "\r\n\n", "\n\r", "\r\n\r"})
    void an_event_ends_with_an_empty_line_however_lines_end(String gap) {
        assertThat(cut("data: 1" + gap + "data: 2" + gap)).containsExactly("data: 1" + gap, "data: 2" + gap);
    }

    @Test
    void comments_names_and_several_lines_stay_with_their_event() {
        assertThat(cut(": hold\n\nevent: x\ndata: 1\ndata: 2\n\ndata: [DONE]\n\n"))
                .containsExactly(": hold\n\n", "event: x\ndata: 1\ndata: 2\n\n", "data: [DONE]\n\n");
    }

    @Test
    void three_line_ends_in_a_row_belong_to_the_event_before_them() {
        assertThat(cut("data: 1\n\n\ndata: 2\n\n\n\n")).containsExactly("data: 1\n\n\n", "data: 2\n\n\n\n");
    }

    @Test
    void empty_lines_at_the_beginning_belong_to_the_first_event() {
        assertThat(cut("\n\ndata: 1\n\n")).containsExactly("\n\ndata: 1\n\n");
        assertThat(cut("\r\n\n")).containsExactly("\r\n\n");
    }

    @Test
    void what_follows_the_last_event_is_a_piece_of_its_own() {
        assertThat(cut("data: 1\n\ndata: 2\n")).containsExactly("data: 1\n\n", "data: 2\n");
        assertThat(cut("data: 1")).containsExactly("data: 1");
        assertThat(cut("")).isEmpty();
    }

    @Test
    void whatever_the_bytes_are_the_pieces_are_the_body_and_every_piece_is_whole_events() {
        for (int length = 0; length <= 6; length++) {
            for (int combination = 0; combination < Math.pow(LETTERS.length, length); combination++) {
                String body = spelled(combination, length);

                List<String> pieces = cut(body);

                assertThat(String.join("", pieces)).isEqualTo(body);
                assertThat(pieces).doesNotContain("");
                assertThat(eventsOneByOne(pieces)).isEqualTo(eventsAtOnce(body));
            }
        }
    }

    @Test
    void json_lines_are_cut_after_each_line() {
        assertThat(cut(EventCutter.LINES, "{}\n[1]\n\n2")).containsExactly("{}\n", "[1]\n", "\n", "2");
    }

    @Test
    void messages_of_aws_are_cut_by_their_lengths_and_kept_whole_if_those_make_no_sense() {
        byte[] two = new byte[40];
        two[3] = 16;
        two[19] = 24;
        byte[] nonsense = new byte[40];
        nonsense[3] = 99;

        assertThat(EventCutter.AWS.ends(two)).containsExactly(16, 40);
        assertThat(EventCutter.AWS.ends(nonsense)).containsExactly(40);
    }

    @Test
    void the_content_type_decides() {
        assertThat(EventCutter.of("text/event-stream; charset=utf-8")).isEqualTo(EventCutter.SSE);
        assertThat(EventCutter.of("application/x-ndjson")).isEqualTo(EventCutter.LINES);
        assertThat(EventCutter.of("application/vnd.amazon.eventstream")).isEqualTo(EventCutter.AWS);
        assertThat(EventCutter.of("application/json")).isEqualTo(EventCutter.WHOLE);
        assertThat(EventCutter.of("")).isEqualTo(EventCutter.WHOLE);
    }

    private static String spelled(int combination, int length) {
        StringBuilder body = new StringBuilder();
        for (int i = 0, rest = combination; i < length; i++, rest /= LETTERS.length) {
            body.append(LETTERS[rest % LETTERS.length]);
        }
        return body.toString();
    }

    /** Which events a reader has seen by the end of each piece, added up. */
    private static List<String> eventsOneByOne(List<String> pieces) {
        List<String> seen = new ArrayList<>();
        SseParser parser = new SseParser(into(seen));
        for (String piece : pieces) {
            int before = seen.size();
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            parser.feed(bytes, 0, bytes.length);
            assertThat(seen.size() - before).as("events in one piece").isLessThanOrEqualTo(1);
        }
        return seen;
    }

    private static List<String> eventsAtOnce(String body) {
        List<String> seen = new ArrayList<>();
        SseParser parser = new SseParser(into(seen));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        parser.feed(bytes, 0, bytes.length);
        return seen;
    }

    private static SseHandler into(List<String> seen) {
        return (type, data, offset, length) ->
                seen.add(type + " " + new String(data, offset, length, StandardCharsets.UTF_8));
    }

    private static List<String> cut(String body) {
        return cut(EventCutter.SSE, body);
    }

    private static List<String> cut(EventCutter cutter, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int end : cutter.ends(bytes)) {
            pieces.add(new String(Arrays.copyOfRange(bytes, from, end), StandardCharsets.UTF_8));
            from = end;
        }
        return pieces;
    }
}
