package dev.gateway4j.okhttp.internal.cache.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.okhttp.internal.call.FollowerGate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls on board that wait for their own limits. */
@Timeout(120)
class LineTest {
    private static final int KEPT = 256 << 10;
    private static final int PIECE = 8192;
    private static final int MANY = (int) (2 * Flight.WINDOW + KEPT) / PIECE;

    private final CompletableFuture<Void> line = new CompletableFuture<>();
    private final FollowerGate gate = (request, scope) -> {
        Void unusedTurn = line.join();
        return Optional.empty();
    };
    private final Tower tower = new Tower(RateLimitConfig.none(), 100, KEPT, gate);

    @Test
    void who_stands_in_line_keeps_his_seat_as_long_as_the_answer_is_held() {
        CompletableFuture<String> opener = tower.reads();
        tower.boards(1);
        CompletableFuture<String> follower = tower.reads();
        tower.boards(2);
        tower.wire.exchange(0).json().sends(Tower.PLAIN).ends();
        assertThat(opener.join()).isEqualTo(Tower.PLAIN);

        line.complete(null);

        assertThat(follower.join()).isEqualTo(Tower.PLAIN);
        assertThat(tower.wire.asked()).isEqualTo(1);
        tower.reports(2);
        tower.close();
    }

    @Test
    void who_stands_in_line_slows_nobody_and_boards_anew() {
        CompletableFuture<byte[]> opener = Tower.on(() -> {
            try (Response response = tower.call().execute()) {
                return response.body().bytes();
            }
        });
        tower.boards(1);
        CompletableFuture<String> follower = tower.reads();
        tower.boards(2);
        Wire.Exchange upstream = tower.wire.exchange(0).starts(200, "application/octet-stream");
        for (int i = 0; i < MANY; i++) {
            upstream.sends(new byte[PIECE]);
        }
        upstream.ends();

        assertThat(opener.join()).hasSize(MANY * PIECE);
        line.complete(null);
        tower.wire.exchange(1).json().sends(Tower.PLAIN).ends();

        assertThat(follower.join()).isEqualTo(Tower.PLAIN);
        assertThat(tower.reports(2)).anySatisfy(report -> assertThat(
                        SingleFlightTest.outcome(report).status().id())
                .isEqualTo("miss"));
        tower.close();
    }
}
