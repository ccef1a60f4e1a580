package dev.gateway4j.okhttp.internal.cache.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How far readers may be apart. */
@Timeout(120)
class WindowTest {
    private static final int KEPT = 256 << 10;
    private static final int PIECE = 8192;
    private static final int MANY = (int) (2 * Flight.WINDOW + KEPT) / PIECE;
    /** As many pieces as arrive while somebody reads nothing: those of the window, and the one that goes beyond. */
    private static final int AHEAD = (int) Flight.WINDOW / PIECE;

    private final Tower tower = new Tower(RateLimitConfig.none(), 100, KEPT);

    @Test
    void who_comes_late_gets_the_whole_answer_as_long_as_it_is_held() {
        CompletableFuture<String> early = tower.reads();
        Wire.Exchange upstream = tower.wire.exchange(0).stream();
        Tower.EVENTS.subList(0, 3).forEach(upstream::sends);
        Crowd.until(() -> upstream.taken() == 3);

        CompletableFuture<String> late = tower.reads();
        tower.boards(2);
        Tower.EVENTS.subList(3, 5).forEach(upstream::sends);
        upstream.ends();

        assertThat(late.join()).isEqualTo(String.join("", Tower.EVENTS)).isEqualTo(early.join());
        assertThat(tower.wire.asked()).isEqualTo(1);
        tower.reports(2);
        tower.close();
    }

