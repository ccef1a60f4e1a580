package dev.gateway4j.cassette.internal.match;

import static dev.gateway4j.cassette.internal.match.Requests.STRICT;
import static dev.gateway4j.cassette.internal.match.Requests.bytes;
import static dev.gateway4j.cassette.internal.match.Requests.found;
import static dev.gateway4j.cassette.internal.match.Requests.live;
import static dev.gateway4j.cassette.internal.match.Requests.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.config.CassetteConfig.Match;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.RecordedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartDigestTest {
    private static final String PATH = "/v1/audio/transcriptions";
    private static final String FILE =
            "Content-Disposition: form-data; name=\"file\"; filename=\"a;b.wav\"\r\nContent-Type: audio/wav\r\n\r\nRIFF\r\n\r\nx";
    private static final String MODEL = "Content-Disposition: form-data; name=model\r\n\r\nwhisper-1";

    private static byte[] form(String boundary, String... parts) {
        StringBuilder form = new StringBuilder("preamble\r\n");
        for (String part : parts) {
            form.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
        }
        return bytes(form.append("--").append(boundary).append("--\r\n").toString());
    }

    private static String field(String name, String value) {
        return "content-disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
    }

    private static WireRequest sent(String boundary, String... parts) {
        return live("POST", PATH, "multipart/form-data; boundary=" + boundary, form(boundary, parts));
    }

    private static RecordedRequest kept(String boundary, String... parts) {
        return recorded("POST", PATH, "multipart/form-data; boundary=\"" + boundary + "\"", form(boundary, parts));
    }

    private static RecordedRequest omitted(List<String> lines) {
        RecordedRequest request =
                recorded("POST", PATH, "multipart/form-data; boundary=gone", bytes(MultipartDigest.PLACEHOLDER));
        List<Extras.Value> items = lines.stream()
                .<Extras.Value>map(line -> new Extras.Text(line, false))
                .toList();
        return lines.isEmpty()
                ? request
                : request.with(Extras.of(Map.of(MultipartDigest.MEMBER, new Extras.Items(items))));
    }

    @Test
    void each_part_is_one_line() {
        assertThat(MultipartDigest.of("multipart/form-data; boundary=b", form("b", FILE, MODEL, field("é", ""))))
                .containsExactly(
                        "file; a%3bb.wav; audio/wav; 9; sha256:e0cc6c8c40d857da0ec7cfec235c352edce41803fe9ea48dc55f172d3a63d095",
                        "model; ; ; 9; sha256:c6047764ba07c9c5a32d8226025afbce8a828bcefd300a85cdd19bc64cdd472f",
                        "é; ; ; 0; sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n",
                "--c\r\n\r\n1\r\n--c--",
                "--b-and-more\r\n\r\n1\r\n--b-and-more--",
                "--b",
                ""
            })
    void a_body_that_does_not_keep_to_its_boundary_has_no_parts(String body) {
        assertThat(MultipartDigest.of("multipart/form-data; boundary=b", bytes(body)))
                .isEmpty();
    }

    @Test
    void other_types_have_no_parts() {
        assertThat(MultipartDigest.of("application/json", form("b", MODEL))).isEmpty();
        assertThat(MultipartDigest.of("multipart/form-data", form("b", MODEL))).isEmpty();
    }

    @Test
    void an_encoded_filename_counts_as_its_text() {
        String part = "Content-Disposition: form-data; name=\"f\"; filename*=UTF-8''na%C3%AFve.txt\r\n\r\n1";

        assertThat(MultipartDigest.of("multipart/form-data; boundary=b", form("b", part)))
                .first()
                .asString()
                .startsWith("f; naïve.txt; ; 1; ");
    }

    @Test
    void the_boundary_does_not_matter_and_the_order_only_among_namesakes() {
        RecordedRequest kept = kept("one", FILE, MODEL, field("x", "1"), field("x", "2"));

        assertThat(found(STRICT, sent("two", FILE, MODEL, field("x", "1"), field("x", "2")), kept))
                .isTrue();
        assertThat(found(STRICT, sent("two", field("x", "1"), MODEL, field("x", "2"), FILE), kept))
                .isTrue();
        assertThat(found(STRICT, sent("two", FILE, MODEL, field("x", "2"), field("x", "1")), kept))
                .isFalse();
        assertThat(found(STRICT, sent("two", FILE, MODEL, field("x", "1")), kept))
                .isFalse();
        assertThat(found(
                        STRICT,
                        sent("two", FILE.replace("RIFF", "RIFX"), MODEL, field("x", "1"), field("x", "2")),
                        kept))
                .isFalse();
        assertThat(found(STRICT, sent("two", FILE.replace("a;b", "c"), MODEL, field("x", "1"), field("x", "2")), kept))
                .isFalse();
    }

    @Test
    void the_lines_stand_for_a_body_that_was_left_out() {
        List<String> lines = MultipartDigest.of("multipart/form-data; boundary=one", form("one", MODEL, FILE));

        assertThat(found(STRICT, sent("two", FILE, MODEL), omitted(lines))).isTrue();
        assertThat(found(STRICT, sent("two", FILE), omitted(lines))).isFalse();
        assertThat(found(STRICT, live(PATH, "{}"), omitted(lines))).isFalse();
    }

    @Test
    void without_lines_any_multipart_body_matches_and_nothing_else() {
        assertThat(found(STRICT, sent("two", FILE, MODEL), omitted(List.of()))).isTrue();
        assertThat(found(STRICT, live("POST", PATH, "multipart/form-data", bytes("?")), omitted(List.of())))
                .isTrue();
        assertThat(found(STRICT, live(PATH, "{}"), omitted(List.of()))).isFalse();
        assertThat(found(MatchRules.compatible(), sent("two", FILE, MODEL), omitted(List.of())))
                .isTrue();
    }

    @Test
    void what_cannot_be_read_is_compared_as_bytes() {
        WireRequest broken = live("POST", PATH, "multipart/form-data; boundary=b", bytes("broken"));

        assertThat(found(STRICT, broken, recorded("POST", PATH, "multipart/form-data", bytes("broken"))))
                .isTrue();
        assertThat(found(STRICT, broken, recorded("POST", PATH, "multipart/form-data", bytes("other"))))
                .isFalse();
        assertThat(found(STRICT, broken, kept("b", MODEL))).isFalse();
    }

    @Test
    void a_deployment_stands_for_the_part_that_names_the_model() {
        MatchRules rules = MatchRules.of(new Match(List.of(), true, List.of()));
        String azure = "/openai/deployments/whisper-1/audio/transcriptions?api-version=1";
        WireRequest live = live("POST", azure, "multipart/form-data; boundary=b", form("b", FILE));

        assertThat(found(rules, live, kept("a", FILE, MODEL))).isTrue();
        assertThat(found(rules, live, kept("a", FILE, MODEL.replace("-1", "-2"))))
                .isFalse();
    }

    @Test
    void parts_that_differ_are_named() {
        Question asked = STRICT.question(sent("b", FILE.replace("RIFF", "RIFX"), field("x", "1")));
        Question recorded = STRICT.question("any", kept("b", FILE, MODEL));

        assertThat(STRICT.differences(asked, recorded))
                .extracting(Difference::place)
                .containsExactly("part file", "part x", "part model");
        assertThat(STRICT.differences(asked, recorded).get(2).asked()).isEqualTo(Difference.ABSENT);
    }
}
