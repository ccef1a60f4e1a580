package dev.gateway4j.okhttp.flow.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that run on a client of the gateway's own end with the application's call. The upstream here never finishes by itself. */
@Timeout(300)
final class CancelTest {
    private static final String HALF = RawServer.head("application/json", "Content-Length: 5000") + "{\"id\":";

    private static final Duration LONG_ENOUGH_TO_ARRIVE = Duration.ofMillis(1500);

    private final Reports reports = new Reports();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private RawServer silent;
    private RawServer halfway;

    /** How the gateway gets into the client. */
    enum Way {
        /** The application names api.openai.com and the upstream is elsewhere. */
        OTHER_ORIGIN,
        /** The application names the upstream itself, so that nothing is nested. */
        SAME_ORIGIN,
        /** One interceptor in a client that is not guarded. */
        INTERCEPTOR
    }

    @BeforeEach
    void start() throws IOException {
        silent = RawServer.start(exchange -> hang(exchange, ""));
        halfway = RawServer.start(exchange -> hang(exchange, HALF));
    }

    @AfterEach
    void stop() throws IOException {
        silent.close();
        halfway.close();
    }

    /** Returns once the client has closed its end. */
    private boolean hang(RawServer.Exchange exchange, String first) throws IOException {
        exchange.body();
        exchange.send(first);
        asked.countDown();
        try {
            assertThat(exchange.in().read()).isEqualTo(-1);
        } finally {
            gone.countDown();
        }
        return false;
    }

    @ParameterizedTest
    @EnumSource
    void cancel_before_the_headers_ends_the_call(Way way) throws Exception {
        Call call = call(way, silent, new OkHttpClient());
        Thread canceller = cancelOnce(asked, call);

        assertThatThrownBy(call::execute).isInstanceOf(IOException.class);

        canceller.join();
        assertHungUp();
        assertThat(reports.only().ending()).isEqualTo(Ending.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void cancel_in_the_body_ends_the_call(Way way) throws Exception {
        Call call = call(way, halfway, new OkHttpClient());
        try (Response response = call.execute()) {
            CountDownLatch reading = new CountDownLatch(1);
            Thread canceller = cancelOnce(reading, call);
            reading.countDown();

            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);

            canceller.join();
        }

        assertHungUp();
        assertThat(reports.only().ending()).isEqualTo(Ending.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void a_call_timeout_before_the_headers_holds(Way way) throws Exception {
        OkHttpClient impatient =
                new OkHttpClient.Builder().callTimeout(LONG_ENOUGH_TO_ARRIVE).build();
        Call call = call(way, silent, impatient);

        assertThatThrownBy(call::execute)
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("timeout");

        assertHungUp();
        assertThat(reports.only().status()).isEmpty();
        assertThat(reports.only().ending()).isNotEqualTo(Ending.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource
    void a_call_timeout_in_the_body_holds_and_is_a_failure(Way way) throws Exception {
        OkHttpClient impatient =
                new OkHttpClient.Builder().callTimeout(LONG_ENOUGH_TO_ARRIVE).build();
        try (Response response = call(way, halfway, impatient).execute()) {
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(InterruptedIOException.class);
        }

        assertHungUp();
        assertThat(reports.only().ending()).isEqualTo(Ending.FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void the_read_timeout_of_the_client_holds(Way way) throws Exception {
        OkHttpClient impatient =
                new OkHttpClient.Builder().readTimeout(Duration.ofMillis(200)).build();
        Call call = call(way, silent, impatient);

        assertThatThrownBy(call::execute).isInstanceOf(SocketTimeoutException.class);

        assertHungUp();
        assertThat(reports.only().ending()).isEqualTo(Ending.FAILED);
    }

    private void assertHungUp() throws InterruptedException {
        assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private static Thread cancelOnce(CountDownLatch ready, Call call) {
        Thread thread = new Thread(() -> {
            try {
                ready.await();
                call.cancel();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    private Call call(Way way, RawServer server, OkHttpClient client) {
        Gateway gateway = Configs.gateway(
                Configs.of(Mode.PASSTHROUGH, Isolation.STRICT, Configs.upstream(server.url("/v1"))),
                Configs.answering(500, "{}"),
                TimeSource.system(),
                reports);
        return switch (way) {
            case OTHER_ORIGIN -> gateway.wrap(client).newCall(Configs.chat());
            case SAME_ORIGIN -> gateway.wrap(client).newCall(Configs.chat(server));
            case INTERCEPTOR ->
                client.newBuilder()
                        .addInterceptor(gateway.interceptor())
                        .build()
                        .newCall(Configs.chat());
        };
    }
}
