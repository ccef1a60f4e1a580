package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FilesTest {
    private final Sim sim = Sim.standard();

    @Test
    void a_file_comes_back_byte_for_byte() {
        Sim.Answer created = sim.upload("/v1/files", "file", "in.jsonl", "{\"a\": \"ü\"}\n", "purpose", "batch");
        String id = id(created);

        Sim.Answer content = sim.get("/v1/files/" + id + "/content");

        assertThat(created.status()).isEqualTo(200);
        assertThat(id).matches("file-[0-9A-Za-z]{22}");
        assertThat(created.body())
                .isEqualTo("{\n  \"object\": \"file\",\n  \"id\": \"" + id
                        + "\",\n  \"purpose\": \"batch\",\n  \"filename\": \"in.jsonl\",\n  \"bytes\": 12,\n"
                        + "  \"created_at\": 1767225600,\n  \"expires_at\": 1769817600,\n  \"status\": \"processed\",\n"
                        + "  \"status_details\": null\n}\n");
        assertThat(content.body()).isEqualTo("{\"a\": \"ü\"}\n");
        assertThat(content.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(content.header("content-disposition")).isEqualTo("attachment; filename=\"in.jsonl\"");
        assertThat(content.header("content-length")).isEqualTo("12");
        assertThat(sim.get("/v1/files/" + id).body()).isEqualTo(created.body());
    }

    @Test
    void a_deleted_file_is_gone() {
        String id = id(sim.upload("/v1/files", "file", "a.txt", "hello", "purpose", "vision"));

        Sim.Answer deleted = sim.send("DELETE", "/v1/files/" + id, new byte[0]);

        assertThat(deleted.body())
                .isEqualTo("{\n  \"object\": \"file\",\n  \"id\": \"" + id + "\",\n  \"deleted\": true\n}\n");
        Sim.Answer missing = sim.get("/v1/files/" + id);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(error(missing, "message")).isEqualTo("No such File object: " + id);
        assertThat(error(missing, "param")).isEqualTo("id");
    }

    @Test
    void a_file_expires_when_it_was_told_to() {
        Sim.Answer created = sim.upload(
                "/v1/files",
                "file",
                "a.txt",
                "hello",
                "purpose",
                "user_data",
                "expires_after[anchor]",
                "created_at",
                "expires_after[seconds]",
                "3600");
        String id = id(created);

        sim.pass(Duration.ofSeconds(3599));
        assertThat(sim.get("/v1/files/" + id).status()).isEqualTo(200);
        sim.pass(Duration.ofSeconds(1));

        assertThat(sim.get("/v1/files/" + id).status()).isEqualTo(404);
        assertThat(Trees.of(sim.get("/v1/files").body()).path("data")).isEmpty();
    }

    @Test
    void lists_come_in_pages_and_by_purpose() {
        String first = id(sim.upload("/v1/files", "file", "1.txt", "1", "purpose", "vision"));
        sim.upload("/v1/files", "file", "2.jsonl", "{}", "purpose", "batch");
        String third = id(sim.upload("/v1/files", "file", "3.txt", "3", "purpose", "vision"));

        JsonNode page = Trees.of(sim.get("/v1/files?purpose=vision&limit=1").body());
        JsonNode rest = Trees.of(
                sim.get("/v1/files?purpose=vision&limit=1&after=" + third).body());

        assertThat(Trees.names(page)).containsExactly("object", "data", "first_id", "last_id", "has_more");
        assertThat(page.at("/data/0/id").asText()).isEqualTo(third);
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(rest.path("first_id").asText()).isEqualTo(first);
        assertThat(rest.path("has_more").asBoolean()).isFalse();
        assertThat(Trees.of(sim.get("/v1/files?order=asc&before=" + third).body())
                        .path("data"))
                .hasSize(2);
    }

    @Test
    void wrong_uploads_get_the_words_of_the_service() {
        assertThat(message(sim.upload("/v1/files", "file", "a.txt", "x", "purpose", "x")))
                .isEqualTo("'x' is not one of ['fine-tune', 'assistants', 'batch', 'user_data', 'vision', 'evals'] -"
                        + " 'purpose'");
        assertThat(message(sim.upload("/v1/files", "file", "a.txt", "x")))
                .isEqualTo("'purpose' is a required property");
        assertThat(message(sim.upload("/v1/files", "other", "a.txt", "x", "purpose", "batch")))
                .isEqualTo("'file' is a required property");
        assertThat(message(sim.upload("/v1/files", "file", "a.txt", "x", "purpose", "batch")))
                .isEqualTo("Invalid file format for Batch API. Must be .jsonl");
        assertThat(message(sim.upload("/v1/files", "file", "a.jsonl", "{}\n[1]", "purpose", "fine-tune")))
                .contains("Line 2 is not a dictionary (HINT: line starts with: \"[1]...\")");
    }

    @Test
    void files_for_the_service_alone_are_not_handed_out() {
        String id = id(sim.upload("/v1/files", "file", "a.txt", "x", "purpose", "assistants"));

        Sim.Answer answer = sim.get("/v1/files/" + id + "/content");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer)).isEqualTo("Not allowed to download files of purpose: assistants");
    }

    @Test
    void parts_are_joined_in_the_order_told() {
        String upload = id(upload(10));
        String a = id(sim.upload("/v1/uploads/" + upload + "/parts", "data", "blob", "hello"));
        String b = id(sim.upload("/v1/uploads/" + upload + "/parts", "data", "blob", "world"));

        Sim.Answer done = sim.post(
                "/v1/uploads/" + upload + "/complete",
                "{\"part_ids\": [\"" + b + "\", \"" + a + "\"], \"md5\": \"6d4b1e1e0a9ee5ea8e5e4a3ac3c8a5e5\"}");
        Sim.Answer right =
                sim.post("/v1/uploads/" + upload + "/complete", "{\"part_ids\": [\"" + b + "\", \"" + a + "\"]}");

        assertThat(error(done, "param")).isEqualTo("md5");
        JsonNode json = Trees.of(right.body());
        assertThat(Trees.names(json))
                .containsExactly(
                        "id", "object", "bytes", "created_at", "filename", "purpose", "status", "expires_at", "file");
        assertThat(json.path("status").asText()).isEqualTo("completed");
        String file = json.at("/file/id").asText();
        assertThat(sim.get("/v1/files/" + file + "/content").body()).isEqualTo("worldhello");
        assertThat(a).startsWith("part_");
    }

    @Test
    void an_upload_takes_nothing_after_its_end() {
        String late = id(upload(5));
        String cancelled = id(upload(6));
        String shorter = id(upload(7));
        String part = id(sim.upload("/v1/uploads/" + shorter + "/parts", "data", "blob", "abc"));

        assertThat(sim.post("/v1/uploads/" + cancelled + "/cancel", "").body()).contains("\"status\": \"cancelled\"");
        assertThat(message(sim.post("/v1/uploads/" + cancelled + "/cancel", "")))
                .contains("'cancelled'");
        assertThat(message(sim.post("/v1/uploads/" + shorter + "/complete", "{\"part_ids\": [\"" + part + "\"]}")))
                .contains("uploaded, 3,");
        assertThat(sim.post("/v1/uploads/upload_0/cancel", "").status()).isEqualTo(404);
        sim.pass(Duration.ofHours(1));

        assertThat(message(sim.upload("/v1/uploads/" + late + "/parts", "data", "blob", "abc")))
                .contains("'expired'");
    }

    private Sim.Answer upload(int bytes) {
        return sim.post(
                "/v1/uploads",
                "{\"filename\": \"a.txt\", \"purpose\": \"vision\", \"mime_type\": \"text/plain\", \"bytes\": " + bytes
                        + "}");
    }

    static String id(Sim.Answer answer) {
        return Trees.of(answer.body()).path("id").asText();
    }

    static String message(Sim.Answer answer) {
        assertThat(answer.status()).isBetween(400, 499);
        return error(answer, "message");
    }

    static String error(Sim.Answer answer, String name) {
        return Trees.of(answer.body()).path("error").path(name).asText();
    }
}
