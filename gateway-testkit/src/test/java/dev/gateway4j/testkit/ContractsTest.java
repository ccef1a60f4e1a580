package dev.gateway4j.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.spi.CacheStore;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.KeySource;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.VectorIndex;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** An exam that nobody can fail proves nothing: each broken implementation fails the question it breaks. */
class ContractsTest {
    @Test
    void a_stand_in_that_moves_the_clock_fails() {
        StandInContract exam = exam(request -> reply(request, end(0)));
        StandInContract moving = new StandInContract() {
            @Override
            protected StandIn standIn(TimeSource time) {
                ((ManualTime) time).advance(Duration.ofSeconds(1));
                return request -> reply(request, end(0));
            }
        };

        exam.it_answers_and_hands_out_frames_without_waiting();
        assertThatThrownBy(moving::it_answers_and_hands_out_frames_without_waiting)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void a_stand_in_whose_dues_go_backwards_fails() {
        StandInContract exam = exam(request -> {
            long now = request.arrivedNanos();
            return reply(request, new Frame.Chunk(now + 2, new byte[1]), end(now + 1));
        });

        assertThatThrownBy(exam::nothing_is_due_before_the_request_arrived_or_before_the_frame_before_it)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("due before the last one");
    }

    @Test
    void a_stand_in_whose_end_does_not_repeat_fails() {
        StandInContract exam = exam(request -> reply(request, new Frames() {
            private int count;

            @Override
            public Frame next() {
                return end(count++);
            }

            @Override
            public void close() {}
        }));

        assertThatThrownBy(exam::the_last_frame_is_the_only_one_that_ends_and_it_repeats)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("did not repeat");
    }

    @Test
    void a_stand_in_that_hands_out_empty_chunks_fails() {
        StandInContract exam = exam(request -> reply(request, new Frame.Chunk(0, new byte[0]), end(0)));

        assertThatThrownBy(exam::no_chunk_is_empty).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_stand_in_that_scribbles_on_the_body_fails() {
        StandInContract exam = exam(request -> {
            if (request.body().length > 0) {
                request.body()[0]++;
            }
            return reply(request, end(0));
        });

        assertThatThrownBy(exam::it_leaves_the_body_of_the_request_alone).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_stand_in_that_throws_at_malformed_requests_fails() {
        StandInContract exam = exam(request -> {
            throw new IllegalArgumentException("not JSON");
        });

        assertThatThrownBy(exam::a_malformed_request_is_answered_and_throws_nothing)
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_price_book_that_is_free_where_it_has_no_price_fails() {
        PriceBookContract exam = new PriceBookContract() {
            @Override
            protected PriceBook priceBook() {
                return (model, usage, at) -> Cost.NOTHING;
            }

            @Override
            protected String knownModel() {
                return "sample";
            }
        };

        assertThatThrownBy(exam::a_model_without_a_price_costs_an_unknown_amount_and_never_nothing)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(exam::some_usage_costs_something).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_key_source_that_hands_out_its_own_list_fails() {
        KeySourceContract exam = new KeySourceContract() {
            @Override
            protected KeySource keySource() {
                List<UpstreamKey> own =
                        new ArrayList<>(new SampleKeySourceTest().keySource().keys("staging"));
                return environment -> own;
            }

            @Override
            protected String environment() {
                return "staging";
            }
        };

        assertThatThrownBy(exam::nobody_can_change_the_list_of_keys).isInstanceOf(AssertionError.class);
        assertThatThrownBy(exam::another_environment_gets_none_of_these_keys).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_cache_store_that_forgets_nothing_or_mixes_keys_up_fails() {
        CacheStoreContract exam = store(new CacheStore() {
            private byte[] last = new byte[0];

            @Override
            public Optional<byte[]> get(CacheKey key) {
                return Optional.of(last);
            }

            @Override
            public void put(CacheEntryInfo info, byte[] entry) {
                last = entry;
            }

            @Override
            public void invalidate(CacheKey key) {}

            @Override
            public void invalidateIf(Predicate<CacheEntryInfo> condition) {}
        });

        assertThatThrownBy(exam::what_was_never_put_is_not_there).isInstanceOf(AssertionError.class);
        assertThatThrownBy(exam::keys_that_differ_in_their_last_bit_are_different)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(exam::what_is_invalidated_is_gone_and_nothing_else).isInstanceOf(AssertionError.class);
        assertThatThrownBy(exam::it_forgets_by_what_is_known_or_says_that_it_cannot)
                .isInstanceOf(AssertionError.class);
    }

    private static CacheStoreContract store(CacheStore store) {
        return new CacheStoreContract() {
            @Override
            protected CacheStore store() {
                return store;
            }
        };
    }

    @Test
    void a_recorder_that_turns_the_order_round_or_saves_late_fails() {
        List<String> turned = new ArrayList<>();
        RecorderContract exam = recorder(turned::add, turned);
        List<String> never = new ArrayList<>();
        RecorderContract forgetful = recorder(body -> {}, never);

        assertThatThrownBy(exam::exchanges_of_one_name_stand_in_the_order_in_which_they_were_opened)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(forgetful::an_answer_is_saved_as_it_was_delivered_when_its_end_returns)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("what was saved when end returned");
        assertThatThrownBy(exam::a_request_it_cannot_record_is_objected_to_and_throws_nothing)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no objection");
    }

    @Test
    void a_recorder_that_keeps_shared_arrays_fails() {
        List<String> saved = new ArrayList<>();
        RecorderContract exam = recorder(saved::add, saved);

        assertThatThrownBy(exam::it_keeps_no_array_and_changes_none).isInstanceOf(AssertionError.class);
    }

    @Test
    void an_embedder_that_shares_its_array_or_says_nothing_fails() {
        float[] shared = new float[8];
        EmbedderContract sharing = embedder(text -> {
            Arrays.fill(shared, 0);
            shared[Math.abs(text.hashCode() % 8)] = 1;
            return shared;
        });
        EmbedderContract constant = embedder(text -> new float[] {1, 0});
        EmbedderContract empty = embedder(text -> new float[8]);

        assertThatThrownBy(sharing::nobody_shares_an_array).isInstanceOf(AssertionError.class);
        assertThatThrownBy(constant::similar_texts_are_nearer_than_others).isInstanceOf(AssertionError.class);
        assertThatThrownBy(empty::every_vector_has_the_same_length_and_a_direction)
                .isInstanceOf(AssertionError.class);
    }

    private static EmbedderContract embedder(Embedder embedder) {
        return new EmbedderContract() {
            @Override
            protected Embedder embedder() {
                return embedder;
            }
        };
    }

    @Test
    void an_index_that_only_hides_what_was_added_fails() {
        VectorIndexContract exam = new VectorIndexContract() {
            @Override
            protected VectorIndex index(int dimensions) {
                return new Forgetful();
            }
        };

        exam.nothing_is_found_where_nothing_is();
        assertThatThrownBy(exam::what_was_added_is_found_with_its_cosine_and_nearest_first)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(exam::an_id_is_added_once).isInstanceOf(AssertionError.class);
    }

    /** Finds nothing, ever. */
    private static final class Forgetful implements VectorIndex {
        private int size;

        @Override
        public void add(long id, float[] unit) {
            size++;
        }

        @Override
        public void remove(long id) {}

        @Override
        public List<Neighbour> nearest(float[] unit, int count) {
            return List.of();
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public void close() {}
    }

    /** Keeps whole arrays, whoever they belong to, and objects to nothing. */
    private static RecorderContract recorder(Consumer<String> saving, List<String> saved) {
        return new RecorderContract() {
            @Override
            protected Recorder recorder(TimeSource time) {
                return request -> new Recorder.Recording() {
                    private final List<byte[]> arrays = new ArrayList<>();

                    @Override
                    public void head(int status, WireHeaders headers, long atNanos) {}

                    @Override
                    public void chunk(byte[] bytes, int offset, int length, long atNanos) {
                        arrays.add(bytes);
                    }

                    @Override
                    public void end(Ending ending, boolean delivered, long atNanos) {
                        StringBuilder body = new StringBuilder();
                        arrays.forEach(bytes -> body.append(new String(bytes, StandardCharsets.UTF_8)));
                        saving.accept(body.toString());
                    }
                };
            }

            @Override
            protected List<String> saved(String name) {
                return List.copyOf(saved);
            }
        };
    }

    private static StandInContract exam(StandIn standIn) {
        return new StandInContract() {
            @Override
            protected StandIn standIn(TimeSource time) {
                return standIn;
            }
        };
    }

    private static WireReply reply(WireRequest request, Frame... frames) {
        return reply(request, Frames.of(List.of(frames)));
    }

    private static WireReply reply(WireRequest request, Frames frames) {
        return new WireReply(200, WireHeaders.empty(), request.arrivedNanos(), frames);
    }

    private static Frame.End end(long dueNanos) {
        return new Frame.End(dueNanos, WireHeaders.empty());
    }
}
