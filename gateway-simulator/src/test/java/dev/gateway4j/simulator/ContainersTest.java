package dev.gateway4j.simulator;

import static dev.gateway4j.simulator.FilesTest.id;
import static dev.gateway4j.simulator.FilesTest.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ContainersTest {
    private static final String CONTAINERS = "/v1/containers";

    private final Sim sim = Sim.standard();

    @Test
    void a_container_holds_files() {
        String uploaded = id(sim.upload("/v1/files", "file", "a.txt", "alpha", "purpose", "user_data"));
        JsonNode created = Trees.of(sim.post(CONTAINERS, "{\"name\": \"box\", \"file_ids\": [\"" + uploaded + "\"]}")
                .body());
        String files = CONTAINERS + "/" + created.path("id").asText() + "/files";

        JsonNode formed = Trees.of(sim.upload(files, "file", "b.csv", "1,2").body());
        JsonNode copied =
                Trees.of(sim.post(files, "{\"file_id\": \"" + uploaded + "\"}").body());
        JsonNode listed = Trees.of(sim.get(files + "?order=asc").body());

        assertThat(Trees.names(created))
                .containsExactly(
                        "id",
                        "object",
                        "created_at",
                        "status",
                        "expires_after",
                        "last_active_at",
                        "name",
                        "memory_limit");
        assertThat(created.path("id").asText()).matches("cntr_6955b900[0-9a-f]{40}");
        assertThat(Trees.names(formed))
                .containsExactly("id", "object", "created_at", "bytes", "container_id", "path", "source");
        assertThat(formed.path("id").asText()).matches("cfile_[0-9a-f]{32}");
        assertThat(copied.path("path").asText()).isEqualTo("/mnt/data/a.txt");
        assertThat(listed.path("data"))
                .extracting(file -> file.path("path").asText())
                .containsExactly("/mnt/data/a.txt", "/mnt/data/b.csv", "/mnt/data/a.txt");
        Sim.Answer content = sim.get(files + "/" + formed.path("id").asText() + "/content");
        assertThat(content.body()).isEqualTo("1,2");
        assertThat(content.header("content-type")).isEqualTo("application/octet-stream");
    }

    @Test
    void a_container_expires_twenty_minutes_after_its_last_use() {
        String container = id(sim.post(CONTAINERS, "{\"name\": \"box\"}"));
        sim.pass(Duration.ofMinutes(19));
        assertThat(sim.get(CONTAINERS + "/" + container).body()).contains("\"status\": \"running\"");
        sim.pass(Duration.ofMinutes(19));
        assertThat(sim.get(CONTAINERS + "/" + container).body()).contains("\"status\": \"running\"");
        sim.pass(Duration.ofMinutes(20));

        assertThat(sim.get(CONTAINERS + "/" + container).body()).contains("\"status\": \"expired\"");
        assertThat(message(sim.get(CONTAINERS + "/" + container + "/files"))).isEqualTo("Container is expired.");
    }

    @Test
    void what_is_deleted_is_not_found() {
        String container = id(sim.post(CONTAINERS, "{\"name\": \"box\", \"memory_limit\": \"4g\"}"));
        String file = id(sim.upload(CONTAINERS + "/" + container + "/files", "file", "b.csv", "1,2"));
        String path = CONTAINERS + "/" + container;

        Sim.Answer gone = sim.send("DELETE", path + "/files/" + file, new byte[0]);
        Sim.Answer lost = sim.get(path + "/files/" + file);
        Sim.Answer deleted = sim.send("DELETE", path, new byte[0]);

        assertThat(gone.body()).contains("\"object\": \"container.file.deleted\"");
        assertThat(message(lost)).isEqualTo("File with id '" + file + "' not found in container '" + container + "'.");
        assertThat(deleted.body()).contains("\"object\": \"container.deleted\"");
        assertThat(message(sim.get(path))).isEqualTo("Container with id '" + container + "' not found.");
        assertThat(Trees.of(sim.get(CONTAINERS).body()).path("data")).isEmpty();
    }

    @Test
    void wrong_requests_get_the_words_of_the_service() {
        assertThat(message(sim.post(CONTAINERS, "{}"))).isEqualTo("Missing required parameter: 'name'.");
        assertThat(message(sim.post(CONTAINERS, "{\"name\": \"a\", \"memory_limit\": \"2g\"}")))
                .isEqualTo("Invalid value: '2g'. Supported values are: '1g', '4g', '16g', and '64g'.");
        assertThat(message(sim.post(CONTAINERS, "{\"name\": \"a\", \"file_ids\": [\"file-0\"]}")))
                .isEqualTo("No such File object: file-0");
    }
}
