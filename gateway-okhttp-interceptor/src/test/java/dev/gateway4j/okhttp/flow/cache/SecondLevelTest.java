package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.spi.CacheStore;
import dev.gateway4j.okhttp.Gateway;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A second level that several gateways share. */
@Timeout(60)
class SecondLevelTest {
    private final ManualTime time = ManualTime.standing();
    private final Shelf shelf = new Shelf();

    @Test
    void what_one_gateway_was_answered_another_gives() {
        Answers firsts = Answers.paris();
        Answers seconds = Answers.paris();
        House first = house(firsts, shelf);
        House second = house(seconds, shelf);
        first.get(House.streamedWithUsage("What?"));
        shelf.awaitPuts(1);
        time.advance(Duration.ofSeconds(90));

        House.Answer plain = second.get(House.plain("What?"));
        House.Answer stream = second.get(House.streamedWithUsage("What?"));

        assertThat(plain.cache()).isEqualTo("hit; age=90");
        assertThat(plain.body()).contains("Paris.");
        assertThat(stream.body()).isEqualTo(String.join("", Answers.PARIS_STREAM));
        assertThat(seconds.asked()).isEmpty();
        assertThat(shelf.reads.get()).as("the second time from memory").isEqualTo(2);
    }

    @Test
    void what_is_damaged_is_a_miss_at_every_byte() {
        house(Answers.paris(), shelf).get(House.plain("What?"));
        shelf.awaitPuts(1);
        byte[] entry = shelf.entries.values().iterator().next().clone();

        int puts = 1;
        for (int i = 0; i < entry.length; i += 7) {
            byte[] damaged = entry.clone();
            damaged[i] ^= 0x20;
            shelf.entries.replaceAll((key, old) -> damaged);
            House reader = house(Answers.paris(), shelf);

            assertThat(reader.get(House.plain("What?")).cache())
                    .as("damaged at %s", i)
                    .startsWith("miss");
            assertThat(reader.stats().unreadable()).isEqualTo(1);
            shelf.awaitPuts(++puts);
        }
    }

    @Test
    void what_is_cut_is_a_miss() {
        house(Answers.paris(), shelf).get(House.plain("What?"));
        shelf.awaitPuts(1);
        byte[] entry = shelf.entries.values().iterator().next();

        int puts = 1;
        for (int length : new int[] {0, 1, 10, entry.length / 2, entry.length - 1}) {
            shelf.entries.replaceAll((key, old) -> java.util.Arrays.copyOf(entry, length));

            assertThat(house(Answers.paris(), shelf).get(House.plain("What?")).cache())
                    .startsWith("miss");
            shelf.awaitPuts(++puts);
        }
    }

    @Test
    void an_entry_under_a_key_that_is_not_its_own_is_a_miss() {
        House house = house(Answers.paris(), shelf);
        house.get(House.plain("What?"));
        shelf.awaitPuts(1);
        byte[] entry = shelf.entries.values().iterator().next();
        Shelf swapped = new Shelf() {
            @Override
            public Optional<byte[]> get(CacheKey key) {
                return Optional.of(entry);
            }
        };

        House reader = house(Answers.paris(), swapped);

        assertThat(reader.get(House.plain("What?")).cache()).startsWith("hit");
        assertThat(reader.get(House.plain("Else?")).cache()).startsWith("miss");
        assertThat(reader.stats().unreadable()).isEqualTo(1);
    }

    @Test
    void what_is_over_is_a_miss() {
        house(Answers.paris(), shelf).get(House.plain("What?"));
        shelf.awaitPuts(1);
        time.advance(Duration.ofHours(1));

        assertThat(house(Answers.paris(), shelf).get(House.plain("What?")).cache())
                .isEqualTo("miss");
    }

