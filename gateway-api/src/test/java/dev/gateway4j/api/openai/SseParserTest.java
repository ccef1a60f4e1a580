package dev.gateway4j.api.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SseParserTest {
    static Stream<Arguments> documents() {
        return Stream.of(
                arguments("data: a\n\n", "message=a"),
                arguments("data:a\n\n", "message=a"),
                arguments("data:  a\n\n", "message= a"),
                arguments("data:\ta\n\n", "message=\ta"),
                arguments("data: a\r\n\r\n", "message=a"),
                arguments("data: a\r\r", "message=a"),
                arguments("data: a\r\n\ndata: b\n\r\n", "message=a|message=b"),
                arguments("data: a\r\rdata: b\r\n\r", "message=a|message=b"),
                arguments("data: a\ndata: b\n\n", "message=a~b"),
                arguments("data\ndata\n\n", "message=~"),
                arguments("data\n\n", "message="),
                arguments("data:\ndata: b\ndata\n\n", "message=~b~"),
                arguments("\uFEFFdata: a\n\n", "message=a"),
                arguments("\uFEFF\uFEFFdata: a\n\n", ""),
                arguments("data: a\n\n\uFEFFdata: b\n\n", "message=a"),
                arguments(": ping\n\n:\ndata: a\n: in between\n\n", "message=a"),
                arguments("event: x\ndata: a\n\ndata: b\n\n", "x=a|message=b"),
                arguments("data: a\nevent: x\nevent: y\n\n", "y=a"),
                arguments("event: x\n\ndata: a\n\n", "message=a"),
                arguments("event\ndata: a\n\n", "message=a"),
                arguments("event: x\nevent:\ndata: a\n\n", "message=a"),
                arguments("datas: a\nDATA: b\n data: c\ndat\n\n", ""),
                arguments("retry: 5\nid: 7\nfoo: bar\ndata: {\"a\":\"b:c\"}\n\n", "message={\"a\":\"b:c\"}"),
                arguments("\n\n\r\n\rdata: é😀\n\n", "message=é😀"),
                arguments("data: a\n\ndata: b\n", "message=a?message=b"),
                arguments("data: a\n\nevent: x\ndata: b", "message=a?x=b"),
                arguments("data: a\n\nid: 1\n", "message=a"),
                arguments("", ""),
                arguments("\uFEFF", ""),
                arguments("data: [DONE]\n\n", "message=[DONE]"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void events_are_cut_as_the_standard_says_wherever_the_bytes_are_split(String document, String expected) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);

        assertThat(parse(bytes)).isEqualTo(expected);
        for (int i = 0; i <= bytes.length; i++) {
            for (int j = i; j <= bytes.length; j++) {
                assertThat(parse(bytes, i, j)).isEqualTo(expected);
            }
        }
    }

    @Test
    void random_documents_do_not_depend_on_their_splits() {
        String[] pieces = {"data", ": ", ":", "event", "id", "\n", "\r", "\r\n", "\n\n", "x", "é", "\uFEFF", "\0", " "};
        Random random = new Random(7);

        for (int i = 0; i < 3000; i++) {
            StringBuilder document = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                document.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = document.toString().getBytes(StandardCharsets.UTF_8);
            int[] splits = random.ints(4, 0, bytes.length + 1).sorted().toArray();

            assertThat(parse(bytes, splits)).as("%s", document).isEqualTo(parse(bytes));
            assertThat(parse(bytes)).as("%s", document).isEqualTo(byTheStandard(document.toString()));
        }
    }

    @Test
    void every_byte_may_come_alone() {
        byte[] bytes = "\uFEFFevent: e\r\ndata: one\r\ndata: zwö\r\n\r\ndata: x\n\n".getBytes(StandardCharsets.UTF_8);
        int[] all = new int[bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }

        assertThat(parse(bytes, all)).isEqualTo("e=one~zwö|message=x");
    }

    @Test
    void the_last_id_stays_unless_it_holds_a_nul() {
        SseParser parser = new SseParser((type, data, offset, length) -> {});

        feed(parser, "id: 1\ndata: a\n\nid: 2\0\n\n");
        assertThat(parser.lastEventId()).isEqualTo("1");
        feed(parser, "id\n");

        assertThat(parser.lastEventId()).isEmpty();
    }

    @Test
    void data_in_one_piece_is_not_copied() {
        List<byte[]> arrays = new ArrayList<>();
        SseParser parser = new SseParser((type, data, offset, length) -> arrays.add(data));
        byte[] bytes = "data: a\n\ndata: b\r\n\r\n".getBytes(StandardCharsets.UTF_8);

        parser.feed(bytes, 0, bytes.length);

        assertThat(arrays).hasSize(2).allSatisfy(array -> assertThat(array).isSameAs(bytes));
    }

    @Test
    void what_was_fed_may_be_overwritten_at_once() {
        StringBuilder seen = new StringBuilder();
        SseParser parser = new SseParser((type, data, offset, length) ->
                seen.append(type).append('=').append(new String(data, offset, length, StandardCharsets.UTF_8)));
        byte[] buffer = new byte[4];

        for (byte b : "event: ty\ndata: first\ndata: second\n\n".getBytes(StandardCharsets.UTF_8)) {
            buffer[1] = b;
            parser.feed(buffer, 1, 1);
            buffer[1] = '#';
        }

        assertThat(seen).hasToString("ty=first\nsecond");
    }

    static Stream<Arguments> bounds() {
        return Stream.of(
                arguments("data: 1234\n\n", "message=1234"),
                arguments("data: 12345\n\n", "!"),
                arguments("data:1\n\n: a comment that is long\ndata: 2\n\n", "message=1!"),
                arguments("data: 1234\ndata: 12345", "!"),
                arguments("data: 1234\ndata: 1234\n\n", "message=1234~1234"),
                arguments("data: 1234\ndata: 1234\ndata:1\n\ndata:a\n\n", "!"),
                arguments("xxxxxxxxxxxxxxxxxxxxx", "!"));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void a_line_or_an_event_over_the_bound_ends_the_dispatch(String document, String expected) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i <= bytes.length; i++) {
            assertThat(parse(10, bytes, i)).isEqualTo(expected);
        }
    }

    /** Events as {@code type=data}, bars between them, {@code ~} for LF; {@code ?} before the pending one, {@code !} for overflow. */
    private static String parse(byte[] bytes, int... splits) {
        return parse(SseParser.DEFAULT_MAX_BYTES, bytes, splits);
    }

    private static String parse(int max, byte[] bytes, int... splits) {
        List<String> events = new ArrayList<>();
        SseParser parser = new SseParser(
                (type, data, offset, length) ->
                        events.add(show(type, new String(data, offset, length, StandardCharsets.UTF_8))),
                max);
        int from = 0;
        for (int split : splits) {
            byte[] copy = bytes.clone();
            parser.feed(copy, from, split - from);
            from = split;
        }
        parser.feed(bytes, from, bytes.length - from);
        boolean open = parser.finish();
        assertThat(parser.pending().isPresent()).isEqualTo(open);
        String pending = parser.pending()
                .map(last -> "?" + show(last.type(), last.data()))
                .orElse("");
        return String.join("|", events) + pending + (parser.overflowed() ? "!" : "");
    }

    private static String show(String type, String data) {
        return type + "=" + data.replace('\n', '~');
    }

    /** The standard's algorithm, word by word, on the whole text. */
    private static String byTheStandard(String document) {
        String text = document.startsWith("\uFEFF") ? document.substring(1) : document;
        List<String> lines =
                List.of(text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1));
        List<String> events = new ArrayList<>();
        StringBuilder data = new StringBuilder();
        String type = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean terminated = i < lines.size() - 1;
            if (line.isEmpty() && terminated) {
                if (data.length() > 0) {
                    events.add(shown(type, data));
                }
                data.setLength(0);
                type = "";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (field.equals("data")) {
                data.append(value).append('\n');
            } else if (field.equals("event")) {
                type = value;
            }
        }
        return String.join("|", events) + (data.length() > 0 ? "?" + shown(type, data) : "");
    }

    private static String shown(String type, StringBuilder data) {
        return show(type.isEmpty() ? "message" : type, data.substring(0, data.length() - 1));
    }

    private static void feed(SseParser parser, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        parser.feed(bytes, 0, bytes.length);
    }
}
