package dev.gateway4j.cassette.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.Protocol;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CassetteFormatTest {
    private static final String WRITTEN = """
            ---
            version: 2
            interactions:
                - id: 0
                  request:
                    proto: HTTP/1.1
                    proto_major: 1
                    proto_minor: 1
                    content_length: 29
                    transfer_encoding:
                        - chunked
                    trailer:
                        X-Sum:
                            - "12"
                    host: api.example.test
                    remote_addr: 127.0.0.1:4711
                    request_uri: /v1/ponder?x=1
                    body: |-
                        {
                          "stream": true,
                          "n": 1
                        }
                    form:
                        x:
                            - "1"
                    headers:
                        Accept:
                            - '*/*'
                        X-Odd:
                            - "no"
                            - "1:20"
                            - ""
                            - ' a'
                    url: https://api.example.test/v1/ponder?x=1
                    method: POST
                    x-note: "a"
                  response:
                    proto: HTTP/2.0
                    proto_major: 2
                    proto_minor: 0
                    transfer_encoding:
                        - chunked
                    trailer:
                        X-Sum:
                            - abc
                    content_length: -1
                    uncompressed: true
                    body: |+
                        event: demo
                        data: {"t":"caf\u00e9"}

                        data: [DONE]

                    headers: {}
                    status: 200 OK
                    code: 200
                    duration: 1m2.5s
                    x-chunks: "120+8 40+16"
                  x-count: 3
                - id: 1
                  request:
                    proto: HTTP/1.1
                    proto_major: 1
                    proto_minor: 1
                    content_length: 0
                    host: ""
                    url: https://api.example.test/v1/speech
                    method: GET
                  response:
                    proto: HTTP/1.1
                    proto_major: 1
                    proto_minor: 1
                    content_length: 60
                    body: !!binary |
                        //79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eDf3t3c29rZ2NfW1dTT0tHQz87NzM
                        vKycjHxsXE
                    headers:
                        Content-Type:
                            - audio/mpeg
                    status: 200 OK
                    code: 200
                    duration: 0s
            x-list:
                - 1
                - "1"
                - a: b
                  c:
                    - {}
                - - []
            """;

    @Test
    void a_cassette_is_written_as_go_vcr_writes_it_and_ours_comes_after_it() {
        assertThat(text(CassetteFormat.write(everything()))).isEqualTo(WRITTEN);
    }

    @Test
    void every_member_is_read() {
        assertThat(read(WRITTEN)).isEqualTo(everything());
    }

    @Test
    void an_empty_cassette_is_a_cassette() {
        Cassette empty = Cassette.of("demo", List.of());

        assertThat(text(CassetteFormat.write(empty))).isEqualTo("---\nversion: 2\ninteractions: []\n");
        assertThat(read("version: 2\ninteractions: []\n")).isEqualTo(empty);
    }

    @Test
    void the_other_dialect_says_the_same() {
        String quoted = """
                ---
                version: 2
                interactions:
                - id: 0
                  request:
                    proto: HTTP/1.1
                    proto_major: 1
                    proto_minor: 1
                    content_length: 13
                    host: api.example.test
                    body: "{\\n  \\"n\\": 1\\n}"
                    headers:
                      Content-Length:
                      - "13"
                    url: https://api.example.test/v1/ponder
                    method: POST
                  response:
                    proto: HTTP/2.0
                    proto_major: 2
                    proto_minor: 0
                    content_length: 7
                    body: "data: 1\\n\\n"
                    headers: {}
                    status: 200 OK
                    code: 200
                    duration: 412.5ms
                """;
        String literal = """
                ---
                version: 2
                interactions:
                    - id: 0
                      request:
                        proto: HTTP/1.1
                        proto_major: 1
                        proto_minor: 1
                        content_length: 13
                        host: api.example.test
                        body: |-
                            {
                              "n": 1
                            }
                        headers:
                            Content-Length:
                                - "13"
                        url: https://api.example.test/v1/ponder
                        method: POST
                      response:
                        proto: HTTP/2.0
                        proto_major: 2
                        proto_minor: 0
                        content_length: 7
                        body: |+
                            data: 1

                        headers: {}
                        status: 200 OK
                        code: 200
                        duration: 412.5ms
                """;

        assertThat(read(quoted)).isEqualTo(read(literal));
        assertThat(text(CassetteFormat.write(read(quoted)))).isEqualTo(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{version: 2, interactions: [{request: {url: u, method: GET}, response: {body: b, code: 200}}]}",
                "{\"version\":2,\"interactions\":[{\"request\":{\"url\":\"u\",\"method\":\"GET\"},\"response\":{\"body\":\"b\",\"code\":200}}]}",
                "version: 2\ninteractions:\n- request: {url: u, method: GET}\n  response:\n    body: b\n    code: 200\n",
                "\ufeff--- # comment\nversion: 2 # comment\n\n\ninteractions:\n\n  # comment\n  - request:\n      url: 'u'\n      method: GET\n    response: {body: \"b\", code: 200}\n...\n",
                "version: 2\r\ninteractions:\r\n- request:\r\n    url: u\r\n    method: GET\r\n  response:\r\n    body: |-\r\n      b\r\n    code: 200\r\n",
                "version: 2\ninteractions:\n- response: {code: 200, body: &b b}\n  request: {method: GET, url: u}\n  id: 7\n",
                "%YAML 1.2\n---\nversion: \"2\"\ninteractions: [{request: {url: u, method: GET}, response: {body: !!binary Yg==, code: !!int 200}}]"
            })
    void any_legal_yaml_is_read(String yaml) {
        Interaction interaction = read(yaml).interactions().get(0);

        assertThat(interaction.request()).isEqualTo(missing());
        assertThat(interaction.response().body()).isEqualTo(RecordedBody.of("b"));
        assertThat(interaction.response().code()).isEqualTo(200);
    }

    @Test
    void what_a_file_leaves_out_is_empty() {
        RecordedResponse response = response("b");

        assertThat(response)
                .isEqualTo(new RecordedResponse(
                        new Protocol("", 0, 0),
                        List.of(),
                        Fields.none(),
                        0,
                        false,
                        RecordedBody.of("b"),
                        Fields.none(),
                        "",
                        200,
                        Duration.ZERO,
                        Extras.none()));
    }

    @Test
    void a_text_is_what_stands_there_and_never_a_number_a_truth_or_a_date() {
        String yaml = "version: 2\ninteractions: [{request: {url: 1.50, method: no, host: 0x1F, headers: "
                + "{A: [108, 1_000, 2020-10-01, no, 1e3, .5, 007, true, 1:20, null]}}, response: {body: 1.0, code: 200}}]";

        RecordedRequest request = read(yaml).interactions().get(0).request();

        assertThat(request.url()).isEqualTo("1.50");
        assertThat(request.method()).isEqualTo("no");
        assertThat(request.host()).isEqualTo("0x1F");
        assertThat(request.headers().all("a"))
                .containsExactly("108", "1_000", "2020-10-01", "no", "1e3", ".5", "007", "true", "1:20", "null");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            value = {
                "|-~a~b, a~b",
                "|~a~b, a~b~",
                "|+~a~b, a~b~",
                "|+~a~, a~~",
                "|+~a~~, a~~~",
                "|~a~~~, a~",
                "|2-~  a~b, ^  a~b^",
                ">~a~b, a b~",
                ">-~a~~b, a~b",
                "|-~~a, ~a",
                "|-~---x, ---x",
                "|-~a _~b, a _~b"
            })
    void a_block_keeps_exactly_its_text(String block, String text) {
        String indented = block.replace("_", "\t").replace("~", "\n      ");

        RecordedResponse response = response(indented.replaceAll(" +\n", "\n"));

        assertThat(response.body().text()).contains(text.replace("_", "\t").replace("~", "\n"));
    }

    @Test
    void quoted_bodies_are_unescaped() {
        assertThat(response("\"a\\r\\n\\r\\nb\\n\\n\\n\\t\\x00\\u00e9\\U0001F600\\L\\P\\N\\/\"")
                        .body()
                        .text())
                .contains("a\r\n\r\nb\n\n\n\t\0\u00e9\ud83d\ude00\u2028\u2029\u0085/");
        assertThat(response("'it''s'").body().text()).contains("it's");
        assertThat(response("\"a\\\\L \\L\"").body().text()).contains("a\\L \u2028");
    }

    @Test
    void bytes_that_are_no_text_come_back_as_bytes() {
        assertThat(response("!!binary |\n        /+MY\n        xAAA").body().bytes())
                .containsExactly(0xFF, 0xE3, 0x18, 0xC4, 0, 0);
        assertThat(response("!<tag:yaml.org,2002:binary> \"/+MY\"").body().bytes())
                .containsExactly(0xFF, 0xE3, 0x18);
    }

    @Test
    void line_breaks_that_only_go_knows_are_read_as_go_wrote_them() {
        String go = "|-\n      one\u2028      two\u0085      three\u2029\u2029\n      four";

        assertThat(response(go).body().text()).contains("one\u2028two\u0085three\u2029\u2029\nfour");
        assertThat(response("|4-\n\n          one\u2028        two").body().text())
                .contains("\n  one\u2028two");
        assertThat(response("|-\r\r      one\u2028two").body().text()).contains("\none\u2028two");
        assertThat(response("|-\n      one\u2028two\n      three").body().text())
                .contains("one\u2028two\nthree");
    }

    @Test
    void a_stale_length_is_kept_and_harms_nobody() {
        RecordedResponse response = response("ping\n    content_length: 99999");

        assertThat(response.contentLength()).isEqualTo(99_999);
        assertThat(response.body().length()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "~", "", "{}"})
    void fields_may_be_nothing(String nothing) {
        assertThat(response("b\n    headers: " + nothing).headers()).isEqualTo(Fields.none());
    }

    @Test
    void aliases_repeat_what_they_name() {
        String yaml = """
                version: 2
                interactions:
                - request: &r {url: u, method: GET, headers: &h {A: [b]}}
                  response: {body: b, code: 200, headers: *h}
                - request: *r
                  response: {body: c, code: 200}
                """;

        Cassette cassette = read(yaml);

        assertThat(cassette.interactions().get(1).request())
                .isEqualTo(cassette.interactions().get(0).request());
        assertThat(cassette.interactions().get(0).response().headers().first("a"))
                .contains("b");
    }

    @Test
    void places_are_counted_anew_when_it_is_written() {
        String one = "{request: {url: u, method: GET}, response: {body: b, code: 200}}";
        Cassette cassette = read("version: 2\ninteractions:\n- " + one.replace("{request", "{id: 7, request") + "\n- "
                + one.replace("{request", "{id: x, request") + "\n- " + one);

        assertThat(cassette.interactions()).extracting(Interaction::id).containsExactly(7, 1, 2);
        assertThat(text(CassetteFormat.write(cassette))).contains("- id: 0\n", "- id: 1\n", "- id: 2\n");
    }

    @Test
    void a_form_that_is_one_long_name_survives() {
        String name = "{\"prompt\":\"" + "ping ".repeat(40) + "\"}";
        RecordedRequest request = RecordedRequest.of(
                        "POST", "https://api.example.test/", Fields.none(), RecordedBody.of(name))
                .to("https://api.example.test/", new Fields(Map.of(name, List.of(""))));
        Cassette cassette = Cassette.of(
                "demo",
                List.of(new Interaction(
                        0,
                        request,
                        RecordedResponse.of(200, Fields.none(), RecordedBody.empty(), Duration.ZERO),
                        Extras.none())));

        assertThat(read(text(CassetteFormat.write(cassette)))).isEqualTo(cassette);
    }

    @Test
    void a_change_of_one_line_of_a_body_changes_one_line_of_the_file() {
        String other = text(CassetteFormat.write(read(WRITTEN.replace("\"n\": 1", "\"n\": 2"))));

        assertThat(other.lines().filter(line -> WRITTEN.lines().noneMatch(line::equals)))
                .containsExactly("              \"n\": 2");
    }

    private static Cassette everything() {
        RecordedRequest first = new RecordedRequest(
                Protocol.HTTP_1_1,
                29,
                List.of("chunked"),
                new Fields(Map.of("X-Sum", List.of("12"))),
                "api.example.test",
                "127.0.0.1:4711",
                "/v1/ponder?x=1",
                RecordedBody.of("{\n  \"stream\": true,\n  \"n\": 1\n}"),
                new Fields(Map.of("x", List.of("1"))),
                new Fields(Map.of("Accept", List.of("*/*"))).with("X-Odd", "no"),
                "https://api.example.test/v1/ponder?x=1",
                "POST",
                Extras.none().with("x-note", "a"));
        Fields odd =
                new Fields(new TreeMap<>(Map.of("Accept", List.of("*/*"), "X-Odd", List.of("no", "1:20", "", " a"))));
        RecordedResponse answer = new RecordedResponse(
                new Protocol("HTTP/2.0", 2, 0),
                List.of("chunked"),
                new Fields(Map.of("X-Sum", List.of("abc"))),
                -1,
                true,
                RecordedBody.of("event: demo\ndata: {\"t\":\"caf\u00e9\"}\n\ndata: [DONE]\n\n"),
                Fields.none(),
                "200 OK",
                200,
                Duration.ofMillis(62_500),
                Extras.none().with(RecordedResponse.CHUNKS, "120+8 40+16"));
        byte[] sound = new byte[60];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (byte) (255 - i);
        }
        RecordedRequest second = new RecordedRequest(
                Protocol.HTTP_1_1,
                0,
                List.of(),
                Fields.none(),
                "",
                "",
                "",
                RecordedBody.empty(),
                Fields.none(),
                Fields.none(),
                "https://api.example.test/v1/speech",
                "GET",
                Extras.none());
        RecordedResponse speech = new RecordedResponse(
                Protocol.HTTP_1_1,
                List.of(),
                Fields.none(),
                60,
                false,
                RecordedBody.of(sound),
                new Fields(Map.of("Content-Type", List.of("audio/mpeg"))),
                "200 OK",
                200,
                Duration.ZERO,
                Extras.none());
        Extras.Value list = new Extras.Items(List.of(
                new Extras.Text("1", true),
                new Extras.Text("1", false),
                new Extras.Members(new TreeMap<>(Map.of(
                        "a",
                        new Extras.Text("b", true),
                        "c",
                        new Extras.Items(List.of(new Extras.Members(Map.of())))))),
                new Extras.Items(List.of(new Extras.Items(List.of())))));
        return new Cassette(
                "demo",
                2,
                List.of(
                        new Interaction(
                                0, first.with(odd), answer, Extras.of(Map.of("x-count", new Extras.Text("3", true)))),
                        new Interaction(1, second, speech, Extras.none())),
                Extras.of(Map.of("x-list", list)));
    }

    private static RecordedRequest missing() {
        return new RecordedRequest(
                new Protocol("", 0, 0),
                0,
                List.of(),
                Fields.none(),
                "",
                "",
                "",
                RecordedBody.empty(),
                Fields.none(),
                Fields.none(),
                "u",
                "GET",
                Extras.none());
    }

    private static RecordedResponse response(String body) {
        return read("version: 2\ninteractions:\n- request: {url: u, method: GET}\n  response:\n    code: 200\n    body: "
                        + body + "\n")
                .interactions()
                .get(0)
                .response();
    }

    private static Cassette read(String yaml) {
        return CassetteFormat.read("demo", "demo.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] yaml) {
        return new String(yaml, StandardCharsets.UTF_8);
    }
}
