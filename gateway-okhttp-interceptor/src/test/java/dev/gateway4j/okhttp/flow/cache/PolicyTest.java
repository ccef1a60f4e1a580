package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.cache.CachePolicy;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.CacheConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one call may ask of the cache. */
@Timeout(60)
class PolicyTest {
    private final ManualTime time = ManualTime.standing();
    private final AtomicInteger count = new AtomicInteger();
    private final Answers upstream = Answers.by(
            request -> Answers.json(request, 200, Answers.chat("Number " + count.incrementAndGet(), "stop")));
    private final House house = new House(CacheConfig.defaults(), time, upstream);

    @Test
    void no_store_neither_looks_nor_keeps() {
        house.get(House.plain("What?"));

        House.Answer unstored = house.get(House.policy(House.plain("What?"), "no-store"));

        assertThat(unstored.cache()).isEqualTo("bypass; reason=no-store");
        assertThat(unstored.body()).contains("Number 2");
        assertThat(house.get(House.plain("What?")).body()).contains("Number 1");
        assertThat(house.get(House.policy(House.plain("Else?"), "no-store")).cache())
                .startsWith("bypass");
        assertThat(house.get(House.plain("Else?")).cache()).startsWith("miss");
    }

    @Test
    void what_is_asked_of_the_simulator_is_not_answered_from_the_cache() {
        house.get(House.plain("What?"));
        Request faulty = House.with(House.plain("What?"), "X-Gateway-Sim", "fault=500");

        House.Answer asked = house.get(faulty);

        assertThat(asked.cache()).isEqualTo("bypass; reason=asks the simulator for something");
        assertThat(upstream.asked()).hasSize(2);
        assertThat(house.get(House.plain("What?")).body()).contains("Number 1");
    }

    @Test
    void refresh_asks_anew_and_replaces_what_is_kept() {
        house.get(House.plain("What?"));

        House.Answer fresh = house.get(House.policy(House.plain("What?"), "refresh"));

        assertThat(fresh.cache()).isEqualTo("refresh");
        assertThat(fresh.outcome().status()).isEqualTo(CacheStatus.REFRESH);
        assertThat(fresh.body()).contains("Number 2");
        assertThat(house.get(House.plain("What?")).body()).contains("Number 2");
        assertThat(house.stats().entries()).isEqualTo(1);
    }

    @Test
    void only_if_cached_asks_nobody() {
        House.Answer missed = house.get(House.policy(House.plain("What?"), "only-if-cached"));

        assertThat(missed.status()).isEqualTo(504);
        assertThat(missed.body()).contains("gateway_not_cached").contains("only-if-cached");
        assertThat(missed.report().refusal()).contains(RefusalReason.NOT_CACHED);
        assertThat(missed.cache()).startsWith("miss");
        assertThat(upstream.asked()).isEmpty();

        house.get(House.plain("What?"));
        assertThat(house.get(House.policy(House.plain("What?"), "only-if-cached"))
                        .cache())
                .startsWith("hit");
    }

    @Test
    void max_age_takes_nothing_older() {
        house.get(House.plain("What?"));
        time.advance(Duration.ofSeconds(30));

        assertThat(house.get(House.policy(House.plain("What?"), "max-age=30")).cache())
                .isEqualTo("hit; age=30");
        time.advance(Duration.ofMillis(1));
        assertThat(house.get(House.policy(House.plain("What?"), "max-age=30")).cache())
                .isEqualTo("miss");
        assertThat(house.get(House.plain("What?")).body()).contains("Number 2");
    }

    @Test
    void ttl_says_how_long_the_answer_is_fresh() {
        house.get(House.policy(House.plain("What?"), "ttl=5m"));
        time.advance(Duration.ofMinutes(5).minusMillis(1));

        assertThat(house.get(House.plain("What?")).cache()).startsWith("hit");
        time.advance(Duration.ofMillis(1));
        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");
    }

    @Test
    void an_answer_is_gone_after_its_time() {
        house.get(House.plain("What?"));
        time.advance(Duration.ofHours(1).minusNanos(1));

        assertThat(house.get(House.plain("What?")).cache()).startsWith("hit");
        time.advance(Duration.ofNanos(1));
        assertThat(house.stats().entries()).isZero();
        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");
    }

    @Test
    void a_namespace_is_a_part_of_its_own() {
        house.get(House.policy(House.plain("What?"), "namespace=glossary"));

        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");
        assertThat(house.get(House.policy(House.plain("What?"), "namespace=glossary"))
                        .cache())
                .startsWith("hit");
        assertThat(house.get(House.policy(House.plain("What?"), "namespace=other"))
                        .cache())
                .startsWith("miss");
    }

    @Test
    void a_policy_that_makes_no_sense_is_refused_and_says_what_does() {
        House.Answer refused = house.get(House.policy(House.plain("What?"), "forever"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("gateway_invalid_request").contains("forever");
        assertThat(upstream.asked()).isEmpty();
        assertThat(house.get(House.policy(House.plain("What?"), "refresh, only-if-cached"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_tag_says_the_same_as_a_header() {
        house.get(House.plain("What?"));
        Request tagged = House.plain("What?")
                .newBuilder()
                .tag(CallTags.class, CallTags.none().withCache(CachePolicy.parse("refresh")))
                .build();

        assertThat(house.get(tagged).cache()).isEqualTo("refresh");
    }
}
