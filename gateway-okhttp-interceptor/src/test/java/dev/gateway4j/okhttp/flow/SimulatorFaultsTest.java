package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults of the simulator as an application meets them: the exceptions a socket would have thrown. */
@Timeout(300)
final class SimulatorFaultsTest {
    private final ManualTime time = ManualTime.advancing();

    static Stream<Arguments> beforeTheHeaders() {
        return Stream.of(
                Arguments.of("refused", ConnectException.class),
                Arguments.of("unknown-host", UnknownHostException.class),
                Arguments.of("reset", SocketException.class),
                Arguments.of("empty-reply", EOFException.class),
                Arguments.of("timeout", SocketTimeoutException.class),
                Arguments.of("slow by=1h", SocketTimeoutException.class));
    }

    static Stream<Arguments> insideTheBody() {
        return Stream.of(
                Arguments.of("cut after=3", EOFException.class),
                Arguments.of("cut-event after=3", EOFException.class),
                Arguments.of("cut-character after=3", EOFException.class),
                Arguments.of("reset-body after=3", SocketException.class),
                Arguments.of("stall after=3", SocketTimeoutException.class),
                Arguments.of("slow-body by=1h", SocketTimeoutException.class));
    }

    @ParameterizedTest
    @MethodSource("beforeTheHeaders")
    void no_answer_is_the_exception_of_a_socket(String fault, Class<? extends IOException> type) {
        OkHttpClient client = client(fault);

        assertThatThrownBy(() -> client.newCall(Chat.streamed()).execute()).isInstanceOf(type);
    }

    @ParameterizedTest
    @MethodSource("insideTheBody")
    void a_broken_body_is_the_exception_of_a_socket(String fault, Class<? extends IOException> type)
            throws IOException {
        try (Response response = client(fault).newCall(Chat.streamed()).execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(type);
        }
    }

    @Test
    void a_request_asks_for_its_own_fault() throws IOException {
        OkHttpClient client = client("");

        try (Response response = client.newCall(Chat.plain()
                        .newBuilder()
                        .header("X-Gateway-Sim", "fault=429-tokens by=2s")
                        .build())
                .execute()) {
            assertThat(response.code()).isEqualTo(429);
            assertThat(response.header("retry-after")).isEqualTo("2");
        }
    }

    private OkHttpClient client(String faults) {
        GatewayConfig config = Settings.simulated().build();
        return Gateway.builder()
                .config(config)
                .standIn(SimulatedOpenAi.builder()
                        .config(config)
                        .time(time)
                        .faults(faults)
                        .obeyFaultHeader()
                        .build())
                .time(time)
                .build()
                .wrap(new OkHttpClient());
    }
}
