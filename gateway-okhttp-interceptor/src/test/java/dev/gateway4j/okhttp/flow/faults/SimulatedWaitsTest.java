package dev.gateway4j.okhttp.flow.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireReply;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers without a socket keep the promises of a socket: cancel, timeouts, interruption, faults. Frames are closed once, whatever happens. */
@Timeout(300)
final class SimulatedWaitsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Reports reports = new Reports();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void an_answer_that_is_read_to_its_end_closes_its_frames_once() throws Exception {
        try (Response response = execute(client(), chunk(1), chunk(2), end(3))) {
            assertThat(response.body().string()).isEqualTo("{}{}"); // which closes it a first time
        }

        assertThat(closed).hasValue(1);
        assertThat(reports.only().duration()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void an_answer_that_is_closed_early_closes_its_frames_once() throws Exception {
        try (Response response = execute(client(), chunk(0), end(1000))) {
            assertThat(response.body().source().readByte()).isEqualTo((byte) '{');
        }

        assertThat(closed).hasValue(1);
        assertThat(reports.only().duration()).isEqualTo(Duration.ZERO);
    }

    @Test
    void an_answer_that_nobody_reads_closes_its_frames_once() throws Exception {
        execute(client(), chunk(0), end(0)).close();

        assertThat(closed).hasValue(1);
    }

    @Test
    void a_header_that_okhttp_refuses_closes_the_frames_once() {
        StandIn standIn = request ->
                new WireReply(200, WireHeaders.of("Bad Name", "x"), request.arrivedNanos(), frames(List.of(end(0))));

        assertThatThrownBy(() -> execute(client(), standIn)).isInstanceOf(IOException.class);

        assertThat(closed).hasValue(1);
        assertThat(reports.only().ending()).isEqualTo(Ending.FAILED);
    }

    @Test
    void cancel_ends_a_wait_for_the_headers() throws Exception {
        ManualTime time = ManualTime.standing();
        Call call = wrap(client(), replying(5, end(5)), time).newCall(Configs.chat());
        Thread canceller = onceSomebodyWaits(time, call::cancel);

        assertThatThrownBy(call::execute).isInstanceOf(IOException.class).hasMessage("Canceled");

        canceller.join();
        assertThat(closed).hasValue(1);
        assertThat(reports.only().ending()).isEqualTo(Ending.CANCELLED);
    }

    @Test
    void cancel_ends_a_wait_in_the_body() throws Exception {
        ManualTime time = ManualTime.standing();
        Call call =
                wrap(client(), replying(0, chunk(0), chunk(5), end(5)), time).newCall(Configs.chat());
        try (Response response = call.execute()) {
            Thread canceller = onceSomebodyWaits(time, call::cancel);

            assertThatThrownBy(() -> response.body().string())
                    .isInstanceOf(IOException.class)
                    .hasMessage("Canceled");

            canceller.join();
        }

        assertThat(closed).hasValue(1);
        assertThat(reports.only().ending()).isEqualTo(Ending.CANCELLED);
    }

    @Test
    void interruption_ends_a_wait_and_leaves_the_flag_up() throws Exception {
        ManualTime time = ManualTime.standing();
        Call call = wrap(client(), replying(5, end(5)), time).newCall(Configs.chat());
        Thread caller = Thread.currentThread();
        Thread interrupter = onceSomebodyWaits(time, caller::interrupt);

        assertThatThrownBy(call::execute).isInstanceOf(InterruptedIOException.class);

        assertThat(Thread.interrupted()).isTrue();
        interrupter.join();
        assertThat(closed).hasValue(1);
        assertThat(reports.only().ending()).isEqualTo(Ending.FAILED);
    }

    @Test
    void interruption_in_the_body_leaves_the_flag_up() throws Exception {
        ManualTime time = ManualTime.standing();
        Call call = wrap(client(), replying(0, chunk(0), end(5)), time).newCall(Configs.chat());
        Thread caller = Thread.currentThread();
        try (Response response = call.execute()) {
            Thread interrupter = onceSomebodyWaits(time, caller::interrupt);

            assertThatThrownBy(() -> response.body().string()).isInstanceOf(InterruptedIOException.class);

            assertThat(Thread.interrupted()).isTrue();
            interrupter.join();
        }

        assertThat(closed).hasValue(1);
        assertThat(reports.only().ending()).isEqualTo(Ending.FAILED);
    }

    @Test
    void a_call_timeout_ends_a_wait_for_the_headers() {
        OkHttpClient impatient =
                client().newBuilder().callTimeout(Duration.ofHours(1)).build();
        StandIn late = replying(7200, end(7200));

        assertThatThrownBy(() -> execute(
                        impatient.newBuilder().readTimeout(Duration.ZERO).build(), late))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("timeout");

        assertThat(closed).hasValue(1);
        assertEnded(Ending.FAILED, Duration.ofHours(1));
    }

    @Test
    void a_call_timeout_ends_a_wait_in_the_body() throws Exception {
        OkHttpClient impatient = client().newBuilder()
                .callTimeout(Duration.ofHours(1))
                .readTimeout(Duration.ZERO)
                .build();
        try (Response response = execute(impatient, chunk(0), chunk(7200), end(7200))) {
            assertThatThrownBy(() -> response.body().string())
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("timeout");
        }

        assertThat(closed).hasValue(1);
        assertEnded(Ending.FAILED, Duration.ofHours(1));
    }

    @Test
    void a_read_timeout_ends_a_wait_for_the_headers() {
        OkHttpClient impatient =
                client().newBuilder().readTimeout(Duration.ofSeconds(30)).build();

        assertThatThrownBy(() -> execute(impatient, replying(31, end(31))))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("timeout");

        assertThat(closed).hasValue(1);
        assertEnded(Ending.FAILED, Duration.ofSeconds(30));
    }

    @Test
    void a_read_timeout_counts_from_the_last_bytes() throws Exception {
        OkHttpClient impatient =
                client().newBuilder().readTimeout(Duration.ofSeconds(30)).build();
        try (Response response = execute(impatient, chunk(29), chunk(58), chunk(89), end(89))) {
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(SocketTimeoutException.class);
        }

        assertThat(closed).hasValue(1);
        assertEnded(Ending.FAILED, Duration.ofSeconds(88));
    }

    @ParameterizedTest
    @EnumSource
    void a_fault_before_the_headers_is_the_exception_of_a_socket(FaultKind kind) {
        OkHttpClient impatient =
                client().newBuilder().readTimeout(Duration.ofSeconds(30)).build();
        StandIn failing = request -> fault(2, kind);

        assertThatThrownBy(() -> execute(impatient, failing)).isExactlyInstanceOf(exception(kind));

        assertEnded(Ending.FAILED, Duration.ofSeconds(kind == FaultKind.STALL ? 30 : 2));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "CUT", "STALL"})
    void a_fault_in_the_body_is_the_exception_of_a_socket(FaultKind kind) throws Exception {
        OkHttpClient impatient =
                client().newBuilder().readTimeout(Duration.ofSeconds(30)).build();
        try (Response response = execute(impatient, chunk(1), fault(2, kind))) {
            assertThatThrownBy(() -> response.body().string()).isExactlyInstanceOf(exception(kind));
        }

        assertThat(closed).hasValue(1);
        assertEnded(
                kind == FaultKind.CUT ? Ending.TRUNCATED : Ending.FAILED,
                Duration.ofSeconds(kind == FaultKind.STALL ? 31 : 2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_stall_without_a_read_timeout_lasts_as_long_as_the_call_may(boolean inTheBody) {
        OkHttpClient patient = client().newBuilder()
                .readTimeout(Duration.ZERO)
                .callTimeout(Duration.ofHours(1))
                .build();
        Frame.Fault stall = fault(1, FaultKind.STALL);
        StandIn standIn = inTheBody ? replying(0, chunk(0), stall) : request -> stall;

        assertThatThrownBy(() -> {
                    try (Response response = execute(patient, standIn)) {
                        response.body().string();
                    }
                })
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("timeout");

        assertThat(closed).hasValue(inTheBody ? 1 : 0);
        assertEnded(Ending.FAILED, Duration.ofHours(1));
    }

    private void assertEnded(Ending ending, Duration duration) {
        CallReport report = reports.only();
        assertThat(report.ending()).isEqualTo(ending);
        assertThat(report.duration()).isEqualTo(duration);
    }

    private static Class<? extends IOException> exception(FaultKind kind) {
        return switch (kind) {
            case CONNECT_REFUSED -> ConnectException.class;
            case UNKNOWN_HOST -> UnknownHostException.class;
            case RESET -> SocketException.class;
            case CUT -> EOFException.class;
            case STALL -> SocketTimeoutException.class;
        };
    }

    private static OkHttpClient client() {
        return new OkHttpClient();
    }

    private static Thread onceSomebodyWaits(ManualTime time, Runnable action) {
        Thread thread = new Thread(() -> {
            while (time.waiting() == 0) {
                Thread.onSpinWait();
            }
            action.run();
        });
        thread.start();
        return thread;
    }

    private Response execute(OkHttpClient client, Frame... frames) throws IOException {
        return execute(client, replying(0, frames));
    }

    private Response execute(OkHttpClient client, StandIn standIn) throws IOException {
        return wrap(client, standIn, ManualTime.advancing())
                .newCall(Configs.chat())
                .execute();
    }

    private OkHttpClient wrap(OkHttpClient client, StandIn standIn, ManualTime time) {
        return Configs.gateway(Configs.simulated(), standIn, time, reports).wrap(client);
    }

    private StandIn replying(long dueSeconds, Frame... frames) {
        return request -> new WireReply(
                200, WireHeaders.of("Content-Type", "text/plain"), dueSeconds * SECOND, frames(List.of(frames)));
    }

    private Frames frames(List<Frame> frames) {
        Frames delegate = Frames.of(frames);
        return new Frames() {
            @Override
            public Frame next() {
                assertThat(closed).hasValue(0);
                return delegate.next();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
                delegate.close();
            }
        };
    }

    private static Frame chunk(long dueSeconds) {
        return new Frame.Chunk(dueSeconds * SECOND, "{}".getBytes(UTF_8));
    }

    private static Frame end(long dueSeconds) {
        return new Frame.End(dueSeconds * SECOND, WireHeaders.empty());
    }

    private static Frame.Fault fault(long dueSeconds, FaultKind kind) {
        return new Frame.Fault(dueSeconds * SECOND, kind);
    }
}
