package dev.gateway4j.cassette;

import static dev.gateway4j.cassette.Recordings.answer;
import static dev.gateway4j.cassette.Recordings.asking;
import static dev.gateway4j.cassette.Recordings.cassette;
import static dev.gateway4j.cassette.Recordings.chat;
import static dev.gateway4j.cassette.Recordings.chatting;
import static dev.gateway4j.cassette.Recordings.events;
import static dev.gateway4j.cassette.Recordings.interaction;
import static dev.gateway4j.cassette.Recordings.json;
import static dev.gateway4j.cassette.Recordings.stream;
import static dev.gateway4j.cassette.Recordings.streaming;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.config.CassetteConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CassetteLintTest {
    @TempDir
    private Path directory;

    private Cassettes cassettes = Cassettes.onClasspath("nowhere");

    @BeforeEach
    void open() {
        cassettes = Cassettes.at(directory);
    }

    @Test
    void a_clean_collection_gives_no_finding() {
        cassettes.save(cassette("plain", chatting("one", "1"), chatting("two", "2")));
        cassettes.save(cassette("stream", streaming("three", stream())));

        CareReport report = lint(expiringNever());

        assertThat(report.findings()).isEmpty();
        assertThat(report.clean()).isTrue();
        assertThat(report.text()).isEqualTo("2 cassettes: 0 errors, 0 warnings, 0 for information\n");
    }

    @Test
    void the_same_exchange_twice_is_a_duplicate() {
        cassettes.save(cassette("twice", chatting("one", "1"), chatting("one", "1")));

        assertThat(found()).containsExactly("warning twice /interactions/1 duplicate");
    }

    @Test
    void a_second_answer_to_the_same_request_is_unreachable() {
        cassettes.save(cassette("stacked", chatting("one", "old"), chatting("one", "new")));

        assertThat(found()).containsExactly("warning stacked /interactions/1 unreachable");
    }

    @Test
    void a_queue_reaches_both() {
        cassettes.save(cassette("stacked", chatting("one", "old"), chatting("one", "new"), chatting("one", "new")));

        assertThat(lint(queued()).findings()).isEmpty();
    }

    @Test
    void the_same_request_in_two_cassettes_is_ambiguous() {
        cassettes.save(cassette("a", chatting("one", "old")));
        cassettes.save(cassette("b", chatting("one", "new")));

        CareReport report = lint(expiringNever());

        assertThat(report.findings()).hasSize(1);
        assertThat(report.text())
                .startsWith("warning b /interactions/0 ambiguous: cassette a, interaction 0, asks the same (POST"
                        + " /v1/chat/completions) and got another answer");
    }

    @Test
    void the_same_exchange_in_two_cassettes_is_only_told() {
        cassettes.save(cassette("a", chatting("one", "same")));
        cassettes.save(cassette("b", chatting("one", "same")));

        assertThat(found()).containsExactly("info b /interactions/0 duplicate");
    }

    @Test
    void a_request_that_differs_only_in_spelling_is_the_same() {
        RecordedRequest spaced = asking("one")
                .with(RecordedBody.of(
                        "{ \"messages\": [{\"content\":\"one\",\"role\":\"user\"}], \"model\": \"gpt-blue\" }"));
        cassettes.save(
                cassette("stacked", chatting("one", "old"), interaction(spaced, answer(200, json(), chat("new")))));

        assertThat(found()).containsExactly("warning stacked /interactions/1 unreachable");
    }

    @Test
    void an_event_that_is_no_json_among_others_is_found() {
        cassettes.save(cassette("s", streaming("one", "data: {\"a\":1}\n\ndata: {\"a\":\n\ndata: [DONE]\n\n")));

        CareReport report = lint(expiringNever());

        assertThat(report.text()).startsWith("error s /interactions/0/response/body bad-event: event 1 (message)");
        assertThat(report.findings()).hasSize(1);
    }

    @Test
    void a_stream_of_plain_text_is_fine() {
        Interaction text = interaction(
                RecordedRequest.of("GET", "https://example.test/feed", Fields.none(), RecordedBody.empty()),
                answer(200, events(), "data: hello\n\ndata: world\n\n"));
        cassettes.save(cassette("s", text));

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n\n\ndata: {\"a\":1}\n\n\ndata: [DONE]\n\n",
                "data: {\"a\":1}\r\n\r\ndata: [DONE]\r\n\r\n",
                "data: {\"a\":1}\r\rdata: [DONE]\r\r",
                ": a comment\n\ndata: {\"a\":1}\n\nevent: ping\n\ndata: [DONE]\n\n",
                "event: chunk\nid: 7\ndata: {\"a\":1}\n\ndata: [DONE]\n\n",
                "data: {\"a\":\ndata: 1}\n\ndata: [DONE]\n\n",
                "data: {\"a\":1}\n\ndata: [DONE]\n",
                "data: {\"a\":1}\n\ndata:\n\ndata: [DONE]",
            })
    void every_legal_spelling_of_a_stream_is_fine(String body) {
        cassettes.save(cassette("s", streaming("one", body)));

        assertThat(found()).isEmpty();
    }

    @Test
    void a_stream_that_ends_inside_an_event_is_found() {
        cassettes.save(cassette("s", streaming("one", "data: {\"a\":1}\n\ndata: {\"a\"")));

        assertThat(found())
                .containsExactly(
                        "warning s /interactions/0/response/body cut-event",
                        "warning s /interactions/0/response/body no-end");
    }

    @Test
    void a_stream_without_any_event_is_found() {
        cassettes.save(cassette("s", streaming("one", ": nothing\n\n")));

        assertThat(found()).containsExactly("warning s /interactions/0/response/body no-event");
    }

    @Test
    void each_kind_of_stream_has_its_own_last_word() {
        cassettes.save(cassette("chat", streamAt("/v1/chat/completions", "data: {\"choices\":[]}\n\n")));
        cassettes.save(cassette("claude", streamAt("/v1/messages", "event: message_start\ndata: {}\n\n")));
        cassettes.save(cassette("gemini", streamAt("/v1/models/g:streamGenerateContent", "data: {}\r\n\r\n")));
        cassettes.save(cassette("responses", streamAt("/v1/responses", "data: {\"type\":\"response.created\"}\n\n")));

        CareReport report = lint(expiringNever());

        assertThat(report.findings()).extracting(Finding::cassette).containsExactly("chat", "claude", "responses");
        assertThat(report.findings()).extracting(Finding::rule).containsOnly("no-end");
        assertThat(report.findings())
                .extracting(Finding::message)
                .satisfiesExactly(
                        chat -> assertThat(chat).contains("[DONE]"),
                        claude -> assertThat(claude).contains("message_stop"),
                        responses -> assertThat(responses).contains("response.completed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"response.completed", "response.incomplete", "response.failed", "error"})
    void every_last_word_of_a_response_counts(String last) {
        String body =
                "data: {\"type\":\"response.created\"}\n\nevent: " + last + "\ndata: {\"type\":\"" + last + "\"}\n\n";
        cassettes.save(cassette("responses", streamAt("/v1/responses", body)));

        assertThat(found()).isEmpty();
    }

    @Test
    void an_exchange_that_is_marked_as_broken_off_is_found_once() {
        RecordedResponse cut = answer(200, events(), "data: {\"a\":1}\n\ndata: {\"a");
        cassettes.save(cassette(
                "s",
                interaction(asking("one"), cut.with(cut.extras().with(RecordedResponse.ENDING, "truncated"))),
                interaction(asking("two"), cut.with(cut.extras().with(RecordedResponse.ENDING, "cancelled")))));

        assertThat(found())
                .containsExactly(
                        "warning s /interactions/0/response/x-ending broken-off",
                        "info s /interactions/1/response/x-ending broken-off");
    }

    @Test
    void a_body_that_is_no_json_under_its_type_is_found() {
        cassettes.save(cassette(
                "j",
                interaction(asking("one").with(RecordedBody.of("{\"model\":")), answer(200, json(), "{\"a\":1} x"))));

        assertThat(found())
                .containsExactly(
                        "error j /interactions/0/request/body bad-json",
                        "error j /interactions/0/response/body bad-json");
    }

    @Test
    void lengths_that_are_not_true_are_found_and_unknown_ones_are_not() {
        RecordedResponse unknown = withLength(answer(200, json(), chat("1")), -1);
        RecordedResponse stale = withLength(answer(200, json().with("Content-Length", "5"), chat("2")), 5);
        cassettes.save(cassette("l", interaction(asking("one"), unknown), interaction(asking("two"), stale)));

        CareReport report = lint(expiringNever());

        assertThat(lines(report))
                .containsExactly(
                        "warning l /interactions/1/response/content_length stale-length",
                        "warning l /interactions/1/response/headers/Content-Length stale-length");
        assertThat(report.findings().get(0).message())
                .startsWith("content_length is 5 and the body has 242 bytes; replay here sends the true length");
    }

    @Test
    void an_answer_to_head_may_tell_a_length() {
        RecordedRequest head = RecordedRequest.of("HEAD", Recordings.URL, Fields.none(), RecordedBody.empty());
        cassettes.save(cassette("h", interaction(head, answer(200, json().with("Content-Length", "99"), ""))));

        assertThat(found()).isEmpty();
    }

    @Test
    void a_recording_is_stale_when_it_is_older_than_allowed() {
        RecordedResponse old = answer(200, json(), chat("1"));
        cassettes.save(cassette(
                "old",
                interaction(asking("one"), recordedAt(old, "2025-11-30T00:00:00Z")),
                interaction(asking("two"), recordedAt(old, "2025-12-30T00:00:00Z")),
                interaction(asking("three"), old)));

        CareReport report = lint(expiringAfterAMonth());

        assertThat(lines(report))
                .containsExactly(
                        "warning old /interactions/0/response/x-recorded-at expired",
                        "info old /interactions/2/response/x-recorded-at no-time");
        assertThat(report.findings().get(0).message()).contains("32 days ago");
        assertThat(lint(expiringNever()).findings()).isEmpty();
    }

    @Test
    void a_body_that_is_not_compressed_as_its_header_says_is_found() {
        Fields gzip = json().with("Content-Encoding", "gzip");
        cassettes.save(cassette("z", interaction(asking("one"), answer(200, gzip, chat("1")))));

        assertThat(found()).containsExactly("error z /interactions/0/response/headers/Content-Encoding wrong-encoding");
    }

    @Test
    void a_compressed_body_without_its_header_is_found() {
        RecordedBody packed = RecordedBody.of(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3});
        RecordedResponse response = answer(200, json(), "").with(packed);
        cassettes.save(cassette("z", interaction(asking("one"), response)));

        assertThat(found()).contains("error z /interactions/0/response/body wrong-encoding");
    }

    @Test
    void names_of_headers_are_spelt_as_go_does() {
        Fields headers = new Fields(Map.of("content-type", List.of("application/json")));
        cassettes.save(cassette("n", interaction(asking("one"), answer(200, headers, chat("1")))));

        CareReport report = lint(expiringNever());

        assertThat(report.text())
                .startsWith("info n /interactions/0/response/headers header-name: not spelt as go-vcr looks them up:"
                        + " content-type; write Content-Type\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429, 500, 503})
    void a_recorded_failure_is_told(int code) {
        cassettes.save(cassette("e", interaction(asking("one"), answer(code, json(), "{\"error\":{}}"))));

        assertThat(found()).containsExactly("info e /interactions/0/response/code recorded-error");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404})
    void what_a_request_itself_brought_about_is_not_told(int code) {
        cassettes.save(cassette("e", interaction(asking("one"), answer(code, json(), "{\"error\":{}}"))));

        assertThat(found()).isEmpty();
    }

    @Test
    void a_request_that_nothing_can_match_is_found() {
        RecordedRequest request = RecordedRequest.of("post", "/v1/chat/completions", json(), RecordedBody.of("{}"));
        cassettes.save(cassette("r", interaction(request, answer(200, json(), "{}"))));

        assertThat(found())
                .containsExactly(
                        "error r /interactions/0/request/method bad-method",
                        "error r /interactions/0/request/url bad-url");
    }

    @Test
    void files_that_cannot_be_read_are_findings() throws IOException {
        Files.writeString(directory.resolve("broken.yaml"), "version: 2\ninteractions: [\n");
        Files.writeString(directory.resolve("empty.yaml"), "version: 2\ninteractions: []\n");
        Files.writeString(directory.resolve("#odd.yaml"), "version: 2\ninteractions: []\n");

        assertThat(found())
                .containsExactly(
                        "warning #odd bad-name",
                        "warning #odd empty",
                        "error broken unreadable",
                        "warning empty empty");
    }

    @Test
    void ids_count_the_places() throws IOException {
        cassettes.save(cassette("ids", chatting("one", "1"), chatting("two", "2")));
        Path file = directory.resolve("ids.yaml");
        Files.writeString(file, Files.readString(file).replace("- id: 1\n", "- id: 7\n"));

        assertThat(found()).containsExactly("warning ids /interactions/1/id wrong-id");
    }

    @Test
    void a_secret_is_an_error_that_does_not_show_it() throws IOException {
        cassettes.save(cassette("leak", chatting("one", "PLACE")));
        Path file = directory.resolve("leak.yaml");
        String secret = "sk-proj-" + "Ab3dEf6hIj9kLm2n".repeat(3);
        Files.writeString(file, Files.readString(file).replace("PLACE", secret));

        CareReport report = lint(expiringNever());

        assertThat(lines(report)).contains("error leak /interactions/0 secret");
        assertThat(report.text()).doesNotContain(secret.substring(0, 16));
        assertThat(report.json()).doesNotContain(secret.substring(0, 16));
    }

    @Test
    void the_same_files_give_the_same_report() {
        cassettes.save(cassette("b", chatting("one", "1"), chatting("one", "2")));
        cassettes.save(cassette("a", chatting("one", "3"), streaming("two", "data: {}\n\n")));

        CareReport first = lint(expiringNever());
        CareReport second = CassetteLint.of(expiringNever(), ManualTime.standing())
                .check(Cassettes.at(directory), List.of("b", "a"));

        assertThat(first.text()).isEqualTo(second.text());
        assertThat(first.json())
                .isEqualTo(second.json())
                .startsWith("{\n  \"cassettes\" : 2,\n  \"errors\" : 0,\n  \"warnings\" : 3,\n  \"infos\" : 0,\n");
        assertThat(lines(first))
                .containsExactly(
                        "warning a /interactions/1/response/body no-end",
                        "warning b /interactions/0 ambiguous",
                        "warning b /interactions/1 unreachable");
    }

    private static Interaction streamAt(String path, String body) {
        RecordedRequest request = RecordedRequest.of(
                "POST", "https://api.example.test" + path, json(), RecordedBody.of("{\"stream\":true}"));
        return interaction(request, answer(200, events(), body));
    }

    private static RecordedResponse recordedAt(RecordedResponse response, String time) {
        return response.with(response.extras().with(RecordedResponse.RECORDED_AT, time));
    }

    private static RecordedResponse withLength(RecordedResponse response, long length) {
        return new RecordedResponse(
                response.protocol(),
                response.transferEncoding(),
                response.trailer(),
                length,
                response.uncompressed(),
                response.body(),
                response.headers(),
                response.status(),
                response.code(),
                response.duration(),
                response.extras());
    }

    private List<String> found() {
        return lines(lint(expiringNever()));
    }

    private static List<String> lines(CareReport report) {
        return report.findings().stream()
                .map(found -> found.toString().substring(0, found.toString().indexOf(": ")))
                .toList();
    }

    private CareReport lint(CassetteConfig settings) {
        return CassetteLint.of(settings, ManualTime.standing()).check(cassettes);
    }

    private CassetteConfig expiringNever() {
        return CassetteConfig.in(directory.toString());
    }

    private CassetteConfig expiringAfterAMonth() {
        return settings(Optional.of(Duration.ofDays(30)), CassetteConfig.Repeats.FIRST);
    }

    private CassetteConfig queued() {
        return settings(Optional.empty(), CassetteConfig.Repeats.QUEUE);
    }

    private CassetteConfig settings(Optional<Duration> expiresAfter, CassetteConfig.Repeats repeats) {
        CassetteConfig standard = CassetteConfig.in(directory.toString());
        return new CassetteConfig(
                standard.directory(),
                standard.name(),
                standard.recordMissing(),
                standard.recordInCi(),
                expiresAfter,
                standard.onExpired(),
                repeats,
                standard.exhausted(),
                standard.timing(),
                standard.attempts(),
                standard.match(),
                standard.scrub());
    }
}
