package dev.gateway4j.okhttp.internal.cache.shape;

import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.CHAT;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.EVENTS;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.STREAM_WITH_USAGE;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.okhttp.internal.cache.shape.EntryCodec.Entry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
    private static final Entry ENTRY = new Entry(
            new CacheEntryInfo(
                    CacheKey.of(new byte[32]),
                    "staging",
                    Optional.of("ämter"),
                    Optional.empty(),
                    Optional.of("glossary"),
                    CHAT,
                    Optional.of("gpt-4o-mini"),
                    Optional.of("gpt-4o-mini-2024-07-18"),
                    Instant.ofEpochSecond(1_700_000_000, 5),
                    Instant.ofEpochSecond(1_700_003_600),
                    Instant.MAX,
                    1234,
                    Optional.of(new Usage(14, 4, 1, 2, 1)),
                    "7f3a"),
            stored(CHAT, EVENTS, STREAM_WITH_USAGE));

    @Test
    void an_entry_comes_back_as_it_was() {
        Entry back = EntryCodec.decode(EntryCodec.encode(ENTRY)).orElseThrow();

        assertThat(back.info()).isEqualTo(ENTRY.info());
        assertThat(back.answer()).usingRecursiveComparison().isEqualTo(ENTRY.answer());
    }

    @Test
    void a_flipped_bit_anywhere_makes_it_no_entry() {
        byte[] bytes = EntryCodec.encode(ENTRY);

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(EntryCodec.decode(bytes)).as("bit %s", bit).isEmpty();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(EntryCodec.decode(bytes)).isPresent();
    }

    @Test
    void cut_or_lengthened_bytes_are_no_entry() {
        byte[] bytes = EntryCodec.encode(ENTRY);

        for (int length = 0; length < bytes.length + 40; length++) {
            if (length != bytes.length) {
                assertThat(EntryCodec.decode(Arrays.copyOf(bytes, length)))
                        .as("length %s", length)
                        .isEmpty();
            }
        }
    }

    @Test
    void another_version_is_no_entry_even_if_its_check_is_right() {
        byte[] bytes = EntryCodec.encode(ENTRY);
        bytes[4] = 2;

        assertThat(EntryCodec.decode(checked(bytes))).isEmpty();
    }

    /** The check is put right after the damage, so that every field meets nonsense; lengths of gigabytes among it. */
    @Test
    void nonsense_with_a_right_check_neither_throws_nor_takes_memory() {
        Random random = new Random(17);
        byte[] bytes = EntryCodec.encode(ENTRY);
        int read = 0;

        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = bytes.clone();
            int where = random.nextInt(round % 2 == 0 ? 300 : bytes.length - 8);
            ByteBuffer.wrap(damaged).putInt(where, nonsense(random));
            Optional<Entry> entry = EntryCodec.decode(checked(damaged));
            read += entry.isPresent() ? 1 : 0;
            entry.ifPresent(odd -> assertThat(odd.answer().ends()[odd.answer().ends().length - 1])
                    .isEqualTo(odd.answer().body().length));
        }

        assertThat(read)
                .as("damage inside texts and the body is not seen without the check")
                .isBetween(1, 19_999);
    }

    private static int nonsense(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.MAX_VALUE;
            case 1 -> Integer.MIN_VALUE;
            case 2 -> random.nextInt(1 << 20);
            default -> random.nextInt();
        };
    }

    @Test
    void random_bytes_are_no_entry() {
        Random random = new Random(4);

        for (int round = 0; round < 10_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThat(EntryCodec.decode(bytes)).isEmpty();
        }
    }

    private static byte[] checked(byte[] bytes) {
        int length = bytes.length - Integer.BYTES;
        ByteBuffer.wrap(bytes).putInt(length, EntryCodec.checkOf(bytes, length));
        return bytes;
    }
}
