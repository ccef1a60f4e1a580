package dev.gateway4j.okhttp.internal.cache.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.cache.CacheKey;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Taking a batch apart costs about what reading it costs. */
class LargeBatchTest {
    private final AtomicLong digested = new AtomicLong();
    private final Identities identities =
            new Identities(Ask.config(Caches.usual()), () -> new Counting(KeyDigest.sha(), digested));

    @Test
    void what_stands_beside_the_inputs_is_digested_once_for_all_of_them() {
        Ask batch = batch(2_048, "x".repeat(500_000));
        Identity identity = batch.identity(identities);
        digested.set(0);

        List<CacheKey> keys = identities.inputs(batch.facts(), identity);

        assertThat(new HashSet<>(keys)).hasSize(2_048);
        assertThat(digested.get()).isBetween(500_000L, 700_000L);
    }

    @Test
    void more_inputs_than_an_upstream_takes_are_passed_by() {
        assertThat(batch(2_049, "u").reason(identities)).isEqualTo("too many inputs");
        assertThat(batch(2_048, "u").reason(identities)).isEmpty();
        assertThat(embeddings(numbers(3_000), "u").reason(identities))
                .as("one text in tokens")
                .isEmpty();
    }

    @Test
    void an_input_of_a_batch_has_the_key_it_has_alone() {
        Ask batch = batch(3, "u");

        assertThat(identities.inputs(batch.facts(), batch.identity(identities)).get(1))
                .isEqualTo(embeddings("\"1\"", "u").key(identities))
                .isEqualTo(embeddings("[\"1\"]", "u").key(identities))
                .isNotEqualTo(embeddings("\"1\"", "v").key(identities));
    }

    private static Ask batch(int inputs, String user) {
        String texts =
                IntStream.range(0, inputs).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(",", "[", "]"));
        return embeddings(texts, user);
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    private static Ask embeddings(String input, String user) {
        return Ask.at("/v1/embeddings", "{\"model\":\"e\",\"input\":" + input + ",\"user\":\"" + user + "\"}");
    }

    private static final class Counting extends MessageDigest {
        private final MessageDigest sha;
        private final AtomicLong count;

        Counting(MessageDigest sha, AtomicLong count) {
            super(sha.getAlgorithm());
            this.sha = sha;
            this.count = count;
        }

        @Override
        protected void engineUpdate(byte input) {
            count.incrementAndGet();
            sha.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            count.addAndGet(length);
            sha.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            return sha.digest();
        }

        @Override
        protected void engineReset() {
            sha.reset();
        }
    }
}
