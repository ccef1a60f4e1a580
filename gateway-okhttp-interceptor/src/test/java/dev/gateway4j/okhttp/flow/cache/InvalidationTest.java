package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.cache.AnswerCache;
import dev.gateway4j.api.cache.CacheDifference;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheQuestion;
import dev.gateway4j.api.config.CacheConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the application can look up and forget. */
@Timeout(60)
class InvalidationTest {
    private static final String CHAT = "/v1/chat/completions";

    private final House house = new House(CacheConfig.defaults(), ManualTime.standing(), Answers.paris());
    private final AnswerCache cache = house.gateway.cache();

    @Test
    void one_answer_is_forgotten_by_the_key_of_its_question() {
        house.get(House.plain("What?"));
        house.get(House.plain("Else?"));
        CacheKey key =
                cache.keyOf(CacheQuestion.of(CHAT, House.question("What?"))).orElseThrow();

        assertThat(house.get(House.plain("What?")).outcome().key()).contains(key);
        cache.invalidate(key);

        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");
        assertThat(house.get(House.plain("Else?")).cache()).startsWith("hit");
    }

    @Test
    void a_tenant_is_forgotten_and_no_other() {
        Request acme = House.with(House.plain("What?"), "X-Gateway-Tenant", "acme");
        Request globex = House.with(House.plain("What?"), "X-Gateway-Tenant", "globex");
        house.get(acme);
        house.get(globex);

        cache.invalidateTenant("acme");

        assertThat(house.get(acme).cache()).startsWith("miss");
        assertThat(house.get(globex).cache()).startsWith("hit");
    }

    @Test
    void a_model_is_forgotten_by_the_name_asked_for_and_by_the_one_that_answered() {
        house.get(House.plain("What?"));
        cache.invalidateModel("gpt-4o");
        assertThat(house.get(House.plain("What?")).cache()).startsWith("hit");

        cache.invalidateModel("gpt-4o-mini");
        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");

        cache.invalidateModel("gpt-4o-mini-2024-07-18");
        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");
    }

    @Test
    void what_a_condition_is_true_of_is_forgotten_and_counted() {
        house.get(House.policy(House.plain("What?"), "ttl=1m"));
        house.get(House.plain("Else?"));

        long forgotten = cache.invalidateIf(
                info -> Duration.between(info.storedAt(), info.freshUntil()).compareTo(Duration.ofMinutes(2)) < 0);

        assertThat(forgotten).isEqualTo(1);
        assertThat(house.get(House.plain("Else?")).cache()).startsWith("hit");
        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");
        cache.invalidateAll();
        assertThat(house.stats().entries()).isZero();
    }

    @Test
    void what_was_asked_before_it_was_forgotten_is_not_kept_after_it() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        House slow = House.standing(Answers.by(request -> {
            asked.countDown();
            await(answer);
            return Answers.json(request, 200, Answers.PARIS);
        }));
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<House.Answer> asking = caller.submit(() -> slow.ask(House.plain("What?")));
        await(asked);

        slow.gateway.cache().invalidateAll();
        answer.countDown();

        assertThat(asking.get(20, TimeUnit.SECONDS).outcome().reason()).contains("invalidated meanwhile");
        assertThat(slow.stats().entries()).isZero();
        caller.shutdown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void it_explains_in_what_two_questions_differ() {
        CacheQuestion one = CacheQuestion.of(CHAT, House.question("What?"));
        CacheQuestion other = CacheQuestion.of(CHAT, House.question("Else?"));

        assertThat(cache.explain(one, one)).isEmpty();
        assertThat(cache.explain(one, other)).extracting(CacheDifference::place).containsExactly("/messages/0/content");
    }

    @Test
    void a_gateway_without_a_cache_has_an_empty_view() {
        House bare = new House(CacheConfig.off(), ManualTime.standing(), Answers.paris());

        assertThat(bare.gateway.cache()).isSameAs(AnswerCache.NONE);
        assertThat(bare.get(House.plain("What?")).headers().names()).doesNotContain("x-gateway-cache");
        assertThat(bare.client.interceptors().toString()).doesNotContain("Cache[");
        assertThat(house.client.interceptors().toString()).contains("Cache[");
    }
}
