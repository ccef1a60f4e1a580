package dev.gateway4j.cassette.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.Shelves;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadCassettesTest {
    private static final String GOOD = """
            version: 2
            interactions:
              - id: 0
                request:
                  body: ping
                  headers:
                    Content-Type:
                      - text/plain
                  url: https://api.example.test/v1/x
                  method: POST
                response:
                  body: pong
                  uncompressed: false
                  code: 200
                  duration: 1ms
            """;

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "---\n", "---\n...\n", "null\n", "~", "\ufeff"})
    void an_empty_file(String yaml) {
        refused(
                yaml,
                "is empty; a cassette says at least \"version: 2\" and \"interactions: []\". Delete the file and record it again.");
    }

    @Test
    void no_yaml() {
        refused(
                "version: 2\ninteractions: [\n",
                "3: this is no YAML: while parsing a flow node, expected the node content, but found '<stream end>'. "
                        + "Mend it, or delete the file and record it again.");
        refused(
                "version: 2\nx: \"\\q\"\n",
                "2: this is no YAML: while scanning a double-quoted scalar, found unknown escape character q(113). "
                        + "Mend it, or delete the file and record it again.");
    }

    @Test
    void a_control_character() {
        refused(
                "version: 2\nx: a\u0001b\n",
                "2: this is no YAML: a control character stands here. Mend it, or delete the file and record it again.");
    }

    @Test
    void bytes_that_are_no_text() {
        byte[] latin = "version: 2\ninteractions: []\nx: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(CassetteException.class)
                .isThrownBy(() -> CassetteFormat.read("bad", "bad.yaml", latin))
                .withMessage("bad.yaml:3: this is not UTF-8; a cassette is, and holds other bytes as !!binary. "
                        + "Save the file as UTF-8.");
    }

    @Test
    void a_file_beyond_all_measure() {
        byte[] huge = new byte[CassetteFormat.MAX_BYTES + 1];

        assertThatExceptionOfType(CassetteException.class)
                .isThrownBy(() -> CassetteFormat.read("bad", "bad.yaml", huge))
                .withMessage("bad.yaml: is 134217729 bytes long; a cassette has at most 134217728. "
                        + "Spread its interactions over several cassettes.");
    }

    @Test
    void what_nobody_could_read_is_not_written() {
        RecordedBody half = RecordedBody.of(new byte[CassetteFormat.MAX_BYTES / 2 + 1]);
        Interaction large = Shelves.exchange(
                RecordedRequest.of("POST", "https://api.example.test/v1/x", Fields.none(), half),
                RecordedResponse.of(200, Fields.none(), half, Duration.ZERO));

        assertThatExceptionOfType(CassetteException.class)
                .isThrownBy(() -> CassetteFormat.write(Cassette.of("large", List.of(large))))
                .withMessage(
                        "Cassette \"large\" was not written: it would have 134217730 bytes or more; a cassette has at"
                                + " most 134217728. Spread its interactions over several cassettes.");
    }

    @Test
    void several_documents() {
        refused(
                GOOD + "---\n" + GOOD,
                "16: a second document begins; a cassette is one. Put each document into a file of its own.");
    }

    @Test
    void something_else_than_a_map() {
        refused(
                "# a list\n- version: 2\n",
                "2: this is a list; a cassette is a map of version and interactions. Delete the file and record it again.");
        refused(
                "hello",
                "1: this is a text; a cassette is a map of version and interactions. Delete the file and record it again.");
    }

    @Test
    void an_unknown_version() {
        refused(
                "interactions: []\n",
                "1: version is missing; it has to be there. Write \"version: 2\" if go-vcr v4 wrote this file.");
        refused(
                "---\nversion: 1\ninteractions: []\n",
                "2: version is \"1\"; only version 2 can be read, which go-vcr v4 writes. Record it again.");
        refused(
                "version: [2]\ninteractions: []\n",
                "1: version is a list; only version 2 can be read, which go-vcr v4 writes. Record it again.");
    }

    @Test
    void interactions_that_are_none() {
        refused(
                "version: 2\n",
                "1: interactions is missing; it has to be there. Write \"interactions: []\" if there are none.");
        refused(
                "version: 2\ninteractions: {}\n",
                "2: interactions is a map; it has to be a list. Write \"interactions: []\" if there are none.");
        refused(
                "version: 2\ninteractions:\n",
                "2: interactions is a text; it has to be a list. Write \"interactions: []\" if there are none.");
        refused(
                "version: 2\ninteractions:\n  - hello\n",
                "3: interactions[0] is a text; it has to be a map of request and response. Delete it, or record it again.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request|rest|3|interactions[0].request is missing; it has to be there. Delete the interaction, or record it again.",
                "response|rest|3|interactions[0].response is missing; it has to be there. Delete the interaction, or record it again.",
                "url|x-url|5|interactions[0].request.url is missing; it has to be there. Write the absolute URL that was called.",
                "method|way|5|interactions[0].request.method is missing; it has to be there. Write the HTTP method, such as POST.",
                "code|status|12|interactions[0].response.code is missing; it has to be there. Write the HTTP status, such as 200."
            })
    void what_has_to_be_there_and_is_not(String name, String other, int line, String complaint) {
        refused(GOOD.replace(" " + name + ":", " " + other + ":"), line + ": " + complaint);
    }

    @Test
    void a_response_without_a_body() {
        refused(
                GOOD.replace("body: pong", "x: y"),
                "12: interactions[0].response.body is missing; it has to be there. Write \"body: ''\" if it was empty.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "body: pong~body: {a: b}~12~response.body is a map; it has to be a text. Write it as a block, |-, or quote it.",
                "POST~[POST]~10~request.method is a list; it has to be a text. Write one value, or quote it.",
                "POST~''~5~request.method is empty; it has to be there. Write the HTTP method, such as POST.",
                "- text/plain~{a: b}~8~request.headers.Content-Type is a map; it has to be a list of texts. Write \"- VALUE\", a line for each.",
                "- text/plain~text/plain~8~request.headers.Content-Type is a text; it has to be a list of texts. Write \"- VALUE\", a line for each.",
                "- text/plain~- [a]~8~request.headers.Content-Type[0] is a list; it has to be a text. Write one value, or quote it.",
                "uncompressed: false~uncompressed: perhaps~13~response.uncompressed is \"perhaps\"; it is true or false. Write one.",
                "uncompressed: false~headers: [a]~13~response.headers is a list; it has to be a map of lists. Write \"NAME: [VALUE]\" under it.",
                "uncompressed: false~content_length: many~13~response.content_length is \"many\"; it is a whole number. Write one.",
                "code: 200~code: 99~14~response.code is 99; it is 100 to 599. Write down what was received.",
                "code: 200~code: 600~14~response.code is 600; it is 100 to 599. Write down what was received.",
                "code: 200~code: 200 OK~14~response.code is \"200 OK\"; it is a whole number. Write one.",
                "1ms~3.2~15~response.duration is \"3.2\"; a duration is numbers, each with its unit: ns, us, ms, s, m or h. Write it like 1m2.5s or 412.5ms.",
                "pong~!!binary \"a-b_\"~12~response.body is !!binary and no base64; it is letters, digits, + and /, filled up with = to a multiple of four. Record it again.",
                "pong~!!binary abc~12~response.body is !!binary and no base64; it is letters, digits, + and /, filled up with = to a multiple of four. Record it again."
            })
    void a_value_that_cannot_be(String good, String bad, int line, String complaint) {
        refused(GOOD.replace(good, bad), line + ": interactions[0]." + complaint);
    }

    @Test
    void a_name_that_is_there_twice() {
        refused(
                GOOD.replace("    response:", "    request: {}\n    response:"),
                "11: \"request\" stands here a second time; a name is there once. Delete one of them.");
    }

    @Test
    void a_name_that_is_no_text() {
        refused(GOOD + "? [a]\n: b\n", "16: a list stands for a name; a name is a text. Quote it.");
    }

    @Test
    void a_tag_of_another_world() {
        refused(
                GOOD + "x: !!javax.script.ScriptEngineManager [a]\n",
                "16: the tag tag:yaml.org,2002:javax.script.ScriptEngineManager is not part of the format; !!binary is the only one."
                        + " Take it away.");
    }

    @Test
    void an_alias_of_nothing() {
        refused(
                GOOD + "x: *a\n",
                "16: *a names nothing that is complete above it; an alias repeats an anchor such as &a. Write the value out.");
        refused(
                GOOD + "x: &a [*a]\n",
                "16: *a names nothing that is complete above it; an alias repeats an anchor such as &a. Write the value out.");
    }

    @Test
    void an_alias_bomb() {
        StringBuilder bomb = new StringBuilder(GOOD).append("x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("x" + i + ": &x" + i + " [" + ("*x" + (i - 1) + ", ").repeat(9) + "*x" + (i - 1) + "]\n");
        }

        refused(
                bomb.toString(),
                "22: aliases repeat more than 10000000 characters; that is the most. Write the values out.");
    }

    @Test
    void a_nest_without_end() {
        refused(
                GOOD + "x: " + "[".repeat(100_000) + "\n",
                "16: this is nested more than 32 levels deep, the most there may be. Flatten it.");
    }

    @Test
    void a_message_never_holds_a_whole_text() {
        refused(
                GOOD.replace("1ms", "x".repeat(10_000)),
                "15: interactions[0].response.duration is \"" + "x".repeat(40)
                        + "...\"; a duration is numbers, each with its unit: "
                        + "ns, us, ms, s, m or h. Write it like 1m2.5s or 412.5ms.");
    }

    @Test
    void whatever_the_bytes_are_it_ends_in_a_cassette_or_in_a_complaint() {
        Random random = new Random(3);
        byte[] good = (GOOD + "x: {a: [1, \"\\u00e9\", 'b'], c: &d |-\n    e\n  }\ny: *d\nz: !!binary aGk=\n")
                .getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                byte[] odd = ":-[]{}&*!|>'\"%@#?,\\\n\t \r\0LPUx9".getBytes(StandardCharsets.UTF_8);
                bytes[random.nextInt(bytes.length)] =
                        random.nextInt(5) == 0 ? (byte) random.nextInt() : odd[random.nextInt(odd.length)];
            }
            try {
                CassetteFormat.read("bad", "bad.yaml", bytes);
            } catch (CassetteException e) {
                refused++;
                assertThat(e.getMessage()).matches("(?s)bad\\.yaml(:\\d+)?: .+\\.");
            }
        }
        assertThat(refused).isBetween(1_000, 4_999);
    }

    private static void refused(String yaml, String complaint) {
        CassetteException refusal = catchThrowableOfType(
                CassetteException.class,
                () -> CassetteFormat.read("bad", "bad.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
        String message = refusal == null ? "nothing" : refusal.getMessage();
        assertThat(message).isEqualTo("bad.yaml:" + (Character.isDigit(complaint.charAt(0)) ? "" : " ") + complaint);
    }
}
