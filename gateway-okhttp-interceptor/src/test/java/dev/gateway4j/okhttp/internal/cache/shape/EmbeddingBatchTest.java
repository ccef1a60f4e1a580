package dev.gateway4j.okhttp.internal.cache.shape;

import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.EMBEDDINGS;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.JSON;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.json;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.call.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingBatchTest {
    private static final String BEFORE = "{ \"model\":\"text-embedding-3-small\", \"input\" : ";
    private static final String AFTER = " ,\"dimensions\":2,\"x\":1.50}";

    @Test
    void a_request_is_cut_into_its_inputs_and_nothing_else_changes() {
        EmbeddingBatch batch = batch("[ \"a\\u0062\" , \"é\",\"\\\"]\" ]");

        assertThat(batch.size()).isEqualTo(3);
        assertThat(request(batch, 0)).isEqualTo(BEFORE + "[\"a\\u0062\"]" + AFTER);
        assertThat(request(batch, 2, 1)).isEqualTo(BEFORE + "[\"\\\"]\",\"é\"]" + AFTER);
        assertThat(request(batch, 0, 1, 2)).isEqualTo(BEFORE + "[ \"a\\u0062\" , \"é\",\"\\\"]\" ]" + AFTER);
    }

    @Test
    void one_input_is_the_same_with_and_without_an_array() {
        assertThat(request(batch("\"a\""), 0)).isEqualTo(request(batch("[\"a\"]"), 0));
        assertThat(request(batch("[1,2]"), 0)).isEqualTo(request(batch("[[1,2]]"), 0));
        assertThat(batch("[1,2]").size()).isEqualTo(1);
        assertThat(batch("[[1,2],[3]]").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "null",
                "7",
                "[\"a\",1]",
                "[1,\"a\"]",
                "[[1],\"a\"]",
                "[\"a\",[1]]",
                "[null]",
                "[[1.5]]",
                "[1.5]",
                "[[[1]]]",
                "[{\"a\":1}]",
                "[\"a\"",
                "true",
                "[1,[2]]"
            })
    void what_is_no_list_of_inputs_is_not_cut(String input) {
        assertThat(EmbeddingBatch.of((BEFORE + input + AFTER).getBytes(UTF_8))).isEmpty();
    }

    @Test
    void a_body_that_is_no_object_or_has_no_input_is_not_cut() {
        assertThat(EmbeddingBatch.of("[]".getBytes(UTF_8))).isEmpty();
        assertThat(EmbeddingBatch.of("{\"x\":{\"input\":\"a\"}}".getBytes(UTF_8)))
                .isEmpty();
        assertThat(EmbeddingBatch.of("{\"input\":\"a\",\"input\":\"b\"}".getBytes(UTF_8)))
                .isEmpty();
        assertThat(EmbeddingBatch.of(new byte[0])).isEmpty();
    }

    @Test
    void an_answer_is_cut_into_answers_as_if_each_had_been_asked_alone() {
        String answer =
                "{ \"object\":\"list\", \"data\": [\n {\"object\":\"embedding\",\"index\":1,\"embedding\":\"AAAA\"},\n"
                        + " {\"object\":\"embedding\",\"embedding\":[-0.10,2E-3, 1],\"index\":0}\n ], \"model\":\"m\","
                        + "\"usage\":{\"prompt_tokens\": 10,\"total_tokens\":10}}";

        List<StoredAnswer> singles = batch("[\"ab\",\"é\"]")
                .split(stored(EMBEDDINGS, JSON, answer), 0, 1)
                .orElseThrow();

        assertThat(new String(singles.get(0).body(), UTF_8))
                .isEqualTo(
                        "{ \"object\":\"list\", \"data\": [{\"object\":\"embedding\",\"embedding\":[-0.10,2E-3, 1],\"index\":0}],"
                                + " \"model\":\"m\",\"usage\":{\"prompt_tokens\": 5,\"total_tokens\":5}}");
        assertThat(new String(singles.get(1).body(), UTF_8)).contains("\"index\":0,\"embedding\":\"AAAA\"");
        assertThat(singles)
                .extracting(single -> single.usage().orElseThrow())
                .containsExactly(Usage.of(5, 0), Usage.of(5, 0));
        assertThat(singles).extracting(single -> single.model().orElseThrow()).containsExactly("m", "m");
    }

    @Test
    void usage_is_shared_by_length_the_largest_remainders_first() {
        assertThat(shares(10, 1, 1, 1)).containsExactly(4L, 3L, 3L);
        assertThat(shares(10, 1, 2, 4)).containsExactly(1L, 3L, 6L);
        assertThat(shares(7, 0, 0)).containsExactly(4L, 3L);
        assertThat(shares(0, 3, 4)).containsExactly(0L, 0L);
        assertThat(shares(1, 1_000_000, 1)).containsExactly(1L, 0L);
    }

    private static List<Long> shares(long number, long... weights) {
        return Shares.of(java.math.BigDecimal.valueOf(number), weights).stream()
                .map(java.math.BigDecimal::longValueExact)
                .toList();
    }

    @Test
    void what_comes_from_a_batch_and_goes_into_it_again_is_what_it_was() {
        Random random = new Random(6);
        for (int round = 0; round < 500; round++) {
            Sample sample = Sample.random(random);
            EmbeddingBatch batch =
                    EmbeddingBatch.of(sample.request.getBytes(UTF_8)).orElseThrow();
            StoredAnswer answer = stored(EMBEDDINGS, JSON, sample.answer);
            int[] all = IntStream.range(0, batch.size()).toArray();

            List<StoredAnswer> singles = batch.split(answer, all).orElseThrow();
            StoredAnswer again = batch.recombine(singles).orElseThrow();

            assertThat(json(again.body())).isEqualTo(inOrder(json(answer.body())));
            assertThat(again.usage()).isEqualTo(answer.usage());
            assertThat(singles.stream()
                            .mapToLong(one -> one.usage().orElseThrow().inputTokens())
                            .sum())
                    .isEqualTo(answer.usage().orElseThrow().inputTokens());
        }
    }

    @Test
    void some_from_the_cache_and_some_asked_now_make_the_whole_in_order() {
        Random random = new Random(8);
        for (int round = 0; round < 500; round++) {
            Sample sample = Sample.random(random);
            EmbeddingBatch batch =
                    EmbeddingBatch.of(sample.request.getBytes(UTF_8)).orElseThrow();
            int[] some = IntStream.range(0, batch.size())
                    .filter(i -> random.nextBoolean())
                    .toArray();
            int[] others = IntStream.range(0, batch.size())
                    .filter(i -> IntStream.of(some).noneMatch(j -> j == i))
                    .toArray();
            StoredAnswer[] singles = new StoredAnswer[batch.size()];

            for (int[] asked : List.of(some, others)) {
                if (asked.length > 0) {
                    byte[] request = batch.request(asked);
                    assertThat(EmbeddingBatch.of(request).orElseThrow().size()).isEqualTo(asked.length);
                    StoredAnswer answer = stored(EMBEDDINGS, JSON, sample.answerTo(asked));
                    List<StoredAnswer> parts = batch.split(answer, asked).orElseThrow();
                    IntStream.range(0, asked.length).forEach(i -> singles[asked[i]] = parts.get(i));
                }
            }
            StoredAnswer whole = batch.recombine(List.of(singles)).orElseThrow();

            assertThat(json(whole.body()).path("data"))
                    .isEqualTo(inOrder(json(sample.answer.getBytes(UTF_8))).path("data"));
        }
    }

    @Test
    void answers_that_do_not_belong_together_are_not_recombined() {
        EmbeddingBatch batch = batch("[\"a\",\"b\"]");
        StoredAnswer one = single("m", "\"usage\":{\"prompt_tokens\":1}");

        assertThat(batch.recombine(List.of(one, one))).isPresent();
        assertThat(batch.recombine(List.of(one))).isEmpty();
        assertThat(batch.recombine(List.of(one, single("n", "\"usage\":{\"prompt_tokens\":1}"))))
                .isEmpty();
        assertThat(batch.recombine(List.of(one, single("m", "\"usage\":{}")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"data\":[{\"index\":0,\"embedding\":\"AA\"}],\"usage\":{}",
                "\"data\":[{\"index\":0,\"embedding\":\"AA\"},{\"index\":0,\"embedding\":\"AA\"}],\"usage\":{}",
                "\"data\":[{\"index\":0,\"embedding\":\"AA\"},{\"index\":2,\"embedding\":\"AA\"}],\"usage\":{}",
                "\"data\":[{\"index\":0,\"embedding\":\"AA\"},{\"embedding\":\"AA\"}],\"usage\":{}",
                "\"data\":[{\"index\":0,\"embedding\":\"AA\"},{\"index\":1,\"embedding\":\"AA\"}],\"usage\":{\"a\":1e999999}",
                "\"data\":[{\"index\":0,\"embedding\":\"AA\"},{\"index\":1,\"embedding\":\"AA\"}],\"usage\":{\"a\":-1}",
            })
    void an_answer_that_does_not_fit_the_inputs_is_not_cut(String members) {
        StoredAnswer answer = stored(EMBEDDINGS, JSON, "{" + members + "}");

        assertThat(batch("[\"a\",\"b\"]").split(answer, 0, 1)).isEmpty();
    }

    private static StoredAnswer single(String model, String usage) {
        return stored(
                EMBEDDINGS,
                JSON,
                "{\"data\":[{\"index\":0,\"embedding\":\"AA\"}],\"model\":\"" + model + "\"," + usage + "}");
    }

    private static EmbeddingBatch batch(String input) {
        return EmbeddingBatch.of((BEFORE + input + AFTER).getBytes(UTF_8)).orElseThrow();
    }

    private static String request(EmbeddingBatch batch, int... numbers) {
        return new String(batch.request(numbers), UTF_8);
    }

    private static com.fasterxml.jackson.databind.JsonNode inOrder(com.fasterxml.jackson.databind.JsonNode answer) {
        List<com.fasterxml.jackson.databind.JsonNode> data = new ArrayList<>();
        answer.path("data").forEach(data::add);
        data.sort(java.util.Comparator.comparingInt(one -> one.path("index").asInt()));
        ArrayNode sorted = ((ObjectNode) answer).putArray("data");
        data.forEach(sorted::add);
        return answer;
    }

    /** A request, duplicates among its inputs, and the answer to it; the vector says which input it belongs to. */
    private record Sample(List<String> inputs, String request, String answer, boolean base64, long seed) {
        static Sample random(Random random) {
            boolean tokens = random.nextBoolean();
            List<String> inputs = new ArrayList<>();
            int count = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                int which = random.nextInt(8);
                inputs.add(tokens ? "[" + "7,".repeat(which) + which + "]" : "\"é \\n" + "x".repeat(which) + "\"");
            }
            boolean base64 = random.nextBoolean();
            long seed = random.nextLong();
            Sample sample = new Sample(inputs, BEFORE + inputs + AFTER, "", base64, seed);
            return new Sample(
                    inputs,
                    sample.request,
                    sample.answerTo(IntStream.range(0, count).toArray()),
                    base64,
                    seed);
        }

        String answerTo(int[] asked) {
            List<String> data = new ArrayList<>();
            for (int i = 0; i < asked.length; i++) {
                int hash = inputs.get(asked[i]).hashCode();
                String vector =
                        base64 ? "\"" + Integer.toHexString(hash) + "==\"" : "[0." + Math.abs(hash) + ",-1.0e-5]";
                data.add("{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":" + vector + "}");
            }
            Random random = new Random(seed);
            Collections.shuffle(data, random);
            int used = random.nextInt(1000);
            return "{\"object\":\"list\",\"data\":" + data + ",\"model\":\"m\",\"usage\":{\"prompt_tokens\":" + used
                    + ",\"total_tokens\":" + used + ",\"cost\":0.000" + used + "}}";
        }
    }
}
