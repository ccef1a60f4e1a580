package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.okhttp.Gateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who shares another's answer is held to his own limits. */
@Timeout(60)
class FollowersTest {
    private static final LimitRule BOB = rule("bob", LimitKind.REQUESTS, 1);
    private static final LimitRule BOBS_TOKENS = rule("bob", LimitKind.TOKENS, 5);

    private volatile int status = 200;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final Answers upstream = Answers.by(request -> {
        await(answered);
        return Answers.json(request, status, Answers.PARIS);
    });
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final House house = new House(Gateway.builder()
            .config(House.simulated(CacheConfig.defaults())
                    .withRateLimits(RateLimitConfig.of(List.of(BOB, BOBS_TOKENS))))
            .time(ManualTime.standing())
            .standIn(upstream));

    @AfterEach
    void close() {
        answered.countDown();
        threads.shutdown();
        house.close();
    }

    @Test
    void a_follower_pays_his_own_request_once_and_no_tokens() {
        CompletableFuture<House.Answer> ann = ask("ann");
        await(upstream::asked, 1);
        CompletableFuture<House.Answer> first = ask("bob");
        awaitLeft(0);

        House.Answer second = house.get(asked("bob"));
        answered.countDown();

        assertThat(second.status()).isEqualTo(429);
        assertThat(second.headers().get("x-gateway-refusal")).isEqualTo("rate_limited");
        assertThat(second.headers().get("x-gateway-limit")).isEqualTo("per_user.requests_per_minute");
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(first.join().outcome().status()).isEqualTo(CacheStatus.SHARED);
        assertThat(ann.join().outcome().status()).isEqualTo(CacheStatus.MISS);
        assertThat(upstream.asked()).hasSize(1);
        assertThat(left(LimitKind.REQUESTS)).isZero();
        assertThat(left(LimitKind.TOKENS)).isEqualTo(5);
    }

    @Test
    void who_shares_a_failure_saves_nothing() {
        status = 500;
        CompletableFuture<House.Answer> ann = ask("ann");
        await(upstream::asked, 1);
        CompletableFuture<House.Answer> bob = ask("bob");
        awaitLeft(0);

        answered.countDown();

        assertThat(ann.join().status()).isEqualTo(500);
        assertThat(bob.join().status()).isEqualTo(500);
        assertThat(bob.join().outcome().status()).isEqualTo(CacheStatus.SHARED);
        assertThat(house.stats().savings().calls()).isZero();
    }

    @Test
    void a_hit_takes_nothing() {
        answered.countDown();
        assertThat(ask("ann").join().outcome().status()).isEqualTo(CacheStatus.MISS);

        House.Answer hit = house.get(asked("bob"));

        assertThat(hit.outcome().status()).isEqualTo(CacheStatus.HIT);
        assertThat(left(LimitKind.REQUESTS)).isEqualTo(1);
    }

    private static LimitRule rule(String user, LimitKind kind, long amount) {
        return new LimitRule(
                LimitScope.USER, user, kind, amount, Duration.ofMinutes(1), "per_user." + kind.id() + "_per_minute");
    }

    private CompletableFuture<House.Answer> ask(String user) {
        return CompletableFuture.supplyAsync(() -> house.get(asked(user)), threads);
    }

    private static Request asked(String user) {
        return House.with(House.plain("What?"), "X-Gateway-User", user);
    }

    private long left(LimitKind kind) {
        return house.gateway.limits().of(CallTags.none().withUser("bob"), "gpt-4o-mini").stream()
                .filter(status -> status.kind() == kind)
                .findFirst()
                .orElseThrow()
                .remaining();
    }

    private void awaitLeft(long requests) {
        while (left(LimitKind.REQUESTS) != requests) {
            Thread.onSpinWait();
        }
    }

    private static void await(Supplier<List<String>> asked, int count) {
        while (asked.get().size() < count) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