    @Test
    void a_store_that_fails_fails_no_call() {
        CacheStore broken = new CacheStore() {
            @Override
            public Optional<byte[]> get(CacheKey key) {
                throw new IllegalStateException("down");
            }

            @Override
            public void put(CacheEntryInfo info, byte[] entry) {
                throw new IllegalStateException("down");
            }

            @Override
            public void invalidate(CacheKey key) {
                throw new IllegalStateException("down");
            }

            @Override
            public void invalidateIf(Predicate<CacheEntryInfo> condition) {
                throw new IllegalStateException("down");
            }

            @Override
            public void close() {
                throw new IllegalStateException("down");
            }
        };
        House house = house(Answers.paris(), broken);

        House.Answer miss = house.get(House.plain("What?"));
        House.Answer hit = house.get(House.plain("What?"));

        assertThat(miss.status()).isEqualTo(200);
        assertThat(miss.body()).isEqualTo(Answers.PARIS);
        assertThat(hit.cache()).startsWith("hit");
        House.await(() -> house.stats().storeFailures() == 2);
        house.gateway.cache().invalidateAll();
        assertThat(house.stats().storeFailures()).isEqualTo(3);
        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");
        house.gateway.close();
    }

    @Test
    void a_store_whose_client_library_is_missing_fails_no_call() {
        Shelf broken = new Shelf() {
            @Override
            public Optional<byte[]> get(CacheKey key) {
                throw new NoClassDefFoundError("client/Connection");
            }

            @Override
            public void put(CacheEntryInfo info, byte[] entry) {
                throw new NoClassDefFoundError("client/Connection");
            }

            @Override
            public void invalidate(CacheKey key) {
                throw new NoClassDefFoundError("client/Connection");
            }
        };
        House house = house(Answers.paris(), broken);

        House.Answer miss = house.get(House.plain("What?"));

        assertThat(miss.status()).isEqualTo(200);
        assertThat(house.get(House.plain("What?")).cache()).startsWith("hit");
        House.await(() -> house.stats().storeFailures() == 2);
        house.gateway.cache().invalidate(miss.outcome().key().orElseThrow());
        assertThat(house.stats().storeFailures()).isEqualTo(3);
    }

    @Test
    void what_was_to_be_forgotten_does_not_come_back_from_a_store_that_cannot_look() {
        Shelf blind = new Shelf() {
            @Override
            public void invalidateIf(Predicate<CacheEntryInfo> condition) {
                throw new UnsupportedOperationException();
            }
        };
        House house = house(Answers.paris(), blind);
        house.get(House.with(House.plain("What?"), "X-Gateway-Tenant", "acme"));
        house.get(House.with(House.plain("What?"), "X-Gateway-Tenant", "globex"));
        blind.awaitPuts(2);

        house.gateway.cache().invalidateTenant("acme");
        time.advance(Duration.ofSeconds(1));

        assertThat(house.get(House.with(House.plain("What?"), "X-Gateway-Tenant", "acme"))
                        .cache())
                .startsWith("miss");
        assertThat(house.get(House.with(House.plain("What?"), "X-Gateway-Tenant", "globex"))
                        .cache())
                .startsWith("hit");
        assertThat(house.stats().count(CacheStatus.HIT)).isEqualTo(1);
    }

    @Test
    void the_gateway_closes_the_store_once() {
        House house = house(Answers.paris(), shelf);

        house.gateway.close();
        house.gateway.close();

        assertThat(shelf.closed.get()).isEqualTo(1);
    }

    @Test
    void a_batch_asks_a_store_that_fails_only_once() {
        Shelf broken = new Shelf() {
            @Override
            public Optional<byte[]> get(CacheKey key) {
                reads.incrementAndGet();
                throw new IllegalStateException("down");
            }
        };
        House house = house(Answers.paris(), broken);

        House.Answer answer = house.get(House.post(
                "https://api.openai.com/v1/embeddings",
                "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\",\"c\",\"d\"]}"));

        assertThat(answer.cache()).isEqualTo("miss");
        assertThat(broken.reads).hasValue(1);
    }

    private House house(Answers upstream, CacheStore store) {
        return new House(Gateway.builder()
                .config(House.simulated(CacheConfig.defaults()))
                .time(time)
                .standIn(upstream)
                .cacheStore(store));
    }
}
