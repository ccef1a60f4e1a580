package dev.gateway4j.okhttp.internal.cache.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.okhttp.Gateway;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FalseHitsTest {
    /** The most that any embedder can say: everything is the same. */
    private static final Embedder ALL_THE_SAME = text -> new float[] {1};

    @Test
    void no_pair_that_is_hard_to_tell_apart_hits_whatever_the_embedder_says() {
        List<Pairs.Pair> pairs = Pairs.different();

        List<Pairs.Pair> hits = pairs.stream()
                .filter(pair -> HitRates.hits(pair, ALL_THE_SAME, 0.95))
                .toList();

        assertThat(hits).isEmpty();
        assertThat(pairs).hasSizeGreaterThanOrEqualTo(400).doesNotHaveDuplicates();
        assertThat(pairs.stream().map(Pairs.Pair::kind).collect(Collectors.toSet()))
                .contains(
                        "numbers",
                        "negation",
                        "names",
                        "dates",
                        "units",
                        "language",
                        "code",
                        "direction",
                        "punctuation",
                        "prepositions",
                        "articles",
                        "possessives",
                        "verbs",
                        "quantifiers",
                        "singular",
                        "synonyms",
                        "frames");
    }

    @Test
    void guards_let_a_quarter_of_the_pairs_through_that_ask_the_same() throws Exception {
        HitRates.Rate rate = HitRates.of(Pairs.alike(), ALL_THE_SAME, 0.95);

        assertThat(rate.pairs()).isGreaterThanOrEqualTo(100);
        assertThat(rate.hits()).isEqualTo(rate.let()).isGreaterThanOrEqualTo(rate.pairs() / 4);
    }

    @Test
    void the_rate_can_be_measured_with_any_embeddings_such_as_the_simulators() throws Exception {
        try (Gateway gateway = Gateway.builder()
                .environment("development")
                .mode(Mode.SIMULATED)
                .build()) {
            HitRates.Rate rate = HitRates.of(Pairs.alike(), HitRates.embedder(gateway, "text-embedding-3-small"), 0.95);

            assertThat(rate.near()).isPositive();
            assertThat(rate.hits()).isBetween(1, rate.let());
        }
    }
}
