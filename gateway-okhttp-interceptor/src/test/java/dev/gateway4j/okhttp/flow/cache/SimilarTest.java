package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.SemanticConfig;
import dev.gateway4j.api.config.SemanticConfig.EmbedderKind;
import dev.gateway4j.api.config.SemanticConfig.Mode;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.okhttp.Gateway;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers to similar questions. */
@Timeout(60)
class SimilarTest {
    private static final String FIRST = "What is the capital of France?";
    private static final String SIMILAR = "What's the capital of France?";
    private static final String OTHER = "How do I bake bread?";

    private final ManualTime time = ManualTime.standing();
    private final AtomicInteger count = new AtomicInteger();
    private final Answers upstream = Answers.by(
            request -> Answers.json(request, 200, Answers.chat("Number " + count.incrementAndGet(), "stop")));

    @Test
    void a_similar_question_gets_the_answer_and_says_so() {
        House house = house(settings(Mode.SERVE, 0), SimilarTest::vector);
        house.get(House.plain(FIRST));
        time.advance(Duration.ofSeconds(12));

        House.Answer similar = house.get(House.plain(SIMILAR));

        assertThat(similar.cache()).startsWith("semantic; similarity=0.9").endsWith("; age=12");
        assertThat(similar.body()).contains("Number 1");
        assertThat(similar.headers().get("x-gateway-source")).isEqualTo("cache");
        assertThat(similar.headers().get("x-gateway-cost-usd")).isEqualTo("0");
        assertThat(similar.report().source()).isEqualTo(Source.CACHE);
        assertThat(similar.report().usage()).contains(Usage.of(0, 0));
        assertThat(similar.report().modelServed()).contains("gpt-4o-mini-2024-07-18");
        assertThat(similar.outcome().saved()).contains(Usage.of(14, 2));
        assertThat(similar.outcome().status()).isEqualTo(CacheStatus.SEMANTIC);
        assertThat(house.stats().semantic().hits()).isEqualTo(1);
        assertThat(house.stats().semantic().vectors()).isEqualTo(1);
        assertThat(house.get(House.plain(OTHER)).cache()).isEqualTo("miss");
    }

    @Test
    void a_similar_question_in_another_form_gets_that_form() {
        House house = house(settings(Mode.SERVE, 0), SimilarTest::vector);
        house.get(House.plain(FIRST));

        House.Answer stream = house.get(House.streamed(SIMILAR));

        assertThat(stream.cache()).startsWith("semantic");
        assertThat(stream.body()).startsWith("data: ").endsWith("data: [DONE]\n\n");
    }

    @Test
    void tenants_share_no_similar_answers() {
        House house = house(settings(Mode.SERVE, 0), SimilarTest::vector);
        house.get(tenant(House.plain(FIRST), "acme"));

        assertThat(house.get(tenant(House.plain(SIMILAR), "globex")).cache()).isEqualTo("miss");
        assertThat(house.get(House.plain(SIMILAR)).cache()).isEqualTo("miss");
        assertThat(house.get(tenant(House.plain(SIMILAR), "acme")).cache())
                .as("control")
                .startsWith("semantic");
    }

    @Test
    void exact_takes_no_similar_answer() {
        House house = house(settings(Mode.SERVE, 0), SimilarTest::vector);
        house.get(House.plain(FIRST));

        assertThat(house.get(House.policy(House.plain(SIMILAR), "exact")).cache())
                .isEqualTo("miss");
    }

    @Test
    void an_answer_that_is_forgotten_is_found_by_no_similar_question() {
        House house = house(settings(Mode.SERVE, 0), SimilarTest::vector);
        house.get(House.plain(FIRST));

        house.gateway.cache().invalidateAll();

        assertThat(house.stats().semantic().vectors()).isZero();
        assertThat(house.get(House.plain(SIMILAR)).cache()).isEqualTo("miss");
    }

    @Test
    void an_answer_that_is_over_is_given_to_no_similar_question() {
        House house = house(settings(Mode.SERVE, 0), SimilarTest::vector);
        house.get(House.plain(FIRST));
        time.advance(Duration.ofHours(1));

        assertThat(house.get(House.plain(SIMILAR)).cache()).isEqualTo("miss");
    }

