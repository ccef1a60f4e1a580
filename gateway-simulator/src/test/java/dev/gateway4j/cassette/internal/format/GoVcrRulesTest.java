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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** What go-vcr's own loader asks of a file, asked of ours: types as its structures have them, under the rules of YAML 1.1. */
class GoVcrRulesTest {
    private static final List<String> NUMBERS =
            List.of("version", "id", "proto_major", "proto_minor", "content_length", "code");
    /** Everything YAML 1.1 or 1.2 reads as something else than a text, written down from their type repositories. */
    private static final Pattern NO_TEXT = Pattern.compile(
            "|~|null|Null|NULL|y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|=|<<"
                    + "|[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+"
                    + "|[-+]?([0-9][0-9_]*)?\\.[0-9.]*([eE][-+]?[0-9]+)?|[-+]?[0-9]+([eE][-+]?[0-9]+)?"
                    + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
                    + "|[0-9]{4}-[0-9]{2}-[0-9]{2}"
                    + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\\.[0-9]*)?([ \\t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?");

    @Test
    void every_text_is_a_text_and_every_number_a_number() {
        List<String> values = List.of(
                "108",
                "2020-10-01",
                "no",
                "*",
                "1:20",
                "",
                "null",
                "0x1F",
                "1e5",
                ".inf",
                "2020-10-01T10:00:00Z",
                "gzip",
                "y",
                "~",
                "1_000",
                "007",
                "<<",
                "=",
                "max-age=1",
                "a: b",
                "12.",
                "+1",
                "-.5",
                "2020-10-01 10:00:00.5 +02:00",
                "Off");
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("X-All", values);
        values.forEach(value -> fields.put(value, List.of(value)));
        List<Interaction> interactions = new ArrayList<>();
        for (String value : values) {
            RecordedRequest request = RecordedRequest.of(
                            "POST", value + "x", new Fields(fields), RecordedBody.of(value))
                    .to("https://api.example.test/" + value, new Fields(fields));
            RecordedResponse response =
                    RecordedResponse.of(200, new Fields(fields), RecordedBody.of(value), Duration.ofMillis(1));
            interactions.add(new Interaction(0, request, response, Extras.none()));
        }

        String yaml = new String(CassetteFormat.write(Cassette.of("all", interactions)), StandardCharsets.UTF_8);

        assertScalarsAreWhatGoExpects(yaml);
        assertThat(yaml).startsWith("---\nversion: 2\n").contains("duration: 1ms\n");
    }

    private static void assertScalarsAreWhatGoExpects(String yaml) {
        LoadSettings settings = LoadSettings.builder().build();
        ParserImpl events = new ParserImpl(settings, new StreamReader(settings, yaml));
        String before = "";
        int texts = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof ScalarEvent scalar) {
                String value = scalar.getValue();
                boolean number = scalar.isPlain() && NUMBERS.contains(before);
                if (number) {
                    assertThat(value).matches("-?[0-9]+");
                } else if (scalar.isPlain()) {
                    texts++;
                    assertThat(NO_TEXT.matcher(value).matches()).as(value).isFalse();
                }
                before = value;
            }
        }
        assertThat(texts).isGreaterThan(100);
    }
}
