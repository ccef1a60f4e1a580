package dev.gateway4j.simulator;

import static dev.gateway4j.simulator.FilesTest.error;
import static dev.gateway4j.simulator.FilesTest.id;
import static dev.gateway4j.simulator.FilesTest.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorStoresTest {
    private static final String STORES = "/v1/vector_stores";
    private static final String CATS = "Cats are small animals that sleep all day and hunt mice at night.";
    private static final String CARS = "The engine of a car burns petrol and drives the wheels.";

    private final Sim sim = Sim.of(7, "fast", List.of());

    @Test
    void a_store_is_ready_when_its_files_are() {
        String file = upload("cats.txt", CATS);

        JsonNode created = Trees.of(sim.post(STORES, "{\"name\": \"pets\", \"file_ids\": [\"" + file + "\"]}")
                .body());
        sim.pass(Duration.ofSeconds(5));
        JsonNode ready =
                Trees.of(sim.get(STORES + "/" + created.path("id").asText()).body());

        assertThat(Trees.names(created))
                .containsExactly(
                        "id",
                        "object",
                        "name",
                        "status",
                        "usage_bytes",
                        "created_at",
                        "file_counts",
                        "metadata",
                        "expires_after",
                        "expires_at",
                        "last_active_at");
        assertThat(created.path("id").asText()).matches("vs_6955b900[0-9a-f]{24}");
        assertThat(created.path("status").asText()).isEqualTo("in_progress");
        assertThat(created.at("/file_counts/in_progress").asInt()).isEqualTo(1);
        assertThat(ready.path("status").asText()).isEqualTo("completed");
        assertThat(ready.at("/file_counts/completed").asInt()).isEqualTo(1);
        assertThat(ready.path("usage_bytes").asInt()).isGreaterThan(CATS.length());
    }

    @Test
    void the_nearest_text_is_found_first() {
        String store = store("");
        attach(store, upload("cars.txt", CARS), "{}");
        String cats = upload("cats.txt", CATS);
        attach(store, cats, "{}");
        sim.pass(Duration.ofSeconds(5));

        Sim.Answer answer = sim.post(STORES + "/" + store + "/search", "{\"query\": \"Which animals hunt mice?\"}");
        JsonNode page = Trees.of(answer.body());

        assertThat(Trees.names(page)).containsExactly("object", "search_query", "data", "has_more", "next_page");
        assertThat(page.at("/search_query/0").asText()).isEqualTo("Which animals hunt mice?");
        JsonNode best = page.at("/data/0");
        assertThat(Trees.names(best)).containsExactly("file_id", "filename", "score", "attributes", "content");
        assertThat(best.path("file_id").asText()).isEqualTo(cats);
        assertThat(best.at("/content/0/text").asText()).isEqualTo(CATS);
        assertThat(best.path("score").asDouble())
                .isBetween(0.0, 1.0)
                .isGreaterThan(page.at("/data/1/score").asDouble());
    }

    @Test
    void hits_can_be_few_and_must_be_near() {
        String store = store("");
        attach(store, upload("cars.txt", CARS), "{}");
        attach(store, upload("cats.txt", CATS), "{}");
        sim.pass(Duration.ofSeconds(5));

        JsonNode one = search(store, "{\"query\": [\"cats\", \"cars\"], \"max_num_results\": 1}");
        JsonNode near = search(
                store,
                "{\"query\": \"small animals that sleep all day\", \"ranking_options\": {\"score_threshold\": 0.3}}");

        assertThat(one.path("data")).hasSize(1);
        assertThat(near.path("data")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"eq\",\"key\":\"kind\",\"value\":\"pet\"} | cats.txt",
                "{\"type\":\"ne\",\"key\":\"kind\",\"value\":\"pet\"} | cars.txt",
                "{\"type\":\"gt\",\"key\":\"wheels\",\"value\":3} | cars.txt",
                "{\"type\":\"gte\",\"key\":\"wheels\",\"value\":4.0} | cars.txt",
                "{\"type\":\"lt\",\"key\":\"wheels\",\"value\":1} | cats.txt",
                "{\"type\":\"lte\",\"key\":\"wheels\",\"value\":0} | cats.txt",
                "{\"type\":\"in\",\"key\":\"kind\",\"value\":[\"pet\",\"toy\"]} | cats.txt",
                "{\"type\":\"nin\",\"key\":\"kind\",\"value\":[\"pet\"]} | cars.txt",
                "{\"type\":\"and\",\"filters\":[{\"type\":\"eq\",\"key\":\"kind\",\"value\":\"pet\"},"
                        + "{\"type\":\"eq\",\"key\":\"wheels\",\"value\":0}]} | cats.txt",
                "{\"type\":\"or\",\"filters\":[{\"type\":\"eq\",\"key\":\"kind\",\"value\":\"toy\"},"
                        + "{\"type\":\"eq\",\"key\":\"wheels\",\"value\":4}]} | cars.txt"
            })
    void filters_choose_files_by_their_attributes(String filter, String expected) {
        String store = store("");
        attach(store, upload("cars.txt", CARS), "{\"kind\": \"machine\", \"wheels\": 4}");
        attach(store, upload("cats.txt", CATS), "{\"kind\": \"pet\", \"wheels\": 0}");
        sim.pass(Duration.ofSeconds(5));

        JsonNode found = search(store, "{\"query\": \"cats and cars\", \"filters\": " + filter + "}");

        assertThat(found.path("data"))
                .extracting(hit -> hit.path("filename").asText())
                .containsExactly(expected);
    }

    @Test
    void long_files_are_cut_into_chunks_that_overlap() {
        String store = store("");
        String file = upload("long.txt", "One sentence follows another. ".repeat(80));

        Sim.Answer attached = sim.post(
                STORES + "/" + store + "/files",
                "{\"file_id\": \"" + file + "\", \"chunking_strategy\": {\"type\": \"static\", \"static\":"
                        + " {\"max_chunk_size_tokens\": 100, \"chunk_overlap_tokens\": 50}}}");
        sim.pass(Duration.ofSeconds(5));
        JsonNode found = search(store, "{\"query\": \"sentence\", \"max_num_results\": 50}");

        assertThat(Trees.of(attached.body())
                        .at("/chunking_strategy/static/max_chunk_size_tokens")
                        .asInt())
                .isEqualTo(100);
        assertThat(found.path("data")).hasSize(7);
        assertThat(Trees.of(sim.get(STORES + "/" + store + "/files/" + file + "/content")
                                .body())
                        .at("/data/0/text")
                        .asText())
                .startsWith("One sentence follows");
    }

    @Test
    void a_batch_of_files_is_done_together() {
        String store = store("");
        String a = upload("a.txt", CATS);
        String empty = upload("b.txt", "");
        String path = STORES + "/" + store + "/file_batches";

        Sim.Answer created = sim.post(path, "{\"file_ids\": [\"" + a + "\", \"" + empty + "\"]}");
        sim.pass(Duration.ofSeconds(5));
        JsonNode done = Trees.of(sim.get(path + "/" + id(created)).body());
        JsonNode failed = Trees.of(
                sim.get(path + "/" + id(created) + "/files?filter=failed").body());

        assertThat(created.body()).contains("\"object\": \"vector_store.files_batch\"", "\"status\": \"in_progress\"");
        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(done.at("/file_counts/completed").asInt()).isEqualTo(1);
        assertThat(done.at("/file_counts/failed").asInt()).isEqualTo(1);
        assertThat(failed.at("/data/0/id").asText()).isEqualTo(empty);
        assertThat(failed.at("/data/0/last_error/code").asText()).isEqualTo("invalid_file");
        assertThat(sim.post(path + "/" + id(created) + "/cancel", "").status()).isEqualTo(400);
    }

    @Test
    void a_batch_of_files_can_be_cancelled_before_it_is_done() {
        String store = store("");
        String path = STORES + "/" + store + "/file_batches";
        String batch = id(sim.post(path, "{\"files\": [{\"file_id\": \"" + upload("a.txt", CATS) + "\"}]}"));

        JsonNode cancelled =
                Trees.of(sim.post(path + "/" + batch + "/cancel", "").body());
        sim.pass(Duration.ofSeconds(5));

        assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.at("/file_counts/cancelled").asInt()).isEqualTo(1);
        assertThat(search(store, "{\"query\": \"cats\"}").path("data")).isEmpty();
    }

    @Test
    void attributes_change_and_files_go() {
        String store = store("");
        String file = upload("a.txt", CATS);
        attach(store, file, "{}");
        String path = STORES + "/" + store + "/files/" + file;

        Sim.Answer changed = sim.post(path, "{\"attributes\": {\"kind\": \"pet\"}}");
        Sim.Answer gone = sim.send("DELETE", path, new byte[0]);

        assertThat(Trees.of(changed.body()).at("/attributes/kind").asText()).isEqualTo("pet");
        assertThat(gone.body()).contains("\"object\": \"vector_store.file.deleted\"");
        assertThat(message(sim.get(path)))
                .isEqualTo("No file found with id '" + file + "' in vector store '" + store + "'.");
        assertThat(sim.get("/v1/files/" + file).status()).isEqualTo(200);
    }

    @Test
    void a_store_expires_when_nobody_uses_it() {
        String store = store("\"expires_after\": {\"anchor\": \"last_active_at\", \"days\": 2}");
        sim.pass(Duration.ofDays(1));
        search(store, "{\"query\": \"anything\"}");
        sim.pass(Duration.ofDays(1));
        JsonNode used = Trees.of(sim.get(STORES + "/" + store).body());
        sim.pass(Duration.ofDays(1));

        JsonNode expired = Trees.of(sim.get(STORES + "/" + store).body());

        assertThat(used.path("status").asText()).isEqualTo("completed");
        assertThat(expired.path("status").asText()).isEqualTo("expired");
        assertThat(message(sim.post(STORES + "/" + store + "/search", "{\"query\": \"x\"}")))
                .isEqualTo("Vector store '" + store + "' has expired.");
    }

    @Test
    void stores_are_updated_listed_and_deleted() {
        String store = store("\"metadata\": {\"a\": \"1\"}");

        JsonNode updated = Trees.of(sim.post(STORES + "/" + store, "{\"name\": \"new\", \"metadata\": {\"b\": \"2\"}}")
                .body());
        Sim.Answer deleted = sim.send("DELETE", STORES + "/" + store, new byte[0]);

        assertThat(updated.path("name").asText()).isEqualTo("new");
        assertThat(updated.path("metadata").toString()).isEqualTo("{\"b\":\"2\"}");
        assertThat(deleted.body())
                .isEqualTo("{\n  \"id\": \"" + store
                        + "\",\n  \"object\": \"vector_store.deleted\",\n  \"deleted\": true\n}");
        assertThat(sim.get(STORES).body())
                .isEqualTo("{\n  \"object\": \"list\",\n  \"data\": [],\n  \"first_id\": null,\n  \"last_id\": null,\n"
                        + "  \"has_more\": false\n}");
    }

    @Test
    void wrong_requests_get_the_words_of_the_service() {
        String store = store("");
        String csv = upload("a.csv", "1,2");

        assertThat(message(sim.get(STORES + "/vs_0"))).isEqualTo("No vector store found with id 'vs_0'.");
        assertThat(message(sim.get(STORES + "/nope")))
                .isEqualTo("Invalid 'vector_store_id': 'nope'. Expected an ID that begins with 'vs'.");
        assertThat(message(sim.post(STORES + "/" + store + "/search", "{}")))
                .isEqualTo("Missing required parameter: 'query'.");
        assertThat(error(
                        sim.post(STORES + "/" + store + "/search", "{\"query\": \"x\", \"max_num_results\": 51}"),
                        "code"))
                .isEqualTo("integer_above_max_value");
        assertThat(message(sim.post(
                        STORES + "/" + store + "/search", "{\"query\": \"x\", \"filters\": {\"type\": \"like\"}}")))
                .startsWith("Invalid value: 'like'.");
        assertThat(message(sim.post(STORES + "/" + store + "/files", "{\"file_id\": \"" + csv + "\"}")))
                .startsWith("Files with extensions [.csv] are not supported for retrieval.");
        assertThat(message(sim.post(STORES, "{\"metadata\": {\"a\": 1}}")))
                .isEqualTo("Invalid type for 'metadata.a': expected a string, but got an integer instead.");
        assertThat(message(sim.post(STORES, "{\"colour\": 1}"))).isEqualTo("Unknown parameter: 'colour'.");
    }

    private String upload(String name, String content) {
        return id(sim.upload("/v1/files", "file", name, content, "purpose", "assistants"));
    }

    private String store(String members) {
        return id(sim.post(STORES, "{" + members + "}"));
    }

    private void attach(String store, String file, String attributes) {
        Sim.Answer answer = sim.post(
                STORES + "/" + store + "/files", "{\"file_id\": \"" + file + "\", \"attributes\": " + attributes + "}");
        assertThat(answer.status()).isEqualTo(200);
    }

    private JsonNode search(String store, String body) {
        Sim.Answer answer = sim.post(STORES + "/" + store + "/search", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return Trees.of(answer.body());
    }
}
