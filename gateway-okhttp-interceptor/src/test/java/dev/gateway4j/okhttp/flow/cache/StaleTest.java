package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are older than their time. */
@Timeout(60)
class StaleTest {
    private static final Duration TTL = Duration.ofHours(1);

    private final ManualTime time = ManualTime.standing();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Function<WireRequest, WireAnswer> behaviour = this::counting;
    private final Answers upstream = Answers.by(request -> behaviour.apply(request));

    private WireAnswer counting(WireRequest request) {
        return Answers.json(request, 200, Answers.chat("Number " + count.incrementAndGet(), "stop"));
    }

    @Test
    void nothing_stale_is_given_unless_the_settings_say_so() {
        House house = House.standing(upstream);
        house.get(House.plain("What?"));
        time.advance(TTL);

        assertThat(new House(Configs.stale(Duration.ZERO, Duration.ZERO), time, upstream)
                        .get(House.plain("What?"))
                        .cache())
                .isEqualTo("miss");
    }

    @Test
    void a_stale_answer_is_given_at_once_and_refreshed_behind() {
        House house = new House(Configs.stale(Duration.ofMinutes(10), Duration.ZERO), time, upstream);
        house.get(House.plain("What?"));
        time.advance(TTL.plusSeconds(400));

        House.Answer stale = house.get(House.plain("What?"));

        assertThat(stale.cache()).isEqualTo("stale; age=4000");
        assertThat(stale.body()).contains("Number 1");
        assertThat(stale.headers().get("x-gateway-source")).isEqualTo("cache");
        assertThat(stale.report().usage()).contains(Usage.of(0, 0));
        assertThat(stale.outcome().saved()).contains(Usage.of(14, 2));
        await(() -> house.get(House.policy(House.plain("What?"), "max-age=60, only-if-cached"))
                .body()
                .contains("Number 2"));
        assertThat(house.get(House.plain("What?")).cache()).startsWith("hit; age=0");
        assertThat(upstream.asked()).hasSize(2);
    }

    @Test
    void a_refresh_that_fails_leaves_the_stale_answer_where_it_is() {
        House house = new House(Configs.stale(Duration.ofMinutes(10), Duration.ZERO), time, upstream);
        house.get(House.plain("What?"));
        time.advance(TTL);
        behaviour = request -> Answers.json(request, 500, "{\"error\":{\"message\":\"no\"}}");

        assertThat(house.get(House.plain("What?")).cache()).startsWith("stale");
        await(() -> upstream.asked().size() == 2);
        assertThat(house.get(House.plain("What?")).cache()).startsWith("stale");
    }

    @Test
    void after_its_window_a_stale_answer_is_no_answer() {
        House house = new House(Configs.stale(Duration.ofMinutes(10), Duration.ofMinutes(5)), time, upstream);
        house.get(House.plain("What?"));
        time.advance(TTL.plus(Duration.ofMinutes(10)));

        assertThat(house.get(House.plain("What?")).cache()).isEqualTo("miss");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void a_stale_answer_stands_in_for_an_error_that_will_pass(int status) {
        House house = new House(Configs.stale(Duration.ZERO, Duration.ofMinutes(10)), time, upstream);
        house.get(House.plain("What?"));
        time.advance(TTL);
        behaviour = request -> Answers.json(request, status, "{\"error\":{\"message\":\"no\"}}");

        House.Answer stale = house.get(House.plain("What?"));

        assertThat(stale.status()).isEqualTo(200);
        assertThat(stale.cache()).isEqualTo("stale; age=3600");
        assertThat(stale.body()).contains("Number 1");
        assertThat(stale.headers().get("x-gateway-cost-usd")).isEqualTo("0");
        assertThat(stale.headers().get("x-gateway-attempts")).isEqualTo("0");
        assertThat(stale.report().source()).isEqualTo(Source.CACHE);
        assertThat(stale.outcome().status()).isEqualTo(CacheStatus.STALE);
        assertThat(upstream.asked()).hasSize(2);
    }

    @Test
    void a_stale_answer_stands_in_for_a_connection_that_broke() {
        House house = new House(Configs.stale(Duration.ZERO, Duration.ofMinutes(10)), time, upstream);
        house.get(House.plain("What?"));
        time.advance(TTL);
        behaviour = request -> new Frame.Fault(request.arrivedNanos(), FaultKind.RESET);

        assertThat(house.get(House.plain("What?")).cache()).startsWith("stale");
    }

    @Test
    void a_stale_answer_stands_in_for_no_other_error() {
        House house = new House(Configs.stale(Duration.ZERO, Duration.ofMinutes(10)), time, upstream);
        house.get(House.plain("What?"));
        time.advance(TTL);
        behaviour = request -> Answers.json(request, 400, "{\"error\":{\"message\":\"no\"}}");

        assertThat(house.get(House.plain("What?")).status()).isEqualTo(400);

        behaviour = this::counting;
        House.Answer asked = house.get(House.plain("What?"));
        assertThat(asked.cache()).isEqualTo("miss");
        assertThat(asked.body()).contains("Number 2");
    }

    @Test
    void a_stale_answer_stands_in_for_nobody_who_was_interrupted() throws InterruptedException {
        House house = new House(Configs.stale(Duration.ZERO, Duration.ofMinutes(10)), time, upstream);
        house.get(House.plain("What?"));
        time.advance(TTL);
        CountDownLatch answer = new CountDownLatch(1);
        behaviour = request -> {
            House.await(answer);
            return counting(request);
        };
        AtomicReference<IOException> failure = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                house.client.newCall(House.plain("What?")).execute().close();
            } catch (IOException e) {
                failure.set(e);
            }
        });
        caller.start();
        await(() -> upstream.asked().size() == 2);

        caller.interrupt();
        caller.join();
        answer.countDown();

        assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void without_a_stale_answer_a_failure_is_a_failure() {
        House house = new House(Configs.stale(Duration.ZERO, Duration.ofMinutes(10)), time, upstream);
        behaviour = request -> new Frame.Fault(request.arrivedNanos(), FaultKind.RESET);

        assertThatThrownBy(() -> house.ask(House.plain("What?"))).isInstanceOf(IOException.class);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
