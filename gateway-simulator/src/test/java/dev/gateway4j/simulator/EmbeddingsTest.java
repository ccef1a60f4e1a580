package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
    private final Sim sim = Sim.standard();

    @Test
    void an_answer_looks_as_on_the_wire() {
        Sim.Answer answer = embed("\"Say hello\"", ", \"dimensions\": 4");

        // These numbers must not change from one version to the next: people store vectors.
        Golden.assertSame("embeddings.json", answer.body());
    }

    @Test
    void similar_texts_are_nearer_than_others() {
        double[] cat = vector("The cat sleeps on the warm sofa");
        double[] cats = vector("Cats are sleeping on a warm sofa");
        double[] kitten = vector("A kitten is lying on the couch and sleeps");
        double[] rates = vector("Central bank raises interest rates again");

        assertThat(dot(cat, cats)).isGreaterThan(dot(cat, kitten));
        assertThat(dot(cat, kitten)).isGreaterThan(dot(cat, rates) + 0.05);
        assertThat(dot(cat, rates)).isLessThan(0.2);
    }

    @Test
    void vectors_have_the_length_of_their_model_and_are_units() {
        assertThat(vector("text-embedding-3-small", "hello", "")).hasSize(1536);
        assertThat(vector("text-embedding-3-large", "hello", "")).hasSize(3072);
        assertThat(vector("text-embedding-ada-002", "hello", "")).hasSize(1536);
        double[] vector = vector("hello");
        assertThat(dot(vector, vector)).isEqualTo(1, within(1e-5));
    }

    @Test
    void fewer_dimensions_are_the_first_ones_made_a_unit_again() {
        double[] all = vector("Say hello");
        double[] few = vector("text-embedding-3-small", "Say hello", ", \"dimensions\": 8");

        double length = 0;
        for (int i = 0; i < 8; i++) {
            length += all[i] * all[i];
        }
        for (int i = 0; i < 8; i++) {
            assertThat(few[i]).isEqualTo(all[i] / Math.sqrt(length), within(1e-5));
        }
    }

    @Test
    void packed_vectors_hold_the_same_numbers() {
        String packed = Trees.of(embed("\"Say hello\"", ", \"encoding_format\": \"base64\"")
                        .body())
                .at("/data/0/embedding")
                .asText();

        assertThat(packed).hasSize(8192);
        ByteBuffer floats = ByteBuffer.wrap(Base64.getDecoder().decode(packed)).order(ByteOrder.LITTLE_ENDIAN);
        double[] numbers = vector("Say hello");
        for (double number : numbers) {
            assertThat(floats.getFloat()).isEqualTo((float) number);
        }
    }

    @Test
    void texts_and_tokens_may_come_in_batches() {
        JsonNode texts = Trees.of(embed("[\"hello world\", \"Say hello\"]", "").body());
        // "hello world" in cl100k_base
        JsonNode tokens = Trees.of(embed("[[15339, 1917]]", "").body());
        JsonNode one = Trees.of(embed("[15339, 1917]", "").body());

        assertThat(texts.path("data")).hasSize(2);
        assertThat(texts.at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(texts.at("/usage/prompt_tokens").asInt()).isEqualTo(4);
        assertThat(tokens.at("/data/0/embedding")).isEqualTo(texts.at("/data/0/embedding"));
        assertThat(one.path("data")).isEqualTo(tokens.path("data"));
        assertThat(tokens.at("/usage/total_tokens").asInt()).isEqualTo(2);
    }

    @Test
    void the_seed_of_the_run_does_not_matter() {
        Sim other = Sim.of(99, "instant", List.of());
        String body = "{\"model\": \"text-embedding-3-small\", \"input\": \"Say hello\"}";

        assertThat(other.post("/v1/embeddings", body).body())
                .isEqualTo(sim.post("/v1/embeddings", body).body());
    }

    @Test
    void the_limiter_counts_a_quarter_of_the_bytes() {
        Sim.Answer answer = embed("\"Ruby is a programmer's best friend\"", "");

        assertThat(answer.header("x-ratelimit-remaining-tokens")).isEqualTo(Long.toString(30_000_000 - 8));
        assertThat(answer.header("x-ratelimit-reset-requests")).isEqualTo("6ms");
    }

    private double[] vector(String text) {
        return vector("text-embedding-3-small", text, "");
    }

    private double[] vector(String model, String text, String more) {
        JsonNode numbers = Trees.of(sim.post(
                                "/v1/embeddings",
                                "{\"model\": \"" + model + "\", \"input\": \"" + text + "\"" + more + "}")
                        .body())
                .at("/data/0/embedding");
        double[] vector = new double[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i).asDouble();
        }
        return vector;
    }

    private Sim.Answer embed(String input, String more) {
        return sim.post("/v1/embeddings", "{\"model\": \"text-embedding-3-small\", \"input\": " + input + more + "}");
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
