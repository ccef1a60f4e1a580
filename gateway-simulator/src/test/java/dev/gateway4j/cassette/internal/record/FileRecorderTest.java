package dev.gateway4j.cassette.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.internal.format.CassetteFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRecorderTest {
    private static final String ANSWER = "{\"id\":\"chatcmpl-1\",\"n\":1.50,\"s\":\"a \\u00e9 b\"}";

    private final ManualTime time = ManualTime.standing();

    @TempDir
    private Path folder;

    @Test
    void a_recording_is_valid_under_the_rules_of_go_vcr() throws IOException {
        try (FileRecorder recorder = recorder()) {
            Wire.answer(recorder, time, Wire.chat("chat", "Hello"), ANSWER);
        }

        String yaml = Files.readString(file("chat"));
        assertThat(yaml).startsWith("---\nversion: 2\ninteractions:\n    - id: 0\n");
        assertThat(yaml).contains("duration: 250ms", "method: POST", "status: 200 OK", "code: 200", "proto: HTTP/1.1");
        Interaction one = read("chat").interactions().get(0);
        assertThat(one.request().url()).isEqualTo("https://api.openai.com/v1/chat/completions");
        assertThat(one.request().host()).isEqualTo("api.openai.com");
        assertThat(one.request().contentLength()).isEqualTo(one.request().body().length());
        assertThat(one.request().headers().first("Content-Length"))
                .contains(Integer.toString(one.request().body().length()));
        assertThat(one.response().contentLength())
                .isEqualTo(one.response().body().length());
        assertThat(one.response().extras().text(RecordedResponse.RECORDED_AT)).contains("2026-01-01T00:00:00Z");
        assertThat(one.response().extras().text(RecordedResponse.ENDING)).isEmpty();
    }

    @Test
    void compact_json_is_laid_out_and_keeps_every_digit_and_escape() throws IOException {
        try (FileRecorder recorder = recorder()) {
            Wire.answer(recorder, time, Wire.chat("chat", "Hello"), ANSWER);
        }

        Interaction one = read("chat").interactions().get(0);
        assertThat(one.response().body().text())
                .contains("{\n  \"id\": \"chatcmpl-1\",\n  \"n\": 1.50,\n  \"s\": \"a \\u00e9 b\"\n}");
        assertThat(one.response().extras().text(RecordedResponse.LAYOUT)).contains("compact");
        assertThat(one.request().body().text().orElseThrow()).contains("\n  \"temperature\": 0.70,\n");
        assertThat(one.request().extras().text(RecordedResponse.LAYOUT)).contains("compact");
    }

    @Test
    void a_stream_is_stored_byte_for_byte_with_the_time_of_every_piece() throws IOException {
        WireHeaders stream =
                WireHeaders.of("content-type", "text/event-stream; charset=utf-8", "transfer-encoding", "chunked");
        try (FileRecorder recorder = recorder()) {
            Recorder.Recording recording = recorder.open(Wire.chat("stream", "Hello"));
            time.advance(Duration.ofMillis(300));
            recording.head(200, stream, time.nanos());
            for (String event : List.of("data: {\"a\":1}\n\n", ": still here\r\n\r\n", "data: [DONE]\n\n")) {
                time.advance(Duration.ofMillis(20));
                Wire.chunk(recording, time, event);
            }
            recording.end(Ending.COMPLETED, true, time.nanos());
        }

        RecordedResponse response = read("stream").interactions().get(0).response();
        assertThat(response.body().text()).contains("data: {\"a\":1}\n\n: still here\r\n\r\ndata: [DONE]\n\n");
        assertThat(response.extras().text(RecordedResponse.CHUNKS)).contains("20000+15 20000+16 20000+14");
        assertThat(response.duration()).isEqualTo(Duration.ofMillis(300));
        assertThat(response.transferEncoding()).containsExactly("chunked");
        assertThat(response.headers().first("Transfer-Encoding")).isEmpty();
    }

    @Test
    void an_exchange_that_ended_badly_says_how() throws IOException {
        try (FileRecorder recorder = recorder()) {
            for (Ending ending : List.of(Ending.ABANDONED, Ending.CANCELLED, Ending.TRUNCATED, Ending.FAILED)) {
                Recorder.Recording recording = recorder.open(Wire.chat("bad", ending.id()));
                recording.head(200, WireHeaders.of("content-type", "text/event-stream"), time.nanos());
                Wire.chunk(recording, time, "data: {\"half\":");
                recording.end(ending, true, time.nanos());
            }
        }

        assertThat(read("bad").interactions())
                .extracting(one ->
                        one.response().extras().text(RecordedResponse.ENDING).orElseThrow())
                .containsExactly("abandoned", "cancelled", "truncated", "failed");
    }

    @Test
    void what_has_no_head_or_was_refused_or_not_delivered_is_not_saved() {
        try (FileRecorder recorder = recorder()) {
            recorder.open(Wire.chat("none", "no head")).end(Ending.FAILED, true, 0);
            ended(recorder, "refused", Ending.REFUSED, true);
            ended(recorder, "not delivered", Ending.COMPLETED, false);
        }

        assertThat(file("none")).doesNotExist();
    }

    @Test
    void every_attempt_is_saved_if_asked_for() throws IOException {
        CassetteConfig plain = settings(folder.toString());
        CassetteConfig all = new CassetteConfig(
                plain.directory(),
                plain.name(),
                false,
                false,
                plain.expiresAfter(),
                plain.onExpired(),
                plain.repeats(),
                plain.exhausted(),
                plain.timing(),
                CassetteConfig.Attempts.ALL,
                plain.match(),
                plain.scrub());
        try (FileRecorder recorder = FileRecorder.replacing(all, time)) {
            ended(recorder, "first", Ending.COMPLETED, false);
            ended(recorder, "second", Ending.COMPLETED, true);
        }

        assertThat(read("none").interactions()).hasSize(2);
    }

    @Test
    void a_packed_answer_is_stored_unpacked_and_its_length_corrected() throws IOException {
        byte[] packed = gzip(ANSWER);
        try (FileRecorder recorder = recorder()) {
            Recorder.Recording recording = recorder.open(Wire.chat("gzip", "Hello"));
            recording.head(200, gzipHeaders(packed.length), 0);
            recording.chunk(packed, 0, packed.length, 0);
            recording.end(Ending.COMPLETED, true, 0);
        }

        RecordedResponse response = read("gzip").interactions().get(0).response();
        assertThat(response.body().text().orElseThrow()).startsWith("{\n  \"id\": \"chatcmpl-1\"");
        assertThat(response.headers().first("Content-Encoding")).isEmpty();
        assertThat(response.headers().first("Content-Length"))
                .contains(Integer.toString(response.body().length()));
    }

    @Test
    void a_broken_packing_is_not_saved_since_nobody_can_look_into_it() throws IOException {
        byte[] packed = gzip(ANSWER);
        packed[packed.length - 6] ^= 1;
        FileRecorder recorder = recorder();
        Recorder.Recording recording = recorder.open(Wire.chat("gzip", "Hello"));
        recording.head(200, gzipHeaders(packed.length), 0);
        recording.chunk(packed, 0, packed.length, 0);

        assertThatThrownBy(() -> recording.end(Ending.COMPLETED, true, 0))
                .hasMessageContaining("response body: is gzip that is broken");
        assertThatThrownBy(recorder::close).hasMessageContaining("of cassette \"gzip\"");
    }

    @Test
    void a_body_that_is_no_text_keeps_its_bytes() throws IOException {
        byte[] audio = {(byte) 0xFF, (byte) 0xE3, 0, 10, 13, (byte) 0x80};
        try (FileRecorder recorder = recorder()) {
            Recorder.Recording recording = recorder.open(Wire.chat("audio", "Hello"));
            recording.head(200, WireHeaders.of("content-type", "audio/mpeg"), 0);
            recording.chunk(audio, 0, audio.length, 0);
            recording.end(Ending.COMPLETED, true, 0);
        }

        assertThat(read("audio").interactions().get(0).response().body().bytes())
                .isEqualTo(audio);
    }

    @Test
    void a_multipart_body_leaves_a_digest_of_its_parts() throws IOException {
        String body = "--b0\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--b0--\r\n";
        WireRequest request = Wire.request(
                "POST",
                "/v1/audio/transcriptions",
                "",
                WireHeaders.of("content-type", "multipart/form-data; boundary=b0"),
                CallTags.none().withCassette("audio"),
                body);
        try (FileRecorder recorder = recorder()) {
            Wire.answer(recorder, time, request, ANSWER);
        }

        String yaml = Files.readString(file("audio"));
        assertThat(yaml)
                .contains("[multipart form data omitted]", "content_length: 29", "x-parts:", "model; ; ; 9; sha256:");
    }

    @Test
    void fields_of_query_and_form_stand_side_by_side() throws IOException {
        WireRequest request = Wire.request(
                "POST",
                "/v1/speech",
                "voice=al%20to&x=1",
                WireHeaders.of("content-type", "application/x-www-form-urlencoded"),
                CallTags.none().withCassette("form"),
                "x=2&flag");
        try (FileRecorder recorder = recorder()) {
            Wire.answer(recorder, time, request, ANSWER);
        }

        assertThat(read("form").interactions().get(0).request().form().values())
                .containsEntry("voice", List.of("al to"))
                .containsEntry("x", List.of("2", "1"))
                .containsEntry("flag", List.of(""));
    }

    @Test
    void a_deployment_of_azure_becomes_its_model() throws IOException {
        WireRequest request = Wire.request(
                "blue-corp.openai.azure.com",
                "POST",
                "/openai/deployments/corp-prod-7/chat/completions",
                "api-version=2024-12-01-preview",
                Wire.JSON,
                CallTags.none().withCassette("azure"),
                Wire.bytes("{\"model\":\"gpt-5-nano\"}"));
        try (FileRecorder recorder = recorder()) {
            Wire.answer(recorder, time, request, ANSWER);
        }

        assertThat(read("azure").interactions().get(0).request().url())
                .isEqualTo(
                        "https://resource-name.cognitiveservices.azure.com/openai/deployments/gpt-5-nano/chat/completions");
        assertThat(Files.readString(file("azure"))).doesNotContain("corp", "api-version");
    }

    @Test
    void the_first_exchange_of_a_run_replaces_the_cassette_and_later_ones_are_added() throws IOException {
        record("old 1", "old 2");
        try (FileRecorder recorder = recorder()) {
            assertThat(recorder.objection(Wire.chat("chat", "new 1"))).isEmpty();
            Recorder.Recording recording = recorder.open(Wire.chat("chat", "new 1"));
            List<String> meanwhile = prompts("chat");
            recording.head(200, Wire.JSON, time.nanos());
            recording.end(Ending.COMPLETED, true, time.nanos());
            List<String> first = prompts("chat");
            Wire.answer(recorder, time, Wire.chat("chat", "new 2"), ANSWER);

            assertThat(meanwhile).containsExactly("old 1", "old 2");
            assertThat(first).containsExactly("new 1");
            assertThat(prompts("chat")).containsExactly("new 1", "new 2");
        }
    }

    @Test
    void a_recorder_of_what_is_missing_adds_to_what_is_there() throws IOException {
        record("old");
        try (FileRecorder recorder = FileRecorder.adding(settings(folder.toString()), time)) {
            Wire.answer(recorder, time, Wire.chat("chat", "new 1"), ANSWER);
            Wire.answer(recorder, time, Wire.chat("chat", "new 2"), ANSWER);
        }

        assertThat(prompts("chat")).containsExactly("old", "new 1", "new 2");
    }

    @Test
    void exchanges_stand_in_the_order_in_which_they_were_opened() throws IOException {
        try (FileRecorder recorder = recorder()) {
            Wire.answer(recorder, time, Wire.chat("chat", "first"), ANSWER);
            Recorder.Recording slow = recorder.open(Wire.chat("chat", "second"));
            Wire.answer(recorder, time, Wire.chat("chat", "third"), ANSWER);
            slow.head(200, Wire.JSON, time.nanos());
            slow.end(Ending.COMPLETED, true, time.nanos());
            Wire.answer(recorder, time, Wire.chat("chat", "fourth"), ANSWER);
        }

        assertThat(prompts("chat")).containsExactly("first", "second", "third", "fourth");
        assertThat(read("chat").interactions()).extracting(Interaction::id).containsExactly(0, 1, 2, 3);
    }

    @Test
    void a_file_that_was_added_to_is_the_one_that_would_be_written_at_once() throws IOException {
        record("one", "two", "three", "four");

        byte[] added = Files.readAllBytes(file("chat"));
        assertThat(new String(CassetteFormat.write(read("chat")), StandardCharsets.UTF_8))
                .isEqualTo(new String(added, StandardCharsets.UTF_8));
    }

    @Test
    void what_somebody_else_wrote_meanwhile_is_not_lost() throws IOException {
        try (FileRecorder recorder = recorder()) {
            Wire.answer(recorder, time, Wire.chat("chat", "one"), ANSWER);
            String yaml = Files.readString(file("chat"));
            Files.writeString(file("chat"), yaml.replace("content\": \"one\"", "content\": \"edited\""));
            Wire.answer(recorder, time, Wire.chat("chat", "two"), ANSWER);
        }

        assertThat(prompts("chat")).containsExactly("edited", "two");
    }

    @Test
    void a_name_may_lead_into_a_folder_and_nothing_but_the_cassette_is_left() throws IOException {
        try (FileRecorder recorder = recorder()) {
            Wire.answer(recorder, time, Wire.chat("azure/chat", "one"), ANSWER);
        }

        try (var files = Files.list(folder.resolve("azure"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("chat.yaml");
        }
    }

    @Test
    void an_answer_over_the_bound_is_delivered_and_fails_loudly_at_its_end() {
        FileRecorder recorder =
                new FileRecorder(settings(folder.toString()), Tapes.Existing.REPLACE, time, Means.REAL.with(10));
        Recorder.Recording recording = recorder.open(Wire.chat("big", "Hello"));
        recording.head(200, Wire.JSON, 0);
        Wire.chunk(recording, time, "0123456789");
        Wire.chunk(recording, time, "0");

        assertThatThrownBy(() -> recording.end(Ending.COMPLETED, true, 0))
                .hasRootCauseMessage(
                        "Cassette \"big\" was not written: the answer has 11 bytes, and a recording at most 10."
                                + " Ask for less, or let this call pass without recording it.");
        assertThat(file("big")).doesNotExist();
        assertThatThrownBy(recorder::close).hasMessageContaining("1 exchange was not recorded, of cassette \"big\"");
    }

    @Test
    void a_call_without_a_name_is_told_the_three_ways_to_name_it() {
        WireRequest nameless = Wire.request("POST", "/v1/embeddings", "", Wire.JSON, CallTags.none(), "{}");
        try (FileRecorder recorder = recorder()) {
            assertThat(recorder.objection(nameless))
                    .contains(invalid(
                            "Recording needs the name of a cassette, and POST /v1/embeddings has none. Send it in"
                                    + " the header X-Cassette-Name, tag the call with CallTags.none().withCassette(\"NAME\"), or"
                                    + " set openai.cassettes.name."));
        }
    }

    @Test
    void a_name_never_leaves_the_directory() {
        try (FileRecorder recorder = recorder()) {
            assertThat(recorder.objection(Wire.chat("../escaped", "Hello")))
                    .contains(invalid("The cassette name \"../escaped\" is not the name of a cassette; write letters,"
                            + " digits, . _ - and, between folders, / and begin every part with a letter or digit."));
            assertThatThrownBy(() -> recorder.open(Wire.chat("../escaped", "Hello")))
                    .hasMessageContaining("is not the name of a cassette");
        }
        assertThat(folder.resolveSibling("escaped.yaml")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat key=%s", "%s", "../%s", "%s/", "chat"})
    void a_secret_in_the_name_is_not_told(String name) {
        String canary = Secret.of("blue", "sk-test-canary-name-0000").reveal();
        try (FileRecorder recorder = recorder()) {
            Refusal known = recorder.objection(Wire.chat("*" + name.formatted(canary) + canary, "Hello"))
                    .orElseThrow();
            Refusal unknown = recorder.objection(
                            Wire.chat("*" + name.formatted("") + "sk-proj-unknown-canary-0000", "Hello"))
                    .orElseThrow();

            assertThat(known.message()).isEqualTo("The name of the cassette contains a secret. Use another name.");
            assertThat(unknown.message()).contains("[key]").doesNotContain("canary");
        }
    }

    @Test
    void the_class_path_cannot_be_recorded_into() {
        try (FileRecorder recorder = FileRecorder.replacing(settings("classpath:cassettes"), time)) {
            assertThat(recorder.objection(Wire.chat("chat", "Hello")))
                    .contains(invalid("Cassette \"chat\" cannot be recorded: classpath:cassettes can only be read. Set"
                            + " openai.cassettes.directory to a directory."));
        }
    }

    @Test
    void a_directory_that_cannot_be_written_is_refused_before_anything_leaves() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("plain"), "no directory");
        try (FileRecorder recorder = FileRecorder.replacing(settings(inTheWay.toString()), time)) {
            assertThat(recorder.objection(Wire.chat("chat", "Hello")))
                    .contains(invalid("Cassette \"chat\" cannot be recorded: the directory " + inTheWay
                            + " cannot be written: a file is in the way. Make it writable, or set"
                            + " openai.cassettes.directory to another one."));
        }
    }

    @Test
    void a_cassette_that_cannot_be_read_is_not_added_to() throws IOException {
        Files.writeString(file("chat"), "version: [");
        try (FileRecorder recorder = FileRecorder.adding(settings(folder.toString()), time)) {
            Refusal refusal = recorder.objection(Wire.chat("chat", "Hello")).orElseThrow();

            assertThat(refusal.reason()).isEqualTo(RefusalReason.INVALID_REQUEST);
            assertThat(refusal.message())
                    .startsWith("Cassette \"chat\" cannot be recorded: ")
                    .contains(file("chat").toRealPath().toString());
        }
        assertThat(Files.readString(file("chat"))).isEqualTo("version: [");
        assertThat(folder.resolve(".chat.yaml.lock")).doesNotExist();
    }

    @Test
    void nothing_is_recorded_after_the_end() {
        FileRecorder recorder = recorder();
        recorder.close();
        recorder.close();

        assertThat(recorder.objection(Wire.chat("chat", "Hello")).orElseThrow().message())
                .isEqualTo("Cassette \"chat\" cannot be recorded: the gateway is closed.");
    }

    private void ended(Recorder recorder, String prompt, Ending ending, boolean delivered) {
        Recorder.Recording recording = recorder.open(Wire.chat("none", prompt));
        recording.head(200, Wire.JSON, time.nanos());
        recording.end(ending, delivered, time.nanos());
    }

    private void record(String... prompts) {
        try (FileRecorder recorder = recorder()) {
            for (String prompt : prompts) {
                Wire.answer(recorder, time, Wire.chat("chat", prompt), ANSWER);
            }
        }
    }

    private List<String> prompts(String name) throws IOException {
        return read(name).interactions().stream()
                .map(one -> one.request().body().text().orElseThrow())
                .map(body -> body.replaceAll("(?s).*\"content\": \"([^\"]*)\".*", "$1"))
                .toList();
    }

    private Cassette read(String name) throws IOException {
        return CassetteFormat.read(name, name, Files.readAllBytes(file(name)));
    }

    private Path file(String name) {
        return folder.resolve(name + ".yaml");
    }

    private FileRecorder recorder() {
        return FileRecorder.replacing(settings(folder.toString()), time);
    }

    private static CassetteConfig settings(String directory) {
        return CassetteConfig.in(directory);
    }

    private static Refusal invalid(String message) {
        return Refusal.of(RefusalReason.INVALID_REQUEST, message);
    }

    private static WireHeaders gzipHeaders(int length) {
        return WireHeaders.of(
                "content-type",
                "application/json",
                "content-encoding",
                "gzip",
                "content-length",
                Integer.toString(length));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Wire.bytes(text));
        }
        return packed.toByteArray();
    }
}
