package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.okhttp.Gateway;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that allows less than another does not fly with it. */
@Timeout(60)
class TermsTest {
    private static final String BATCH = "{\"model\":\"text-embedding-3-small\",\"input\":[\"one\",\"two\"]}";

    private final CountDownLatch answered = new CountDownLatch(1);
    private final Answers upstream = Answers.by(request -> {
        await();
        return Answers.json(request, 200, Answers.PARIS);
    });
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final House house = new House(Gateway.builder()
            .config(House.simulated(CacheConfig.defaults()))
            .time(ManualTime.standing())
            .standIn(upstream));

    @AfterEach
    void close() {
        answered.countDown();
        threads.shutdown();
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh", "max-age=60"})
    void who_allows_less_does_not_board(String policy) {
        CompletableFuture<House.Answer> any = ask(House.plain("What?"));
        awaitAsked(1);
        CompletableFuture<House.Answer> less = ask(House.policy(House.plain("What?"), policy));
        awaitAsked(2);

        answered.countDown();

        assertThat(any.join().outcome().status()).isEqualTo(CacheStatus.MISS);
        assertThat(less.join().outcome().status()).isNotEqualTo(CacheStatus.SHARED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh", "max-age=60"})
    void batches_likewise(String policy) {
        Request batch = House.post("https://api.openai.com/v1/embeddings", BATCH);
        CompletableFuture<House.Answer> any = ask(batch);
        awaitAsked(1);
        CompletableFuture<House.Answer> less = ask(House.policy(batch, policy));
        awaitAsked(2);

        answered.countDown();

        assertThat(any.join().status()).isEqualTo(200);
        assertThat(less.join().outcome().status()).isNotEqualTo(CacheStatus.SHARED);
    }

    @Test
    void who_waits_longer_does_not_board_either() {
        CompletableFuture<House.Answer> any = ask(House.plain("What?"));
        awaitAsked(1);
        OkHttpClient patient =
                house.client.newBuilder().readTimeout(Duration.ofHours(1)).build();
        CompletableFuture<String> other = CompletableFuture.supplyAsync(
                () -> {
                    try (Response response =
                            patient.newCall(House.plain("What?")).execute()) {
                        return String.valueOf(response.header("x-gateway-cache"));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                threads);
        awaitAsked(2);

        answered.countDown();

        assertThat(any.join().cache()).isEqualTo("miss");
        assertThat(other.join()).isEqualTo("miss");
    }

    private CompletableFuture<House.Answer> ask(Request request) {
        return CompletableFuture.supplyAsync(() -> house.get(request), threads);
    }

    private void awaitAsked(int count) {
        while (upstream.asked().size() < count) {
            Thread.onSpinWait();
        }
    }

    private void await() {
        try {
            answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
