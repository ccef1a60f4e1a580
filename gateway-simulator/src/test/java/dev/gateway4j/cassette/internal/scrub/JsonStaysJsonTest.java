package dev.gateway4j.cassette.internal.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever strings say, JSON stays JSON and a stream stays a stream: only what strings say may change. */
class JsonStaysJsonTest {
    private static final List<String> FRAGMENTS = List.of(
            "\"api_key\":",
            "{\"api_key\":\"",
            "{\"password\": ",
            "\"credentials\":[",
            "\"credentials\":[\"a",
            "x-api-key\"",
            ":",
            "\":",
            "\"",
            "\\",
            "\\\"",
            "\n",
            "\t",
            "Authorization: Bearer ",
            "api_key=",
            "password",
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----\nMIICcanary0000canary0000canary0000canary\n",
            "-----END PRIVATE KEY-----",
            "-----END ",
            "sk-proj-canary0000canary",
            "ada@canary.example",
            "+49 30 1234567",
            "Ada",
            "Bo",
            "arn:aws:x:y",
            "name=\"secret\"\n\n",
            "%22api_key%22:%22",
            "%22",
            "?sig=",
            "&sig=canary0000canary",
            "Y2FuYXJ5IHNrLXByb2otY2FuYXJ5MDAwMGNhbmFyeSBjYW5hcnkgY2FuYXJ5",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.",
            "https://me:canary",
            "@host",
            "//x.example",
            "é",
            "😀",
            " ",
            "canary0000Canary0000");

    private final Scrubber scrubber =
            Scrubber.of(new CassetteConfig.Scrub(List.of(), Set.of(CassetteConfig.Pii.values()), List.of("Ada", "Bo")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"type\":\"response.function_call_arguments.delta\",\"delta\":\"{\\\"api_key\\\":\",\"item_id\":\"fc_1\"}\n\n",
                "data: {\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"password\\\": \"},\"index\":0}\n\n",
                "{\"a\":\"Fill in \\\"password\\\":\",\"b\":\"c\",\"d\":[\"e\"]}",
                "{\"a\":\"\\\"credentials\\\":[\",\"b\":\"c\"}",
                "{\"a\":\"if k.startswith(\\\"-----BEGIN PRIVATE KEY-----\\\") and x\",\"b\":1}",
                "[{\"a\":\"-----BEGIN PRIVATE KEY-----\"},{\"b\":\"-----END PRIVATE KEY-----\"}]",
                "{\"a\":\"%22password%22:\",\"b\":\"c\"}",
                "{\"arn:aws:x\":{\"a:b\":123456789012}}",
                "{\"api_key\":1.2345678901234567E10}"
            })
    void talk_about_credentials_stays_byte_for_byte(String body) {
        Interaction interaction = Exchanges.answering(RecordedBody.of(body));

        assertThat(scrubber.scrub(interaction)).isEqualTo(interaction);
        assertThat(LeakGuard.find(interaction)).isEmpty();
    }

    @Test
    void a_key_goes_and_no_more_than_the_key() {
        String key = "-----BEGIN PRIVATE KEY-----\\nMIICcanary0000canary0000canary0000\\n-----END PRIVATE KEY-----";

        assertThat(scrubbed("{\"a\":\"Is \\\"" + key + "\\\" one?\",\"b\":\"" + key + "\\n\"}"))
                .isEqualTo("{\"a\":\"Is \\\"scrubbed\\\" one?\",\"b\":\"scrubbed\\n\"}");
    }

    @Test
    void an_escape_before_a_name_stays_whole() {
        assertThat(scrubbed("{\"a\":\"by\\nada@canary.example, \\bo\"}"))
                .isEqualTo(scrubbed("{\"a\":\"by\\u000aada@canary.example, \\bo\"}")
                        .replace("\\u000a", "\\n"));
    }

    @Test
    void lines_of_base64_in_a_string_stay_in_it() throws IOException {
        String line = "Y2FuYXJpZXMg".repeat(6) + "\\n";
        String code = line + line + "c2stcHJvai1jYW5hcnkwMDAwY2FuYXJ5MDAwMGNhbmFyeQ==\\n";

        String clean = scrubbed("{\"a\":\"" + code + "\"}");

        assertThat(clean).isNotEqualTo("{\"a\":\"" + code + "\"}");
        assertThat(shape(clean)).hasSize(4);
    }

    @Test
    void any_document_keeps_its_structure() throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            String json = value(random, 3);

            assertThat(shape(scrubbed(json))).as(json).isEqualTo(shape(json));
        }
    }

    @Test
    void any_stream_keeps_its_events() throws IOException {
        Random random = new Random(12);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder stream = new StringBuilder();
            for (int n = 2 + random.nextInt(5); n > 0; n--) {
                stream.append("data: {\"type\":\"d\",\"delta\":")
                        .append(string(random))
                        .append(",\"x\":")
                        .append(value(random, 1))
                        .append("}\n\n");
            }
            String[] before = stream.toString().split("\n", -1);
            String[] after = scrubbed(stream.toString()).split("\n", -1);

            assertThat(after).as(stream.toString()).hasSameSizeAs(before);
            for (int line = 0; line < before.length; line += 2) {
                assertThat(shape(data(after[line]))).as(stream.toString()).isEqualTo(shape(data(before[line])));
            }
        }
    }

    @Test
    void any_document_is_clean_after_one_scrub() {
        Random random = new Random(13);
        for (int i = 0; i < 5_000; i++) {
            String json = value(random, 3);

            Interaction clean = scrubber.scrub(Exchanges.answering(RecordedBody.of(json)));

            assertThat(LeakGuard.find(clean)).as(json).isEmpty();
            assertThat(scrubber.scrub(clean)).as(json).isEqualTo(clean);
        }
    }

    private String scrubbed(String body) {
        return scrubber.scrub(Exchanges.answering(RecordedBody.of(body)))
                .response()
                .body()
                .text()
                .orElseThrow();
    }

    private static String data(String line) {
        return line.startsWith("data:") ? line.substring(5) : line;
    }

    /** Everything but what strings say. */
    private static List<String> shape(String json) throws IOException {
        List<String> shape = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                shape.add(token == JsonToken.VALUE_STRING ? token.name() : parser.getText());
            }
        }
        return shape;
    }

    private static String value(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 3 : 6);
        if (kind < 2) {
            return string(random);
        }
        if (kind == 2) {
            return List.of("1", "123456789012", "1.2345678901234567E10", "null", "false")
                    .get(random.nextInt(5));
        }
        StringBuilder out = new StringBuilder();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            out.append(out.length() == 0 ? "" : ",");
            if (kind > 3) {
                out.append(List.of("\"a\":", "\"password\":", "\"credentials\": ", "\"text\":", "\"token\" :")
                        .get(random.nextInt(5)));
            }
            out.append(value(random, depth - 1));
        }
        return kind > 3 ? "{" + out + "}" : "[" + out + "]";
    }

    private static String string(Random random) {
        StringBuilder out = new StringBuilder();
        for (int n = random.nextInt(5); n > 0; n--) {
            String fragment = FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
            int from = random.nextInt(4) == 0
                    ? fragment.offsetByCodePoints(0, random.nextInt(fragment.codePointCount(0, fragment.length())))
                    : 0;
            out.append(fragment.substring(from));
        }
        String text = out.toString();
        return random.nextInt(4) == 0 ? quoted(quoted(text)) : quoted(text);
    }

    private static String quoted(String text) {
        return "\"" + View.quoted(text) + "\"";
    }
}
