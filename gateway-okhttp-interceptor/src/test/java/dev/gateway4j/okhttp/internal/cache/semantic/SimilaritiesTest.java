package dev.gateway4j.okhttp.internal.cache.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.config.SemanticConfig;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.api.spi.SemanticVerifier;
import dev.gateway4j.api.spi.VectorIndex;
import dev.gateway4j.api.spi.VectorIndex.Neighbour;
import dev.gateway4j.api.spi.VectorIndexProvider;
import dev.gateway4j.okhttp.internal.cache.semantic.SemanticCache.Similar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilaritiesTest {
    private static final OptionalDouble DEFAULT = OptionalDouble.empty();
    private static final String QUESTION = "How do I reset my password?";
    private static final String AGAIN = "How can I reset my password?";

    private final ManualTime time = ManualTime.standing();
    private final EmbeddingBill bill = new EmbeddingBill();
    private Similarities similarities = similarities(0, Optional.empty());

    @AfterEach
    void close() {
        similarities.close();
    }

    @Test
    void a_question_in_other_words_is_found_with_its_similarity() {
        similarities.kept(Asked.embedded(1, QUESTION, 1, 0), Asked.key(10));

        Optional<Similar> found = similarities.find(Asked.embedded(1, AGAIN, 1, 0.1f), DEFAULT);

        assertThat(found.orElseThrow().key()).isEqualTo(Asked.key(10));
        assertThat(found.orElseThrow().similarity()).isBetween(0.994, 0.996);
        assertThat(similarities.stats().hits()).isOne();
        assertThat(similarities.stats().vectors()).isOne();
    }

    @Test
    void another_bucket_is_another_world() {
        similarities.kept(Asked.embedded(1, QUESTION, 1, 0), Asked.key(10));

        assertThat(similarities.find(Asked.embedded(2, QUESTION, 1, 0), DEFAULT))
                .isEmpty();
    }

    @Test
    void below_the_threshold_nothing_is_found_and_no_guard_is_asked() {
        similarities.kept(Asked.embedded(1, QUESTION, 1, 0), Asked.key(10));

        assertThat(similarities.find(Asked.embedded(1, AGAIN, 1, 1), DEFAULT)).isEmpty();
        assertThat(similarities.find(Asked.embedded(1, AGAIN, 1, 1), OptionalDouble.of(0.7)))
                .isPresent();
        assertThat(similarities.stats().guarded()).isZero();
        assertThat(similarities.stats().lookups()).isEqualTo(2);
    }

    @Test
    void the_same_vector_reaches_a_threshold_of_one() {
        similarities.kept(Asked.embedded(1, QUESTION, 0.3f, 0.7f, 0.1f), Asked.key(10));

        assertThat(similarities.find(Asked.embedded(1, AGAIN, 0.3f, 0.7f, 0.1f), OptionalDouble.of(1)))
                .isPresent();
    }

    @Test
    void where_a_guard_objects_to_the_nearest_the_next_may_do() {
        similarities.kept(Asked.embedded(1, "What is 2 + 3?", 1, 0), Asked.key(10));
        similarities.kept(Asked.embedded(1, "What's 2 + 2?", 1, 0.1f), Asked.key(11));

        assertThat(similarities.find(Asked.embedded(1, "What is 2 + 2?", 1, 0), DEFAULT))
                .get()
                .extracting(Similar::key)
                .isEqualTo(Asked.key(11));
        assertThat(similarities.find(Asked.embedded(1, "What is 2 + 4?", 1, 0), DEFAULT))
                .isEmpty();
        assertThat(similarities.stats().guarded()).isOne();
    }

    @Test
    void what_is_gone_is_never_found() {
        similarities.kept(Asked.embedded(1, QUESTION, 1, 0), Asked.key(10));

        similarities.gone(Asked.key(10));

        assertThat(similarities.find(Asked.embedded(1, QUESTION, 1, 0), DEFAULT))
                .isEmpty();
        assertThat(similarities.stats().vectors()).isZero();
    }

    @Test
    void an_answer_that_is_kept_anew_counts_once() {
        similarities.kept(Asked.embedded(1, QUESTION, 1, 0), Asked.key(10));
        similarities.kept(Asked.embedded(1, QUESTION, 1, 0), Asked.key(10));

        assertThat(similarities.stats().vectors()).isOne();
        similarities.gone(Asked.key(10));
        assertThat(similarities.stats().vectors()).isZero();
    }

    @Test
    void a_vector_of_another_length_is_a_failure_and_finds_nothing() {
        similarities.kept(Asked.embedded(1, QUESTION, 1, 0), Asked.key(10));

        assertThat(similarities.find(Asked.embedded(1, QUESTION, 1, 0, 0), DEFAULT))
                .isEmpty();
        similarities.kept(Asked.embedded(1, AGAIN, 1, 0, 0), Asked.key(11));

        assertThat(similarities.stats().failures()).isEqualTo(2);
        assertThat(similarities.stats().vectors()).isOne();
    }

    @Test
    void no_vector_that_has_no_direction_gets_in() {
        List<Embedder> broken = List.of(
                text -> new float[] {0, 0},
                text -> new float[] {Float.NaN, 1},
                text -> new float[] {Float.POSITIVE_INFINITY, 1},
                text -> new float[0],
                text -> {
                    throw new IllegalStateException("secret " + text);
                });

        for (Embedder embedder : broken) {
            assertThat(similarities.embed(Asked.question(1, QUESTION), embedder))
                    .isEmpty();
        }

        assertThat(similarities.stats().failures()).isEqualTo(broken.size());
    }

    @Test
    void vectors_need_not_come_with_unit_length() {
        SemanticCache.Embedded embedded = similarities
                .embed(Asked.question(1, QUESTION), text -> new float[] {3, 4})
                .orElseThrow();

        assertThat(embedded.unit()).containsExactly(0.6f, 0.8f);
    }

    @Test
    void a_text_that_is_too_long_is_not_embedded() {
        List<String> embedded = new ArrayList<>();

        similarities.embed(Asked.question(1, "x".repeat(8_001)), text -> {
            embedded.add(text);
            return new float[] {1};
        });

        assertThat(embedded).isEmpty();
    }

    @Test
    void an_embedder_that_hangs_holds_nobody_up_longer_than_the_timeout() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        ExecutorService caller = Executors.newSingleThreadExecutor();

        Future<Optional<SemanticCache.Embedded>> call =
                caller.submit(() -> similarities.embed(Asked.question(1, QUESTION), text -> {
                    asked.countDown();
                    never.await();
                    return new float[] {1};
                }));
        asked.await();
        time.advance(Duration.ofSeconds(2));

        assertThat(call.get()).isEmpty();
        assertThat(similarities.stats().failures()).isOne();
        never.countDown();
        caller.shutdownNow();
    }

    @Test
    void an_embedder_that_fails_again_and_again_is_left_alone_for_a_while() {
        List<String> asked = new ArrayList<>();
        Embedder broken = text -> {
            asked.add(text);
            throw new java.io.IOException("down");
        };
        for (int i = 0; i < 8; i++) {
            assertThat(similarities.embed(Asked.question(1, QUESTION), broken)).isEmpty();
        }
        assertThat(asked).hasSize(5);
        assertThat(similarities.stats().failures()).isEqualTo(8);

        time.advance(Duration.ofSeconds(10));
        similarities.embed(Asked.question(1, QUESTION), broken);
        similarities.embed(Asked.question(1, QUESTION), broken);
        assertThat(asked).as("one tries").hasSize(6);

        time.advance(Duration.ofSeconds(10));
        Embedder mended = text -> new float[] {1};
        assertThat(similarities.embed(Asked.question(1, QUESTION), mended)).isPresent();
        assertThat(similarities.embed(Asked.question(1, QUESTION), mended)).isPresent();
    }

    @Test
    void failures_with_successes_in_between_are_no_reason_to_pause() {
        List<String> asked = new ArrayList<>();
        Embedder fickle = text -> {
            asked.add(text);
            if (asked.size() % 5 != 0) {
                throw new java.io.IOException("down");
            }
            return new float[] {1};
        };

        for (int i = 0; i < 50; i++) {
            similarities.embed(Asked.question(1, QUESTION), fickle);
        }

        assertThat(asked).hasSize(50);
    }

    @Test
    void what_an_index_answers_is_given_only_if_it_is_near_and_from_the_same_bucket() {
        AtomicReference<Neighbour> answer = new AtomicReference<>(new Neighbour(1, 1));
        CountDownLatch moved = new CountDownLatch(4_097);
        use(new Similarities(
                SemanticConfig.defaults(),
                Optional.of(answering(answer, moved)),
                Optional.empty(),
                time,
                new Random(5),
                bill));
        similarities.kept(Asked.embedded(2, QUESTION, 1, 0), Asked.key(10));
        for (int i = 0; i < 4_097; i++) {
            similarities.kept(Asked.embedded(1, i == 0 ? QUESTION : "Filler " + i, 0, 1), Asked.key(11 + i));
        }
        await(moved);

        assertThat(similarities.find(Asked.embedded(1, AGAIN, 1, 0), DEFAULT))
                .as("another bucket")
                .isEmpty();
        for (double similarity : new double[] {Double.NaN, 0.5, 7, Double.POSITIVE_INFINITY}) {
            answer.set(new Neighbour(2, similarity));
            assertThat(similarities.find(Asked.embedded(1, AGAIN, 1, 0), DEFAULT))
                    .as(Double.toString(similarity))
                    .isEmpty();
        }
        answer.set(new Neighbour(2, 1));
        assertThat(similarities.find(Asked.embedded(1, AGAIN, 1, 0), DEFAULT)).isPresent();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An index that always answers the same. */
    private static VectorIndexProvider answering(AtomicReference<Neighbour> answer, CountDownLatch added) {
        return new VectorIndexProvider() {
            @Override
            public String name() {
                return "answering";
            }

            @Override
            public VectorIndex create(int dimensions) {
                return new VectorIndex() {
                    @Override
                    public void add(long id, float[] unit) {
                        added.countDown();
                    }

                    @Override
                    public void remove(long id) {}

                    @Override
                    public List<Neighbour> nearest(float[] unit, int count) {
                        return List.of(answer.get());
                    }

                    @Override
                    public int size() {
                        return 0;
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }

    @Test
    void the_verifier_has_the_last_word() {
        List<String> verified = new ArrayList<>();
        use(similarities(0, Optional.of((asked, answered, similarity) -> {
            verified.add(asked + " <- " + answered);
            return false;
        })));
        similarities.kept(Asked.embedded(1, QUESTION, 1, 0), Asked.key(10));

        assertThat(similarities.find(Asked.embedded(1, AGAIN, 1, 0), DEFAULT)).isEmpty();
        assertThat(similarities.find(Asked.embedded(1, "How do I reset my phone?", 1, 0), DEFAULT))
                .isEmpty();

        assertThat(verified).as("guards are asked first").containsExactly(AGAIN + " <- " + QUESTION);
        assertThat(similarities.stats().guarded()).isEqualTo(2);
    }

    @Test
    void a_verifier_that_fails_says_no() {
        use(similarities(0, Optional.of((asked, answered, similarity) -> {
            throw new IllegalStateException("no idea");
        })));
        similarities.kept(Asked.embedded(1, QUESTION, 1, 0), Asked.key(10));

        assertThat(similarities.find(Asked.embedded(1, AGAIN, 1, 0), DEFAULT)).isEmpty();
    }

    @Test
    void a_share_of_hits_is_sampled() {
        use(similarities(0.25, Optional.empty()));

        int sampled = 0;
        for (int i = 0; i < 1_000; i++) {
            sampled += similarities.sampled() ? 1 : 0;
        }

        assertThat(sampled).isBetween(200, 300);
        assertThat(similarities(0, Optional.empty()).sampled()).isFalse();
    }

    @Test
    void two_answers_are_compared_by_their_figures_and_their_vectors() {
        Embedder embedder = text -> text.contains("Paris") ? new float[] {1, 0} : new float[] {0, 1};

        assertThat(similarities.compare("It is Paris.", "it is paris", embedder))
                .isTrue();
        assertThat(similarities.compare("It is Paris.", "The city of Paris, of course.", embedder))
                .isTrue();
        assertThat(similarities.compare("It is Paris.", "It is Rome.", embedder))
                .isFalse();
        assertThat(similarities.compare("Paris has 2 rivers.", "Paris has 3 rivers.", embedder))
                .isFalse();

        assertThat(similarities.stats().sampled()).isEqualTo(4);
        assertThat(similarities.stats().wrong()).isEqualTo(2);
        assertThat(similarities.stats().errorRate()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            It costs $3.5.          | It costs $35.           | false
            It is -5 degrees.       | It is 5 degrees.        | false
            Take version v3.5.      | Take version v35.       | false
            It is x - 5.            | It is x 5.              | false
            It costs $5.            | It costs €5.            | false
            It costs 5.             | it costs 5              | true
            It is 10! then.         | It is 10 then.          | false
            So, it costs 1,000 yen. | So it costs 1,000 yen   | true
            """)
    void punctuation_in_numbers_counts(String given, String asked, boolean same) {
        AtomicInteger vectors = new AtomicInteger();
        Embedder apart = text -> vectors.getAndIncrement() % 2 == 0 ? new float[] {1, 0} : new float[] {0, 1};

        assertThat(similarities.compare(given, asked, apart)).isEqualTo(same);
    }

    @Test
    void what_cannot_be_compared_is_not_counted_as_wrong() {
        similarities.compare("one", "other", text -> {
            throw new IllegalStateException("gone");
        });

        assertThat(similarities.stats().sampled()).isZero();
        assertThat(similarities.stats().wrong()).isZero();
    }

    @Test
    void the_bill_counts_what_has_a_price() {
        bill.accept(new Cost.Known(new BigDecimal("0.001")));
        bill.accept(new Cost.Unknown("no price"));
        bill.accept(new Cost.Known(new BigDecimal("0.002")));

        assertThat(similarities.stats().embeddingUsd()).isEqualByComparingTo("0.003");
    }

    private void use(Similarities other) {
        similarities.close();
        similarities = other;
    }

    private Similarities similarities(double sample, Optional<SemanticVerifier> verifier) {
        SemanticConfig defaults = SemanticConfig.defaults();
        SemanticConfig config = new SemanticConfig(
                defaults.mode(),
                defaults.threshold(),
                defaults.embedder(),
                defaults.model(),
                defaults.key(),
                defaults.timeout(),
                defaults.maxTurns(),
                defaults.maxCharacters(),
                sample);
        return new Similarities(config, Optional.empty(), verifier, time, new Random(5), bill);
    }
}
