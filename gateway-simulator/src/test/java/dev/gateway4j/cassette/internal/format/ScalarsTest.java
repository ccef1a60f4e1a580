package dev.gateway4j.cassette.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ScalarsTest {
    private static final String[] PIECES = {
        "a",
        "B",
        "7",
        "0",
        "-",
        "--",
        "---",
        "...",
        ":",
        ": ",
        " :",
        "#",
        " #",
        "?",
        "? ",
        "&",
        "*",
        "!",
        "|",
        ">",
        "'",
        "\"",
        "%",
        "@",
        "`",
        ",",
        "[",
        "]",
        "{",
        "}",
        "\\",
        "\n",
        "\n",
        "\n\n",
        "\n\n\n",
        "\r",
        "\r\n",
        "\t",
        " ",
        "  ",
        "\n---\n",
        "\n...\n",
        "\n- ",
        "\u0000",
        "\u0001",
        "\u0007",
        "\u001b",
        "\u007f",
        "\u0085",
        "\u009f",
        "\u00a0",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffe",
        "\uffff",
        "\ufffd",
        "\u00e9",
        "\u4e2d",
        "\ud83d\ude00",
        "\ue000",
        "data: {\"a\":1}",
        "null",
        "no",
        "1:20",
        "<<",
        "=",
        "~",
        "1e5",
        "0x1F",
        "2020-10-01",
        ".inf"
    };

    @Test
    void any_text_comes_back_as_it_was_wherever_it_stands() {
        Random random = new Random(20251121);
        for (int round = 0; round < 4_000; round++) {
            Cassette cassette = cassette(random);

            byte[] yaml = CassetteFormat.write(cassette);

            assertThat(CassetteFormat.read("random", "random.yaml", yaml))
                    .as(new String(yaml, StandardCharsets.UTF_8))
                    .isEqualTo(cassette);
        }
    }

    @Test
    void another_reader_finds_the_same_texts() {
        Random random = new Random(4);
        for (int round = 0; round < 2_000; round++) {
            String text = text(random);
            String yaml = new YamlWriter()
                    .key(0, "k")
                    .text(0, text)
                    .key(0, "z")
                    .plain("1")
                    .toString();

            Map<?, ?> read = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);

            assertThat(read.get("k")).as(yaml).isEqualTo(text);
            assertThat(read.get("z")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "~",
                "null",
                "NULL",
                "true",
                "False",
                "yes",
                "No",
                "on",
                "OFF",
                "y",
                "N",
                "=",
                "<<",
                "108",
                "-1",
                "+7",
                "1_000",
                "0x1F",
                "0o17",
                "017",
                "0b101",
                "1.5",
                ".5",
                "1.",
                "1e5",
                "1.5e-3",
                ".inf",
                "-.Inf",
                ".NaN",
                "1:20",
                "1:20:30.5",
                "2020-10-01",
                "2020-1-1",
                "2020-10-01T10:00:00Z",
                "2020-10-01 10:00:00",
                "0",
                "00"
            })
    void what_any_version_of_yaml_takes_for_something_else_is_quoted(String text) {
        assertThat(Scalars.inline(text)).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "HTTP/1.1",
                "https://api.example.test/v1/x?a=b&c=d",
                "Thu, 14 Aug 2025 02:18:55 GMT",
                "1.2.3",
                "412.5ms",
                "text/event-stream; charset=utf-8",
                "200 OK",
                "max-age=31536000; includeSubDomains",
                "a:b",
                "a#b",
                "-a",
                "?a",
                ":a",
                "it's",
                "multipart/form-data; boundary=\"x\"",
                "caf\u00e9",
                "\ud83d\ude00",
                "none",
                "1ms",
                "12:",
                "nothing"
            })
    void what_is_a_text_to_every_reader_stands_there_bare_unless_it_looks_like_yaml(String text) {
        assertThat(Scalars.inline(text)).isEqualTo(text.endsWith(":") ? "'" + text + "'" : text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "*~'*'",
                "{\"a\": 1}~'{\"a\": 1}'",
                "it's: so~'it''s: so'",
                "- a~'- a'",
                "-~'-'",
                "a #b~'a #b'",
                "^ a^~' a'",
                "^a ^~'a '",
                "---~'---'",
                "%a~'%a'",
                "@a~'@a'"
            })
    void what_looks_like_yaml_is_quoted_once(String text, String yaml) {
        assertThat(Scalars.inline(text)).isEqualTo(yaml);
    }

    @Test
    void what_cannot_be_seen_is_escaped() {
        assertThat(Scalars.inline("a\tb\r\u0000\u0007\u001b\u007f\u0085\u2028\u2029\ufeff\u00a0"))
                .isEqualTo("\"a\\tb\\r\\0\\a\\e\\x7F\\N\\u2028\\u2029\\uFEFF\u00a0\"");
    }

    @ParameterizedTest
    @CsvSource({
        "a\\nb, |-",
        "a\\nb\\n, |",
        "a\\nb\\n\\n, |+",
        "a\\n\\n\\n, |+",
        "' a\\nb', |4-",
        "\\na, |4-",
        "\\n, |4+",
        "\\n\\n, |4+",
        "\\ta\\nb, |4-",
        "---\\n...\\n, |",
        "a\\n  b, |-"
    })
    void a_block_says_how_it_begins_and_ends(String escaped, String header) {
        String text = escaped.replace("\\n", "\n").replace("\\t", "\t");

        String yaml = new YamlWriter().key(0, "k").text(0, text).toString();

        assertThat(yaml.lines().findFirst()).contains("k: " + header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a \\nb", "a\\nb ", "a\\r\\nb", "a\\n\\u0000", "a\\n\\u2028", "a\\n\\u0085", "a\\n\\ufeff"})
    void what_a_block_cannot_hold_stands_in_double_quotes(String escaped) {
        String text = escaped.replace("\\n", "\n").replace("\\r", "\r");
        for (int code : new int[] {0, 0x2028, 0x85, 0xFEFF}) {
            text = text.replace(String.format("\\u%04x", code), String.valueOf((char) code));
        }

        assertThat(new YamlWriter().key(0, "k").text(0, text).toString())
                .startsWith("k: \"")
                .hasLineCount(1);
    }

    private static Cassette cassette(Random random) {
        RecordedRequest request = new RecordedRequest(
                new dev.gateway4j.cassette.Protocol(text(random), random.nextInt(4), random.nextInt(4)),
                random.nextLong(),
                texts(random),
                fields(random),
                text(random),
                text(random),
                text(random),
                body(random),
                fields(random),
                fields(random),
                "https://api.example.test/" + text(random),
                "M" + text(random),
                extras(random));
        RecordedResponse response = new RecordedResponse(
                dev.gateway4j.cassette.Protocol.HTTP_1_1,
                texts(random),
                fields(random),
                random.nextInt(),
                random.nextBoolean(),
                body(random),
                fields(random),
                text(random),
                100 + random.nextInt(500),
                Duration.ofNanos(random.nextLong(1L << (1 + random.nextInt(60)))),
                extras(random));
        return new Cassette(
                "random", 2, List.of(new Interaction(0, request, response, extras(random))), extras(random));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static RecordedBody body(Random random) {
        if (random.nextInt(5) > 0) {
            return RecordedBody.of(text(random));
        }
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return RecordedBody.of(bytes);
    }

    private static List<String> texts(Random random) {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            texts.add(text(random));
        }
        return texts;
    }

    private static Fields fields(Random random) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            fields.put(text(random).repeat(1 + random.nextInt(20)), texts(random));
        }
        return new Fields(fields);
    }

    private static Extras extras(Random random) {
        Map<String, Extras.Value> members = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            members.put("x-" + text(random), extra(random, 3));
        }
        return Extras.of(members);
    }

    private static Extras.Value extra(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 2 : 4);
        if (kind == 0) {
            return new Extras.Text(random.nextBoolean() ? "108" : "no way", true);
        }
        if (kind == 1) {
            return new Extras.Text(text(random), false);
        }
        if (kind == 2) {
            List<Extras.Value> items = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                items.add(extra(random, depth - 1));
            }
            return new Extras.Items(items);
        }
        Map<String, Extras.Value> members = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            members.put(text(random), extra(random, depth - 1));
        }
        return new Extras.Members(members);
    }
}
