package dev.gateway4j.simulator;

import static dev.gateway4j.simulator.FilesTest.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our answers beside recorded ones: the same members, in the same order, of the same types. */
@Tag("recordings")
class WireVectorsResourcesTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("gateway4j.shared", "../../shared")).resolve("data/wire-vectors/core");
    private static final String EMBEDDINGS =
            "{\"custom_id\":\"0\",\"method\":\"POST\",\"url\":\"/v1/embeddings\",\"body\":"
                    + "{\"model\":\"text-embedding-3-small\",\"input\":\"Ruby\"}}\n";
    private static final String RESPONSES =
            "{\"custom_id\":\"0\",\"method\":\"POST\",\"url\":\"/v1/responses\",\"body\":"
                    + "{\"model\":\"gpt-4o\",\"input\":\"2+2?\"}}\n";

    private final Sim sim = Sim.standard();

    @BeforeEach
    void recordingsAreThere() {
        assumeTrue(Files.isDirectory(VECTORS), () -> "no recorded answers in " + VECTORS.toAbsolutePath());
    }

    @Test
    void a_file_looks_like_a_recorded_one() {
        Sim.Answer created = upload(EMBEDDINGS);

        assertSameShape(created.body(), "file-create-batch.response.json");
        assertThat(created.body()).endsWith("\n");
    }

    @Test
    void a_deleted_file_looks_like_a_recorded_one() {
        Sim.Answer deleted = sim.send("DELETE", "/v1/files/" + id(upload(EMBEDDINGS)), new byte[0]);

        assertSameShape(deleted.body(), "file-delete.response.json");
    }

    @Test
    void a_batch_looks_like_a_recorded_one_at_both_ends_of_its_life() {
        Sim.Answer created = batch(EMBEDDINGS, "/v1/embeddings");
        sim.pass(Duration.ofMinutes(1));
        Sim.Answer completed = sim.get("/v1/batches/" + id(created));

        assertSameShape(created.body(), "batch-create.response.json");
        assertSameShape(completed.body(), "batch-completed.response.json");
        assertThat(created.body()).doesNotEndWith("\n");
    }

    @Test
    void the_output_of_a_batch_looks_like_a_recorded_one() {
        Sim.Answer created = batch(RESPONSES, "/v1/responses");
        sim.pass(Duration.ofMinutes(1));
        JsonNode completed = Trees.of(sim.get("/v1/batches/" + id(created)).body());
        Sim.Answer content =
                sim.get("/v1/files/" + completed.path("output_file_id").asText() + "/content");

        String recorded =
                read("batch-output-chat.response.jsonl").lines().findFirst().orElseThrow();
        String ours = content.body().lines().findFirst().orElseThrow();

        // What stands in a body is the business of the endpoint that answered.
        assertThat(shape(withoutBody(ours))).isEqualTo(shape(withoutBody(recorded)));
        String id = "\"[0-9a-z_]+\"";
        String head =
                "\\{\"id\": " + id + ", \"custom_id\": \"0\", \"response\": \\{\"status_code\": 200, \"request_id\":"
                        + " \"[0-9a-f-]{36}\", \"body\": \\{\"id\": \"resp_.*";
        assertThat(recorded).matches(head);
        assertThat(ours).matches(head);
        assertThat(content.header("content-type")).isEqualTo("application/octet-stream");
    }

    private Sim.Answer upload(String content) {
        return sim.upload("/v1/files", "file", "in.jsonl", content, "purpose", "batch");
    }

    private Sim.Answer batch(String content, String endpoint) {
        return sim.post("/v1/batches", BatchesTest.request(id(upload(content)), endpoint));
    }

    private static void assertSameShape(String ours, String vector) {
        assertThat(shape(Trees.of(ours))).isEqualTo(shape(Trees.of(read(vector))));
    }

    private static JsonNode withoutBody(String line) {
        JsonNode json = Trees.of(line);
        ((ObjectNode) json.path("response")).putNull("body");
        return json;
    }

    /** Every member with its type, in order. */
    private static List<String> shape(JsonNode node) {
        List<String> shape = new ArrayList<>();
        shape("", node, shape);
        return shape;
    }

    private static void shape(String path, JsonNode node, List<String> shape) {
        shape.add(path + " " + node.getNodeType());
        node.properties().forEach(member -> shape(path + "/" + member.getKey(), member.getValue(), shape));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            shape(path + "/" + i, node.get(i), shape);
        }
    }

    private static String read(String name) {
        try {
            return Files.readString(VECTORS.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
