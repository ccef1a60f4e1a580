package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What generated clients send and expect, each in its own way. */
class LenientTest {
    private static final byte[] NOTHING = new byte[0];
    private static final String CHAT = """
            {"model": "string", "messages": [{"role": "user", "content": "string"}], "max_tokens": 0}""";

    private final Sim lenient = Sim.judging(Strictness.LENIENT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/responses/resp_1?include[]=file_search_call.results",
                "/v1/responses/resp_1?include[0]=file_search_call.results&include[1]=message.input_image.image_url",
                "/v1/responses/resp_1?include%5B%5D=file_search_call.results",
                "/v1/responses/resp_1?include=file_search_call.results",
                "/v1/chat/completions?metadata[foo]=string&limit=0",
                "/v1/organization/usage/completions?start_time=0&group_by[]=project_id&models[]=string&limit=0",
                "/v1/organization/audit_logs?effective_at[gt]=0&event_types[]=api_key.created&actor_ids[]=string"
            })
    void arrays_and_objects_of_a_query_come_in_brackets(String target) {
        assertThat(lenient.get(target).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp_granularities[]", "timestamp_granularities[0]", "timestamp_granularities"})
    void arrays_of_a_form_come_in_brackets(String name) {
        Multipart form = new Multipart()
                .file("file", "a.wav", bytes("Example data"))
                .field("model", "gpt-4o-transcribe")
                .field(name, "word");

        Sim.Answer answer = lenient.form("/v1/audio/transcriptions", form);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(Trees.of(answer.body()).path("text").isTextual()).isTrue();
    }

    @Test
    void an_object_in_a_form_comes_in_brackets_or_as_a_part_of_json() {
        String part = """
                --b\r
                Content-Disposition: form-data; name="sdp"\r
                Content-Type: application/sdp\r
                \r
                v=0\r
                --b\r
                Content-Disposition: form-data; name="session"\r
                Content-Type: application/json\r
                \r
                {"type": "realtime", "model": "gpt-realtime"}\r
                --b--\r
                """;
        Multipart brackets = new Multipart()
                .field("sdp", "v=0")
                .field("session[type]", "realtime")
                .field("session[model]", "x");

        Sim.Answer json = lenient.send(
                "POST",
                "/v1/realtime/calls",
                WireHeaders.of("content-type", "multipart/form-data; boundary=b"),
                bytes(part));

        assertThat(json.status()).as(json.body()).isEqualTo(201);
        assertThat(json.header("content-type")).isEqualTo("application/sdp");
        assertThat(lenient.form("/v1/realtime/calls", brackets).status()).isEqualTo(201);
    }

    @Test
    void a_form_without_a_file_may_come_as_json_or_not_at_all() {
        WireHeaders json = WireHeaders.of("content-type", "application/json");

        assertThat(lenient.send("POST", "/v1/containers/cntr_1/files", json, bytes("{\"file_id\": \"file_id\"}"))
                        .status())
                .isEqualTo(200);
        assertThat(lenient.send("POST", "/v1/videos", json, bytes("{\"prompt\": \"x\"}"))
                        .status())
                .isEqualTo(200);
        assertThat(lenient.send("POST", "/v1/skills", NOTHING).status()).isEqualTo(200);
        assertThat(lenient.send("POST", "/v1/skills", json, bytes("{}")).status())
                .isEqualTo(200);
        assertThat(lenient.send("POST", "/v1/realtime/sessions", json, bytes("{}"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_stream_is_asked_for_by_the_body_by_the_query_or_by_a_header() {
        WireHeaders events = WireHeaders.of("accept", "text/event-stream", "content-type", "application/json");

        Sim.Answer body = lenient.chat(CHAT.replace("}]", "}], \"stream\": true"));
        Sim.Answer header = lenient.send("POST", "/v1/chat/completions", events, bytes(CHAT));
        Sim.Answer query = lenient.get("/v1/responses/resp_1?stream=true&include[]=file_search_call.results");

        assertThat(List.of(body, header, query)).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.header("content-type")).startsWith("text/event-stream");
            assertThat(answer.data()).isNotEmpty();
        });
    }

    @Test
    void every_event_of_a_legacy_completion_has_a_reason_to_finish() {
        Sim.Answer answer = lenient.post(
                "/v1/completions", "{\"model\": \"gpt-3.5-turbo-instruct\", \"prompt\": \"x\", \"stream\": true}");

        assertThat(answer.data())
                .hasSizeGreaterThan(1)
                .endsWith("[DONE]")
                .noneMatch(event -> event.contains("\"finish_reason\":null"));
    }

    @Test
    void a_vector_store_without_a_name_has_an_empty_one() {
        String id = Trees.of(lenient.post("/v1/vector_stores", "{}").body())
                .path("id")
                .asText();

        JsonNode store = Trees.of(lenient.get("/v1/vector_stores/" + id).body());
        JsonNode list = Trees.of(lenient.get("/v1/vector_stores").body());

        assertThat(store.path("id").asText()).isEqualTo(id);
        assertThat(store.path("name").isTextual()).isTrue();
        assertThat(list.path("data").path(0).path("name").isTextual()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/chat/completions"})
    void the_version_may_be_left_out(String path) {
        Sim.Answer answer = lenient.post(path, CHAT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Trees.of(answer.body()).path("object").asText()).isEqualTo("chat.completion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/files/file_id",
                "/v1/responses/response_id",
                "/v1/chat/completions/completion_id",
                "/v1/models/model",
                "/v1/vector_stores/vector_store_id",
                "/v1/vector_stores/vector_store_id/files/file_id",
                "/v1/conversations/conversation_id",
                "/v1/containers/container_id",
                "/v1/containers/container_id/files/file_id",
                "/v1/assistants/assistant_id",
                "/v1/threads/thread_id",
                "/v1/evals/eval_id",
                "/v1/skills/skill_id",
                "/v1/videos/video_id",
                "/v1/fine_tuning/checkpoints/checkpoint/permissions/permission_id"
            })
    void what_never_was_can_be_deleted(String path) {
        assertThat(lenient.delete(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/files/file_id/content",
        "GET, /v1/containers/container_id/files/file_id/content",
        "GET, /v1/videos/video_id/content?variant=video",
        "GET, /v1/skills/skill_id/content",
        "GET, /v1/skills/skill_id/versions/version/content"
    })
    void files_have_bytes(String method, String path) {
        Sim.Answer answer = lenient.send(method, path, NOTHING);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isNotEmpty();
    }

    @Test
    void speech_has_bytes_whatever_is_asked_for() {
        Sim.Answer answer = lenient.post("/v1/audio/speech", """
                {"input": "string", "model": "string", "voice": "string", "instructions": "instructions",
                 "response_format": "mp3", "speed": 0.25}""");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("content-type")).doesNotStartWith("application/json");
        assertThat(answer.bytes()).isNotEmpty();
    }

    @Test
    void a_value_that_only_newer_clients_know_is_taken() {
        String body = "{\"model\": \"dall-e-3\", \"prompt\": \"x\", \"output_format\": \"gif\"}";

        assertThat(lenient.post("/v1/images/generations", body).status()).isEqualTo(200);
        assertThat(lenient.chat(CHAT.replace("\"user\"", "\"robot\"")).status()).isEqualTo(400);
        assertThat(lenient.chat(CHAT.replace("\"max_tokens\": 0", "\"max_tokens\": \"many\""))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/_unknown", "POST, /_stainless_unknown_path", "DELETE, /v1/nothing/at/all"})
    void an_unknown_path_is_not_found(String method, String path) {
        assertThat(lenient.send(method, path, NOTHING).status()).isEqualTo(404);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
