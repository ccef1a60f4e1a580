package dev.gateway4j.okhttp.internal.cache.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Source;
import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.Detached;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that ask the same at the same time: who asks, who gets what, and whose report says it. */
@Timeout(120)
class SingleFlightTest {
    private final Tower tower = new Tower();

    @AfterEach
    void nothingIsLeft() {
        tower.close();
    }

    @Test
    void a_thousand_identical_calls_make_one_upstream_call_and_all_get_the_same_bytes() {
        List<CompletableFuture<String>> crew = tower.crew(1000);

        tower.wire.exchange(0).json().sends(Tower.PLAIN).ends();

        assertThat(crew).allSatisfy(call -> assertThat(call.join()).isEqualTo(Tower.PLAIN));
        assertThat(tower.wire.asked()).isEqualTo(1);
        List<CallReport> reports = tower.reports(1000);
        assertThat(reports)
                .filteredOn(report ->
                        report.cost() instanceof Cost.Known known && known.usd().signum() > 0)
                .singleElement()
                .satisfies(report -> assertThat(report.cost().text()).isEqualTo(Tower.COST));
        assertThat(reports)
                .filteredOn(report -> status(report) == CacheStatus.SHARED)
                .hasSize(999)
                .allSatisfy(report -> {
                    assertThat(report.source()).isEqualTo(Source.CACHE);
                    assertThat(report.usage()).contains(Usage.of(0, 0));
                    assertThat(report.modelServed()).contains("gpt-4o-mini-2024-07-18");
                    assertThat(report.attempts()).isEmpty();
                    assertThat(outcome(report).saved()).contains(Usage.of(14, 2));
                    assertThat(outcome(report).savedCost().text()).isEqualTo(Tower.COST);
                });
        assertThat(tower.landed).hasSize(1);
    }

    @Test
    void alone_a_call_looks_as_it_would_without_a_flight() throws Exception {
        CompletableFuture<Response> call = Tower.on(() -> tower.call().execute());
        tower.wire.exchange(0).stream();
        Tower.EVENTS.forEach(tower.wire.exchange(0)::sends);
        tower.wire.exchange(0).ends();

        Response response = call.join();
        String body = response.body().string();

        assertThat(body).isEqualTo(String.join("", Tower.EVENTS));
        assertThat(response.header("x-gateway-cache")).isEqualTo("miss");
        assertThat(response.header("x-gateway-source")).isEqualTo("upstream");
        assertThat(response.header("x-gateway-attempts")).isEqualTo("1");
        assertThat(response.header("x-gateway-key")).isEqualTo("blue");
        assertThat(response.header("x-gateway-model")).isEqualTo("gpt-4o-mini");
        assertThat(response.header("x-gateway-cost-usd")).isNull();
        CallReport report = tower.reports(1).get(0);
        assertThat(report.callId()).isEqualTo(response.header("x-gateway-call"));
        assertThat(report.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(report.source()).isEqualTo(Source.UPSTREAM);
        assertThat(report.usage()).contains(Usage.of(14, 2));
        assertThat(report.cost().text()).isEqualTo(Tower.COST);
        assertThat(report.modelServed()).contains("gpt-4o-mini-2024-07-18");
        assertThat(report.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.key()).contains("blue");
            assertThat(attempt.ending()).isEqualTo(Ending.COMPLETED);
        });
        assertThat(outcome(report))
                .isEqualTo(CacheOutcome.of(CacheStatus.MISS, outcome(report).key()));
    }

    @Test
    void a_follower_says_with_whom_it_flies() throws Exception {
        CompletableFuture<String> opener = tower.reads();
        tower.boards(1);
        CompletableFuture<Response> follower = Tower.on(() -> tower.call().execute());
        tower.boards(2);

        tower.wire.exchange(0).json().sends(Tower.PLAIN).ends();
        Response response = follower.join();
        response.body().bytes();

        assertThat(response.header("x-gateway-cache")).startsWith("shared; flight=");
        assertThat(response.header("x-gateway-source")).isEqualTo("cache");
        assertThat(response.header("x-gateway-attempts")).isEqualTo("0");
        assertThat(response.header("x-gateway-key")).isNull();
        assertThat(response.header("x-gateway-cost-usd")).isEqualTo("0");
        assertThat(response.networkResponse()).isNull();
        assertThat(opener.join()).isEqualTo(Tower.PLAIN);
        tower.reports(2);
    }

    @Test
    void a_flight_is_a_call_of_its_own_whose_request_was_read_once() throws Exception {
        CompletableFuture<Response> opener = Tower.on(() -> tower.call().execute());
        Wire.Exchange upstream = tower.wire.exchange(0).json().sends(Tower.PLAIN);
        upstream.ends();

        Response response = opener.join();
        response.body().bytes();

        CallScope own = CallScope.find(upstream.request());
        CallScope opening = CallScope.find(response.request());
        assertThat(upstream.request().tag(Detached.class)).isNull();
        assertThat(own).isNotNull().isNotSameAs(opening);
        assertThat(opening).isNotNull();
        assertThat(own.id()).isNotEqualTo(opening.id());
        assertThat(own.facts().body().orElseThrow())
                .isSameAs(opening.facts().body().orElseThrow());
        assertThat(own.facts().tags()).isEqualTo(opening.facts().tags());
        tower.reports(1);
    }

    private static CacheStatus status(CallReport report) {
        return outcome(report).status();
    }

    static CacheOutcome outcome(CallReport report) {
        return report.cache().orElseThrow();
    }
}
