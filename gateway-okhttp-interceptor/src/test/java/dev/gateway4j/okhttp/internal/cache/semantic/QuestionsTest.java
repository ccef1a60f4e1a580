package dev.gateway4j.okhttp.internal.cache.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.spi.VectorIndex;
import dev.gateway4j.api.spi.VectorIndexProvider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final Bucket.Bounds SMALL = new Bucket.Bounds(8, 2);

    @Test
    void a_bucket_without_questions_is_dropped() {
        try (Questions questions = new Questions(Optional.empty(), SMALL, 100)) {
            questions.add(Asked.embedded(1, "a", 1, 0), Asked.key(10));
            questions.add(Asked.embedded(2, "b", 1, 0), Asked.key(11));

            questions.remove(Asked.key(10));

            assertThat(questions.buckets()).isOne();
            questions.remove(Asked.key(11));
            assertThat(questions.buckets()).isZero();
        }
    }

    @Test
    void the_oldest_give_way_when_there_are_too_many() {
        try (Questions questions = new Questions(Optional.empty(), SMALL, 3)) {
            for (int i = 0; i < 5; i++) {
                questions.add(Asked.embedded(1, "text " + i, 1, i), Asked.key(10 + i));
            }

            assertThat(questions.size()).isEqualTo(3);
            assertThat(questions.nearest(Asked.embedded(1, "x", 1, 0), 9)).hasSize(3);
            assertThat(questions.nearest(Asked.embedded(1, "x", 1, 0), 9)).allSatisfy(found -> assertThat(
                            questions.kept(found.id()).orElseThrow().text())
                    .isIn("text 2", "text 3", "text 4"));
        }
    }

    @Test
    void many_vectors_move_to_an_index_and_are_found_all_the_while() throws Exception {
        Provider provider = new Provider();
        try (Questions questions = new Questions(Optional.of(provider), SMALL, 1_000)) {
            for (int i = 0; i < 100; i++) {
                questions.add(at(1, "text " + i, i), Asked.key(10 + i));
                assertThat(texts(questions, i)).contains("text " + i);
            }
            until(() -> provider.held.get() > 90);

            for (int i = 0; i < 100; i++) {
                assertThat(texts(questions, i)).contains("text " + i);
            }
            for (int i = 0; i < 100; i++) {
                questions.remove(Asked.key(10 + i));
                assertThat(texts(questions, i)).doesNotContain("text " + i);
            }
            until(() -> provider.open.get() == 0);
        }
    }

    @Test
    void an_index_that_fails_leaves_the_vectors_where_they_are() {
        CountDownLatch asked = new CountDownLatch(1);
        VectorIndexProvider broken = new VectorIndexProvider() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public VectorIndex create(int dimensions) {
                asked.countDown();
                throw new IllegalStateException("no memory");
            }
        };
        try (Questions questions = new Questions(Optional.of(broken), SMALL, 1_000)) {
            for (int i = 0; i < 20; i++) {
                questions.add(at(1, "text " + i, i), Asked.key(10 + i));
            }

            assertThat(texts(questions, 7)).contains("text 7");
        }
    }

    @Test
    void threads_that_add_and_remove_leave_nothing_behind() throws Exception {
        Provider provider = new Provider();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Questions questions = new Questions(Optional.of(provider), SMALL, 1_000)) {
            List<Future<?>> work = new java.util.ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int own = thread;
                work.add(threads.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        questions.add(Asked.embedded(i % 3, "text", 1, i), Asked.key(own * 1_000 + i));
                    }
                    for (int i = 0; i < 200; i++) {
                        questions.remove(Asked.key(own * 1_000 + i));
                    }
                }));
            }
            for (Future<?> done : work) {
                done.get();
            }

            assertThat(questions.size()).isZero();
            assertThat(questions.buckets()).isZero();
            until(() -> provider.open.get() == 0 && provider.held.get() == 0);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> texts(Questions questions, int at) {
        return questions.nearest(at(1, "x", at), 1).stream()
                .flatMap(found -> questions.kept(found.id()).stream())
                .map(Questions.Kept::text)
                .toList();
    }

    /** A question in a direction of its own. */
    private static SemanticCache.Embedded at(int bucket, String text, int direction) {
        double angle = direction * Math.PI / 200;
        return Asked.embedded(bucket, text, (float) Math.cos(angle), (float) Math.sin(angle));
    }

    /** The move runs on a thread of its own. */
    private static void until(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
            assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Lists behind the face of an index, counted. */
    private static final class Provider implements VectorIndexProvider {
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicInteger held = new AtomicInteger();

        @Override
        public String name() {
            return "counted";
        }

        @Override
        public VectorIndex create(int dimensions) {
            open.incrementAndGet();
            FlatIndex flat = new FlatIndex();
            return new VectorIndex() {
                @Override
                public void add(long id, float[] unit) {
                    flat.add(id, unit);
                    held.incrementAndGet();
                }

                @Override
                public void remove(long id) {
                    int before = flat.size();
                    flat.remove(id);
                    held.addAndGet(flat.size() - before);
                }

                @Override
                public List<Neighbour> nearest(float[] unit, int count) {
                    return flat.nearest(unit, count);
                }

                @Override
                public int size() {
                    return flat.size();
                }

                @Override
                public void close() {
                    held.addAndGet(-flat.size());
                    flat.close();
                    open.decrementAndGet();
                }
            };
        }
    }
}
