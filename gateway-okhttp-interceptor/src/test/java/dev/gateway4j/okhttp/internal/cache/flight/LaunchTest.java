package dev.gateway4j.okhttp.internal.cache.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Ending;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flights with nobody on board. */
@Timeout(120)
class LaunchTest {
    private final Tower tower = new Tower();

    @AfterEach
    void nothingIsLeft() {
        tower.close();
    }

    @Test
    void a_launched_flight_arrives_with_nobody_on_board_and_reports_by_itself() {
        launch("");
        Crowd.until(() -> tower.reports().size() == 1); // that of the call that launched it

        tower.wire.exchange(0).json().sends(Tower.PLAIN).ends();

        CallReport own = tower.reports(2).get(1);
        assertThat(own.cost().text()).isEqualTo(Tower.COST);
        assertThat(own.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(own.callId())
                .isEqualTo(SingleFlightTest.outcome(own).flight().orElseThrow());
        Crowd.until(() -> tower.flights.underWay() == 0);
        assertThat(tower.landed).hasSize(1);
    }

    @Test
    void others_may_board_it_and_leave_it_without_ending_it() {
        launch("");
        Call leaving = tower.call();
        CompletableFuture<String> left = tower.reads(leaving);
        tower.boards(1);
        leaving.cancel();
        Throwable unusedCanceled = Tower.failure(left);
        CompletableFuture<String> staying = tower.reads();
        tower.boards(1);

        tower.wire.exchange(0).json().sends(Tower.PLAIN).ends();

        assertThat(staying.join()).isEqualTo(Tower.PLAIN);
        assertThat(tower.wire.asked()).isEqualTo(1);
        assertThat(tower.reports(4))
                .filteredOn(report -> report.cost().text().equals(Tower.COST))
                .hasSize(1);
    }

    @Test
    void only_so_many_are_launched_at_once() {
        for (int i = 0; i < Flights.MAX_LAUNCHED + 20; i++) {
            launch("topic " + i);
        }
        Crowd.until(() -> tower.wire.asked() == Flights.MAX_LAUNCHED);
        int launched = tower.flights.underWay();

        for (int i = 0; i < Flights.MAX_LAUNCHED; i++) {
            tower.wire.exchange(i).json().sends(Tower.PLAIN).ends();
        }
        Crowd.until(() -> tower.flights.underWay() == 0);
        launch("one more");
        tower.wire.exchange(Flights.MAX_LAUNCHED).json().sends(Tower.PLAIN).ends();

        assertThat(launched).isEqualTo(Flights.MAX_LAUNCHED);
        Crowd.until(() -> tower.landed.size() == Flights.MAX_LAUNCHED + 1);
        Crowd.until(() -> tower.flights.underWay() == 0);
        tower.reports(2 * Flights.MAX_LAUNCHED + 22);
    }

    @Test
    void no_second_one_is_launched_for_the_same_question() {
        launch("");
        launch("");

        tower.wire.exchange(0).json().sends(Tower.PLAIN).ends();

        Crowd.until(() -> tower.flights.underWay() == 0);
        assertThat(tower.wire.asked()).isEqualTo(1);
        tower.reports(3);
    }

    @Test
    void it_has_a_bound_of_its_own_where_silence_has_none() {
        launch("", tower.client.newBuilder().readTimeout(Duration.ZERO).build());

        Wire.Exchange upstream = tower.wire.exchange(0);

        assertThat(upstream.call().timeout().timeoutNanos())
                .isEqualTo(Duration.ofMinutes(10).toNanos());
        upstream.json().sends(Tower.PLAIN).ends();
        tower.reports(2);
    }

    private void launch(String topic) {
        launch(topic, tower.client);
    }

    private void launch(String topic, OkHttpClient client) {
        Throwable launched = Tower.failure(Tower.on(() -> client.newCall(Tower.about(topic)
                        .newBuilder()
                        .header("X-Launch", "yes")
                        .build())
                .execute()));
        assertThat(launched).hasMessage("launched");
    }
}
