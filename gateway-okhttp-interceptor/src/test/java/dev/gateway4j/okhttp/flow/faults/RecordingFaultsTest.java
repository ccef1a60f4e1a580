package dev.gateway4j.okhttp.flow.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the upstream does, a recording is ended once. */
@Timeout(300)
final class RecordingFaultsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lol\r\n\r\n",
                "HTTP/1.1 503 Busy\r\nRetry-After: 99999999999\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}"
            })
    void a_recording_of_a_broken_answer_is_ended_once(String answer) throws Exception {
        List<String> endings = new CopyOnWriteArrayList<>();
        try (RawServer server = RawServer.closing(answer)) {
            OkHttpClient client = Gateway.builder()
                    .config(Configs.of(Mode.RECORD, Isolation.STRICT, Configs.upstream(server.url("/v1"))))
                    .recorder(request -> new Noting(endings))
                    .time(ManualTime.advancing())
                    .build()
                    .wrap(new OkHttpClient());

            assertThatThrownBy(() -> {
                        try (Response response =
                                client.newCall(Configs.chat(server)).execute()) {
                            response.body().string();
                        }
                    })
                    .isInstanceOf(IOException.class);
        }

        assertThat(endings).hasSize(1).doesNotContain(Ending.COMPLETED.id());
    }

    private record Noting(List<String> endings) implements Recorder.Recording {
        @Override
        public void head(int status, WireHeaders headers, long atNanos) {}

        @Override
        public void chunk(byte[] bytes, int offset, int length, long atNanos) {}

        @Override
        public void end(Ending ending, boolean delivered, long atNanos) {
            endings.add(ending.id());
        }
    }
}