    @Test
    void an_answer_is_handed_over_as_it_came_with_every_piece_and_its_time() {
        CompletableFuture<String> call = tower.reads();
        Wire.Exchange upstream = tower.wire.exchange(0).starts(200, "text/event-stream", "x-request-id", "req-1");
        for (int i = 0; i < Tower.EVENTS.size(); i++) {
            int sent = i + 1;
            upstream.sends(Tower.EVENTS.get(i));
            Crowd.until(() -> upstream.taken() == sent && tower.flights.arrived(Tower.KEY) == sent);
            tower.advance(Duration.ofMillis(100));
        }
        upstream.ends();

        String body = call.join();

        Landed landed = tower.landed.get(0);
        assertThat(new String(landed.body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(body);
        assertThat(landed.status()).isEqualTo(200);
        assertThat(landed.endpoint()).isEqualTo("/v1/chat/completions");
        assertThat(landed.contentType()).contains("text/event-stream");
        assertThat(landed.requestId()).contains("req-1");
        AtomicInteger end = new AtomicInteger();
        assertThat(landed.pieces())
                .containsExactly(Tower.EVENTS.stream()
                        .mapToInt(event -> end.addAndGet(event.length()))
                        .toArray());
        assertThat(landed.atNanos()).containsExactly(0, 100_000_000, 200_000_000, 300_000_000, 400_000_000);
        tower.reports(1);
        tower.close();
    }

    @Test
    void beyond_what_is_kept_nobody_boards_and_the_slowest_reader_slows_the_flight() throws Exception {
        Response slow = open(1);
        CompletableFuture<byte[]> fast = fast();
        Wire.Exchange upstream = pour();

        tower.boards(0);
        Crowd.until(() -> tower.flights.boarding() == 0);
        Crowd.until(() -> upstream.taken() == AHEAD);
        CompletableFuture<String> other = tower.reads();
        tower.wire.exchange(1).json().sends(Tower.PLAIN).ends();
        String another = other.join();
        // The slow one reads one piece, and exactly one more arrives.
        slow.body().source().skip(PIECE);
        Crowd.until(() -> upstream.taken() == AHEAD + 1);
        byte[] whole = slow.body().bytes();

        assertThat(another).isEqualTo(Tower.PLAIN);
        assertThat(whole).hasSize((MANY - 1) * PIECE);
        assertThat(fast.join()).hasSize(MANY * PIECE);
        assertThat(tower.landed).hasSize(1); // the small one
        assertThat(tower.overflows()).isEqualTo(1);
        tower.reports(3);
        tower.close();
    }

    @Test
    void who_reads_nothing_while_others_wait_is_failed_after_half_a_minute_and_not_before() throws Exception {
        Response stalling = open(1);
        CompletableFuture<byte[]> fast = fast();
        Wire.Exchange upstream = pour();
        Crowd.until(() -> upstream.taken() == AHEAD);
        Crowd.until(() -> tower.flights.heldUp() == 1); // from here on the others wait

        tower.advance(Duration.ofNanos(Flight.STALL_NANOS - 1));
        BufferedSource source = stalling.body().source();
        source.skip(PIECE); // just in time: another half minute
        Crowd.until(() -> upstream.taken() == AHEAD + 1);
        Crowd.until(() -> tower.flights.heldUp() == 1);
        tower.advance(Duration.ofNanos(Flight.STALL_NANOS - 1));
        source.skip(PIECE);
        Crowd.until(() -> upstream.taken() == AHEAD + 2);
        Crowd.until(() -> tower.flights.heldUp() == 1);
        tower.advance(Duration.ofNanos(Flight.STALL_NANOS));

        assertThat(fast.join()).hasSize(MANY * PIECE);
        assertThatThrownBy(source::readByteArray)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("read nothing");
        // It had opened the flight, which goes on without it.
        assertThat(tower.reports(3))
                .filteredOn(report -> report.ending() == Ending.FAILED)
                .singleElement()
                .satisfies(report -> assertThat(report.cost()).isEqualTo(Cost.NOTHING));
        tower.close();
    }

    @Test
    void alone_on_board_one_may_take_his_time() throws Exception {
        Response alone = open(1);
        Wire.Exchange upstream = pour();
        Crowd.until(() -> upstream.taken() == AHEAD);
        Crowd.until(() -> tower.flights.heldUp() == 1);

        tower.advance(Duration.ofDays(1));
        byte[] whole = alone.body().bytes();

        assertThat(whole).hasSize(MANY * PIECE);
        tower.reports(1);
        tower.close();
    }

    @Test
    void who_leaves_makes_room() throws Exception {
        Response slow = open(1);
        CompletableFuture<byte[]> fast = fast();
        Wire.Exchange upstream = pour();
        Crowd.until(() -> upstream.taken() == AHEAD);

        slow.close();

        assertThat(fast.join()).hasSize(MANY * PIECE);
        tower.reports(3);
        tower.close();
    }

    @Test
    void bytes_reach_every_reader_unchanged_whatever_his_steps() throws Exception {
        byte[] answer = new byte[KEPT / 2];
        for (int i = 0; i < answer.length; i++) {
            answer[i] = (byte) (i * 31 + i / 251);
        }
        Response odd = open(1);
        Response large = open(2);
        for (int from = 0, step = 1; from < answer.length; from += step, step = step % 5000 + 37) {
            tower.wire.exchange(0).sends(Arrays.copyOfRange(answer, from, Math.min(answer.length, from + step)));
        }
        tower.wire.exchange(0).ends();

        Buffer read = new Buffer();
        long step = 1;
        while (odd.body().source().read(read, step) >= 0) {
            step = step % 700 + 3;
        }
        byte[] all = large.body().bytes();

        assertThat(read.readByteArray()).isEqualTo(answer);
        assertThat(all).isEqualTo(answer);
        assertThat(tower.landed.get(0).body()).isEqualTo(answer);
        odd.close();
        tower.reports(2);
        tower.close();
    }

    private Response open(int number) throws Exception {
        CompletableFuture<Response> call = Tower.on(() -> tower.call().execute());
        tower.boards(number);
        if (number == 1) {
            tower.wire.exchange(0).starts(200, "application/octet-stream");
        }
        return call.join();
    }

    private CompletableFuture<byte[]> fast() {
        CompletableFuture<byte[]> fast = Tower.on(() -> {
            try (Response response = tower.call().execute()) {
                return response.body().bytes();
            }
        });
        tower.boards(2);
        return fast;
    }

    private Wire.Exchange pour() {
        Wire.Exchange upstream = tower.wire.exchange(0);
        for (int i = 0; i < MANY; i++) {
            upstream.sends(new byte[PIECE]);
        }
        upstream.ends();
        return upstream;
    }
}
