package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.okhttp.Gateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecorderTest {
    private final LoopbackUpstream upstream = LoopbackUpstream.json(LoopbackUpstream.CHAT);
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void it_sees_what_the_application_sent_and_what_came_back_and_no_key() throws IOException {
        Tape tape = new Tape("");

        String answer = call(tape);

        WireRequest request = tape.requests.get(0);
        assertThat(request.scheme() + "://" + request.authority() + request.path())
                .isEqualTo(Chat.URL);
        assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo(Chat.PLAIN);
        assertThat(request.headers().first("Authorization")).isEmpty();
        assertThat(tape.bytes.toString(StandardCharsets.UTF_8)).isEqualTo(answer);
        assertThat(tape.endings).containsExactly(Ending.COMPLETED);
        assertThat(upstream.only().header("Authorization")).contains("Bearer " + Settings.STAGING_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunk", "end"})
    void one_that_fails_while_the_answer_flows_is_heard_at_its_end_and_loses_no_accounting(String where) {
        Tape tape = new Tape(where);

        assertThatThrownBy(() -> call(tape))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the tape is torn at " + where);

        assertThat(listener.only().ending()).isEqualTo(Ending.FAILED);
        assertThat(listener.only().usage()).isPresent();
        assertThat(tape.endings).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunk", "end"})
    void an_error_of_its_own_is_heard_and_the_call_never_looks_whole(String where) throws IOException {
        Tape tape = new Tape("error at " + where);

        try (Response response = wrap(tape).newCall(Chat.plain()).execute()) {
            BufferedSource source = response.body().source();

            assertThatThrownBy(source::readUtf8).isInstanceOf(StackOverflowError.class);
            assertThat(listener.only().ending()).isEqualTo(Ending.FAILED);
            assertThatThrownBy(source::readUtf8)
                    .as("reading on")
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("This answer failed ");
        }

        assertThat(tape.endings).hasSize(1);
    }

    @Test
    void one_that_fails_at_the_head_fails_the_call_and_leaves_nothing_open() {
        OkHttpClient client = wrap(new Tape("head"));

        assertThatThrownBy(() -> client.newCall(Chat.plain()).execute()).isInstanceOf(IOException.class);

        assertThat(client.connectionPool().connectionCount())
                .isEqualTo(client.connectionPool().idleConnectionCount());
        assertThat(listener.only().ending()).isEqualTo(Ending.FAILED);
    }

    private String call(Recorder recorder) throws IOException {
        try (Response response = wrap(recorder).newCall(Chat.plain()).execute()) {
            return response.body().string();
        }
    }

    private OkHttpClient wrap(Recorder recorder) {
        return Gateway.builder()
                .config(Settings.recording(upstream.baseUrl()).build())
                .recorder(recorder)
                .listener(listener)
                .build()
                .wrap(new OkHttpClient());
    }

    /** Remembers everything, and fails where it is told to. */
    private static final class Tape implements Recorder, Recorder.Recording {
        private final String failing;
        private final List<WireRequest> requests = new ArrayList<>();
        private final List<Ending> endings = new ArrayList<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Tape(String failing) {
            this.failing = failing;
        }

        @Override
        public Recording open(WireRequest request) {
            requests.add(request);
            return this;
        }

        @Override
        public void head(int status, WireHeaders headers, long atNanos) {
            failAt("head");
        }

        @Override
        public void chunk(byte[] data, int offset, int length, long atNanos) {
            bytes.write(data, offset, length);
            failAt("chunk");
        }

        @Override
        public void end(Ending ending, boolean delivered, long atNanos) {
            endings.add(ending);
            failAt("end");
        }

        @Override
        public void close() {}

        private void failAt(String where) {
            if (failing.equals("error at " + where)) {
                throw new StackOverflowError("the tape is torn at " + where);
            }
            if (failing.equals(where)) {
                throw new IllegalStateException("the tape is torn at " + where);
            }
        }
    }
}
