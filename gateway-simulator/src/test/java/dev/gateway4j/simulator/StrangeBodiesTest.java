package dev.gateway4j.simulator;

import static dev.gateway4j.simulator.FilesTest.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever stands in the body of a request for a stored thing, the answer is no mistake of ours. */
class StrangeBodiesTest {
    private final Sim sim = Sim.standard();
    private final String store = id(sim.post("/v1/vector_stores", "{}"));
    private final String batch = id(sim.upload("/v1/files", "file", "a.jsonl", "{}\n", "purpose", "batch"));
    private final String text = id(sim.upload("/v1/files", "file", "a.txt", "hello", "purpose", "assistants"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/uploads | \"filename\": \"a.txt\", \"purpose\": \"vision\", \"bytes\": 1, \"mime_type\": \"x/y\" |"
                        + " filename purpose bytes mime_type expires_after",
                "/v1/batches | \"input_file_id\": \"BATCH\", \"endpoint\": \"/v1/embeddings\", \"completion_window\":"
                        + " \"24h\" | input_file_id endpoint completion_window metadata output_expires_after",
                "/v1/vector_stores | \"file_ids\": [\"TEXT\"] |"
                        + " file_ids name description expires_after chunking_strategy metadata",
                "/v1/vector_stores/STORE/search | \"query\": \"x\" |"
                        + " query rewrite_query max_num_results filters ranking_options",
                "/v1/vector_stores/STORE/files | \"file_id\": \"TEXT\" | file_id attributes chunking_strategy",
                "/v1/vector_stores/STORE/file_batches | \"file_ids\": [\"TEXT\"] |"
                        + " file_ids files attributes chunking_strategy",
                "/v1/fine_tuning/jobs | \"training_file\": \"BATCH\", \"model\": \"gpt-4o-mini\" | model training_file"
                        + " hyperparameters suffix validation_file integrations seed method metadata",
                "/v1/containers | \"name\": \"a\" | name file_ids expires_after memory_limit network_policy"
            })
    void no_value_of_any_member_is_a_mistake_of_ours(String path, String members, String names) {
        String whole = filled(members);
        assertThat(sim.post(filled(path), "{" + whole + "}").status()).isEqualTo(200);
        for (String member : names.split(" ", -1)) {
            for (String value : Fields.VALUES) {
                String body = "{" + whole + ", \"" + member + "\": " + value + "}";

                Sim.Answer answer = sim.post(filled(path), body);

                assertThat(answer.status()).as(path + " " + body).isBetween(200, 499);
                assertThat(Trees.of(answer.body()).isObject()).isTrue();
            }
        }
    }

    @Test
    void what_lies_deeper_is_read_with_the_same_care() {
        for (String value : Fields.VALUES) {
            for (String nested : List.of(
                    "/v1/vector_stores {\"expires_after\": {\"anchor\": \"last_active_at\", \"days\": @}}",
                    "/v1/vector_stores {\"chunking_strategy\": {\"type\": \"static\", \"static\": @}}",
                    "/v1/vector_stores {\"metadata\": {\"a\": @}}",
                    "/v1/vector_stores/STORE/search {\"query\": \"x\", \"filters\": {\"type\": \"and\", \"filters\": @}}",
                    "/v1/vector_stores/STORE/search {\"query\": \"x\", \"filters\": {\"type\": \"in\", \"key\": \"a\","
                            + " \"value\": @}}",
                    "/v1/vector_stores/STORE/files {\"file_id\": \"TEXT\", \"attributes\": {\"a\": @}}",
                    "/v1/fine_tuning/jobs {\"training_file\": \"BATCH\", \"model\": \"gpt-4o-mini\", \"method\": {\"type\":"
                            + " \"dpo\", \"dpo\": @}}",
                    "/v1/fine_tuning/jobs {\"training_file\": \"BATCH\", \"model\": \"gpt-4o-mini\", \"hyperparameters\":"
                            + " {\"batch_size\": @}}",
                    "/v1/fine_tuning/jobs {\"training_file\": \"BATCH\", \"model\": \"gpt-4o-mini\", \"method\": {\"type\":"
                            + " \"dpo\", \"dpo\": {\"hyperparameters\": @}}}",
                    "/v1/containers {\"name\": \"a\", \"network_policy\": {\"type\": \"allowlist\", \"allowed_domains\": @}}")) {
                String[] parts = filled(nested.replace("@", value)).split(" ", 2);

                Sim.Answer answer = sim.post(parts[0], parts[1]);

                assertThat(answer.status()).as(nested + " " + value).isBetween(200, 499);
            }
        }
    }

    private String filled(String pattern) {
        return pattern.replace("STORE", store).replace("BATCH", batch).replace("TEXT", text);
    }
}