    @Test
    void an_embedder_that_fails_fails_no_call() {
        House house = house(settings(Mode.SERVE, 0), text -> {
            throw new IllegalStateException("down");
        });

        assertThat(house.get(House.plain(FIRST)).cache()).isEqualTo("miss");
        assertThat(house.get(House.plain(SIMILAR)).cache()).isEqualTo("miss");
        assertThat(house.get(House.plain(FIRST)).cache()).startsWith("hit");
        assertThat(house.stats().semantic().failures()).isEqualTo(2);
    }

    @Test
    void in_shadow_nothing_is_given_and_everything_is_measured() {
        House house = house(settings(Mode.SHADOW, 1), SimilarTest::vector);
        house.get(House.plain(FIRST));

        House.Answer shadowed = house.get(House.plain(SIMILAR));

        assertThat(shadowed.cache()).isEqualTo("miss");
        assertThat(shadowed.body()).contains("Number 2");
        await(() -> house.stats().semantic().sampled() == 1);
        assertThat(house.stats().semantic().wrong()).as("1 is not 2").isEqualTo(1);
        assertThat(house.stats().semantic().errorRate()).isEqualTo(1);
    }

    @Test
    void in_shadow_only_the_sample_is_compared() {
        House house = house(settings(Mode.SHADOW, 0), SimilarTest::vector);
        house.get(House.plain(FIRST));

        House.Answer shadowed = house.get(House.plain(SIMILAR));

        assertThat(shadowed.cache()).isEqualTo("miss");
        house.gateway.close();
        assertThat(house.stats().semantic().hits()).isEqualTo(1);
        assertThat(house.stats().semantic().sampled()).isZero();
    }

    @Test
    void a_sample_is_asked_again_after_the_answer_was_given() {
        House house = house(settings(Mode.SERVE, 1), SimilarTest::vector);
        house.get(House.plain(FIRST));

        House.Answer similar = house.get(House.plain(SIMILAR));

        assertThat(similar.cache()).startsWith("semantic");
        await(() -> house.stats().semantic().sampled() == 1);
        assertThat(house.stats().semantic().wrong()).isEqualTo(1);
        assertThat(upstream.asked()).hasSize(2);
        assertThat(house.get(House.plain(SIMILAR)).cache())
                .as("now it has an answer of its own")
                .startsWith("hit");
    }

    @Test
    void the_gateway_embeds_by_a_call_of_its_own_that_is_paid_for() {
        Answers both = Answers.by(request -> request.endpoint().equals("/v1/embeddings")
                ? Answers.json(
                        request,
                        200,
                        "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.6,0.8]}],"
                                + "\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":9000,\"total_tokens\":9000}}")
                : Answers.json(request, 200, Answers.PARIS));
        SemanticConfig usual = SemanticConfig.defaults();
        House house = new House(Gateway.builder()
                .config(House.simulated(Configs.semantic(usual)))
                .time(time)
                .standIn(both));
        house.get(House.plain(FIRST));

        House.Answer similar = house.get(House.plain(SIMILAR));

        assertThat(similar.cache()).startsWith("semantic; similarity=1.00");
        assertThat(house.stats().semantic().embeddingUsd()).isPositive();
        assertThat(house.stats().netUsd())
                .isEqualTo(house.stats()
                        .savings()
                        .usd()
                        .subtract(house.stats().semantic().embeddingUsd()));
        assertThat(house.reports().stream().map(CallReport::endpoint)).contains("/v1/embeddings");
    }

    private static SemanticConfig settings(Mode mode, double sample) {
        SemanticConfig usual = SemanticConfig.defaults();
        return new SemanticConfig(
                mode,
                0.9,
                EmbedderKind.OWN,
                usual.model(),
                Optional.empty(),
                Duration.ofSeconds(10),
                usual.maxTurns(),
                usual.maxCharacters(),
                sample);
    }

    private House house(SemanticConfig semantic, Embedder embedder) {
        return new House(Gateway.builder()
                .config(House.simulated(Configs.semantic(semantic)))
                .time(time)
                .standIn(upstream)
                .embedder(embedder));
    }

    /** Texts about capitals point one way, all others another. */
    private static float[] vector(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("capital")
                ? new float[] {1, lower.contains("what's") ? 0.2f : 0, 0}
                : new float[] {0, 0, 1 + lower.length()};
    }

    private static Request tenant(Request request, String name) {
        return House.with(request, "X-Gateway-Tenant", name);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
