package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheQuestion;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.spi.CacheStore;
import dev.gateway4j.okhttp.Gateway;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A second level that takes its time, and what happens in that time. */
@Timeout(60)
class SlowStoreTest {
    private final ManualTime time = ManualTime.standing();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Answers upstream = Answers.paris();

    @AfterEach
    void letGo() {
        goOn.countDown();
        callers.shutdown();
    }

    @Test
    void a_store_that_takes_its_time_to_keep_delays_no_answer() {
        Shelf slow = new Shelf() {
            @Override
            public void put(CacheEntryInfo info, byte[] entry) {
                House.await(goOn);
                super.put(info, entry);
            }
        };
        House house = house(slow);

        House.Answer answer = house.get(House.streamed("What?"));
        House.Answer again = house.get(House.streamed("What?"));
        boolean told = !slow.entries.isEmpty();
        goOn.countDown();

        assertThat(answer.body()).isEqualTo(String.join("", Answers.PARIS_STREAM));
        assertThat(again.cache()).startsWith("hit");
        assertThat(told).isFalse();
        slow.awaitPuts(1);
    }

    @Test
    void beyond_some_that_wait_for_the_store_it_is_told_of_no_more() {
        House house = house(new Shelf() {
            @Override
            public void put(CacheEntryInfo info, byte[] entry) {
                House.await(goOn);
            }
        });

        for (int i = 0; i < 70; i++) {
            house.get(House.plain("Question " + i));
        }

        House.await(() -> house.stats().storeFailures() == 6);
        assertThat(house.stats().entries()).isEqualTo(70);
    }

    @Test
    void what_is_forgotten_while_the_store_is_told_of_it_does_not_stay_there() {
        CountDownLatch removed = new CountDownLatch(2);
        Shelf slow = new Shelf() {
            @Override
            public void put(CacheEntryInfo info, byte[] entry) {
                reached.countDown();
                House.await(goOn);
                super.put(info, entry);
            }

            @Override
            public void invalidate(CacheKey key) {
                super.invalidate(key);
                removed.countDown();
            }
        };
        House house = house(slow);
        CompletableFuture<House.Answer> asking = ask(house, House.plain("What?"));
        House.await(reached);

        house.gateway.cache().invalidate(key(house));
        goOn.countDown();
        asking.join();

        House.await(removed);
        assertThat(slow.entries).isEmpty();
        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");
    }

    @Test
    void what_is_forgotten_while_somebody_reads_it_does_not_come_back() {
        Shelf shelf = new Shelf();
        house(shelf).get(House.plain("What?"));
        shelf.awaitPuts(1);
        CountDownLatch read = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        CompletableFuture<CompletableFuture<House.Answer>> reading = new CompletableFuture<>();
        House[] reader = new House[1];
        reader[0] = house(new Shelf() {
            @Override
            public Optional<byte[]> get(CacheKey key) {
                Optional<byte[]> bytes = shelf.get(key);
                if (first.getAndSet(false)) {
                    read.countDown();
                    House.await(goOn);
                }
                return bytes;
            }

            @Override
            public void invalidate(CacheKey key) {
                reading.complete(ask(reader[0], House.plain("What?"))); // after it was counted, and before it is gone
                House.await(read);
                shelf.invalidate(key);
            }
        });

        reader[0].gateway.cache().invalidate(key(reader[0]));
        goOn.countDown();
        reading.join().join();

        assertThat(reader[0].get(House.plain("What?")).cache()).startsWith("miss");
    }

    @Test
    void what_a_store_failed_to_forget_is_not_used() {
        Shelf stubborn = new Shelf() {
            @Override
            public void invalidate(CacheKey key) {
                throw new IllegalStateException("down");
            }
        };
        House house = house(stubborn);
        house.get(House.plain("What?"));
        house.get(House.plain("Else?"));
        stubborn.awaitPuts(2);

        house.gateway.cache().invalidate(key(house));
        time.advance(Duration.ofSeconds(1));

        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");
        stubborn.awaitPuts(3);
        assertThat(house.get(House.plain("Else?")).cache()).startsWith("hit");
        assertThat(house.get(House.plain("What?")).cache()).startsWith("hit");
    }

    @Test
    void what_was_forgotten_long_ago_does_not_come_back_after_much_else_was() {
        Shelf blind = new Shelf() {
            @Override
            public void invalidateIf(Predicate<CacheEntryInfo> condition) {
                throw new UnsupportedOperationException();
            }
        };
        House house = house(blind);
        Request acme = House.with(House.plain("What?"), "X-Gateway-Tenant", "acme");
        house.get(acme);
        blind.awaitPuts(1);
        house.gateway.cache().invalidateTenant("acme");
        time.advance(Duration.ofSeconds(1));

        for (int i = 0; i < 200; i++) {
            house.gateway.cache().invalidateTenant("other-" + i);
        }
        time.advance(Duration.ofSeconds(1));

        assertThat(house.get(acme).cache()).startsWith("miss");
        blind.awaitPuts(2);
        assertThat(house.get(acme).cache()).startsWith("hit");
    }

    @Test
    void an_answer_that_lands_between_look_up_and_boarding_is_given() {
        AtomicBoolean first = new AtomicBoolean(true);
        House house = house(new Shelf() {
            @Override
            public Optional<byte[]> get(CacheKey key) {
                if (first.getAndSet(false)) {
                    reached.countDown();
                    House.await(goOn);
                }
                return Optional.empty();
            }
        });
        CompletableFuture<House.Answer> late = ask(house, House.streamed("What?"));
        House.await(reached);

        House.Answer early = house.get(House.plain("What?"));
        goOn.countDown();

        assertThat(early.cache()).isEqualTo("miss");
        assertThat(late.join().cache()).isEqualTo("hit; age=0");
        assertThat(late.join().body()).endsWith("data: [DONE]\n\n");
        assertThat(late.join().report().usage()).contains(Usage.of(0, 0));
        assertThat(late.join().report().cost()).isEqualTo(Cost.NOTHING);
        assertThat(late.join().outcome().saved()).contains(Usage.of(14, 2));
        assertThat(house.stats().count(CacheStatus.HIT)).isEqualTo(1);
        assertThat(upstream.asked()).hasSize(1);
    }

    private CompletableFuture<House.Answer> ask(House house, Request request) {
        return CompletableFuture.supplyAsync(() -> house.get(request), callers);
    }

    private static CacheKey key(House house) {
        return house.gateway
                .cache()
                .keyOf(CacheQuestion.of("/v1/chat/completions", House.question("What?")))
                .orElseThrow();
    }

    private House house(CacheStore store) {
        return new House(Gateway.builder()
                .config(House.simulated(CacheConfig.defaults()))
                .time(time)
                .standIn(upstream)
                .cacheStore(store));
    }
}
