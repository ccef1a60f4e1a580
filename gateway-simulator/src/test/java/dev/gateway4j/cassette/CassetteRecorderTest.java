package dev.gateway4j.cassette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.RecorderProvider;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassetteRecorderTest {
    private static final WireHeaders JSON = WireHeaders.of("content-type", "application/json");
    private static final WireHeaders STREAM = WireHeaders.of("content-type", "text/event-stream");

    private final ManualTime time = ManualTime.standing();

    @TempDir
    private Path folder;

    @Test
    void a_gateway_finds_it_on_the_class_path() {
        assertThat(ServiceLoader.load(RecorderProvider.class))
                .extracting(RecorderProvider::name)
                .contains("cassettes");
    }

    @Test
    void record_mode_replaces_and_replay_mode_adds() throws IOException {
        try (Recorder recorder = new CassetteRecorderProvider().create(context(Mode.RECORD))) {
            exchange(recorder, request("{\"n\":1}"), JSON, "{}");
        }
        try (Recorder recorder = new CassetteRecorderProvider().create(context(Mode.REPLAY))) {
            exchange(recorder, request("{\"n\":2}"), JSON, "{}");
        }
        int added = Cassettes.at(folder).load("chat").interactions().size();
        try (Recorder recorder = new CassetteRecorderProvider().create(context(Mode.RECORD))) {
            exchange(recorder, request("{\"n\":3}"), JSON, "{}");
        }

        assertThat(added).isEqualTo(2);
        assertThat(Cassettes.at(folder).load("chat").interactions()).hasSize(1);
    }

    @Test
    void what_was_recorded_replays_byte_for_byte_and_piece_by_piece() {
        List<String> pieces =
                List.of("data: {\"a\":", "1.50}\r\n\r\n: hm\n\n\n", "data: \u00e9\n\n", "data: [DONE]\n\n");
        WireRequest request = request("{\"stream\":true}");
        try (Recorder recorder = CassetteRecorder.replacing(folder, time)) {
            exchange(recorder, request, STREAM, pieces.toArray(String[]::new));
        }

        List<Frame> frames = replay(request);

        assertThat(frames).hasSize(5);
        for (int i = 0; i < 4; i++) {
            Frame.Chunk chunk = (Frame.Chunk) frames.get(i);
            assertThat(new String(chunk.bytes(), StandardCharsets.UTF_8)).isEqualTo(pieces.get(i));
            assertThat(chunk.dueNanos())
                    .isEqualTo(Duration.ofMillis(100 + 30L * (i + 1)).toNanos());
        }
        assertThat(frames.get(4)).isInstanceOf(Frame.End.class);
    }

    @Test
    void json_that_was_laid_out_replays_as_it_was_sent() {
        String answer = "{\"id\":\"x\",\"n\":1.10,\"s\":\"a  b\\n\"}";
        WireRequest request = request("{\"q\":1}");
        try (Recorder recorder = CassetteRecorder.replacing(folder, time)) {
            exchange(recorder, request, JSON, answer.substring(0, 9), answer.substring(9));
        }

        List<Frame> frames = replay(request);

        assertThat(frames).hasSize(3);
        assertThat(text(frames)).isEqualTo(answer);
        assertThat(((Frame.Chunk) frames.get(1)).dueNanos())
                .isEqualTo(Duration.ofMillis(160).toNanos());
    }

    @Test
    void a_stream_that_was_cut_replays_as_cut() {
        WireRequest request = request("{\"stream\":true}");
        try (Recorder recorder = CassetteRecorder.replacing(folder, time)) {
            Recorder.Recording recording = recorder.open(request);
            recording.head(200, STREAM, time.nanos());
            byte[] half = bytes("data: {\"ha");
            recording.chunk(half, 0, half.length, time.nanos());
            recording.end(Ending.TRUNCATED, true, time.nanos());
        }

        List<Frame> frames = replay(request);

        assertThat(text(frames)).isEqualTo("data: {\"ha");
        assertThat(frames.get(1)).isInstanceOf(Frame.Fault.class);
    }

    @Test
    void no_secret_reaches_the_file_or_a_message_wherever_it_stands() throws IOException {
        String canary = "canary-4d1f-Zq8-blue-0000";
        assertThat(Secret.of("planted", canary).alias()).isEqualTo("planted");
        String packed = Base64.getEncoder().encodeToString(bytes("{\"key\":\"" + canary + "\"}"));
        List<String> told = new ArrayList<>();
        for (Planted one : planted(canary, packed)) {
            try (Recorder recorder = CassetteRecorder.addingTo(folder, time)) {
                exchange(recorder, one.request, one.headers, one.answer);
            } catch (RuntimeException e) {
                for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                    told.add(String.valueOf(cause.getMessage()));
                }
            }
        }

        byte[] file = Files.readAllBytes(folder.resolve("chat.yaml"));
        String text = new String(file, StandardCharsets.UTF_8);
        assertThat(text).contains("still here").doesNotContain(canary).doesNotContain(packed);
        assertThat(dev.gateway4j.api.SecretScanner.shared().find(file)).isEmpty();
        assertThat(text.replaceAll("(?s)\\n *|data: ", "")).doesNotContain(canary);
        assertThat(told).noneMatch(message -> message.contains(canary) || message.contains(packed));
    }

    @Test
    void a_secret_in_the_name_of_a_cassette_is_refused() {
        String canary = "canary-77aa-name-green-0000";
        assertThat(Secret.of("named", canary).alias()).isEqualTo("named");
        WireRequest request = new WireRequest(
                "call-1",
                1,
                "GET",
                "https",
                "api.openai.com",
                "/v1/models",
                "",
                "/v1/models",
                JSON,
                CallTags.none().withCassette(canary),
                new byte[0],
                0);
        try (Recorder recorder = CassetteRecorder.replacing(folder, time)) {
            assertThat(recorder.objection(request).orElseThrow().message())
                    .isEqualTo("The name of the cassette contains a secret. Use another name.");
            assertThatThrownBy(() -> recorder.open(request)).hasMessageNotContaining(canary);
        }
    }

    private static List<Planted> planted(String canary, String packed) {
        WireHeaders form = WireHeaders.of("content-type", "application/x-www-form-urlencoded");
        WireHeaders named = WireHeaders.of(
                "content-type", "application/json", "authorization", "Bearer " + canary, "user-agent", "a/1 " + canary);
        WireHeaders answered = WireHeaders.of(
                "content-type", "application/json", "set-cookie", "s=" + canary, "x-trace", "t " + canary);
        String half = canary.substring(0, 9);
        String rest = canary.substring(9);
        return List.of(
                new Planted(request("/v1/a", "", JSON, "{\"still here\":0}"), JSON, "{\"ok\":true}"),
                new Planted(request("/v1/a", "key=" + canary + "&b=1", JSON, "{}"), JSON, "{}"),
                new Planted(request("/v1/" + canary + "/a", "", JSON, "{}"), JSON, "{}"),
                new Planted(request("/v1/a", "", named, "{}"), answered, "{}"),
                new Planted(
                        request("/v1/a", "", JSON, "{\"a\":\"" + canary + "\"}"), JSON, "{\"b\":\"" + canary + "\"}"),
                new Planted(
                        request("/v1/a", "", JSON, "{\"a\":\"" + packed + "\"}"), JSON, "{\"b\":\"" + packed + "\"}"),
                new Planted(request("/v1/a", "", form, "token=" + canary + "&c=" + canary), JSON, "{}"),
                new Planted(request("/v1/a", "", JSON, "not json " + canary), JSON, "broken " + canary),
                new Planted(request("/v1/a", "", JSON, "{}"), STREAM, "data: {\"x\":\"" + half, rest + "\"}\n\n"));
    }

    private List<Frame> replay(WireRequest request) {
        CassettePlayer player = CassettePlayer.builder()
                .directory(folder)
                .timing("recorded")
                .time(time)
                .build();
        WireReply reply = (WireReply) player.answer(request);
        List<Frame> frames = new ArrayList<>();
        do {
            frames.add(reply.frames().next());
        } while (frames.get(frames.size() - 1) instanceof Frame.Chunk);
        reply.frames().close();
        return frames;
    }

    private static String text(List<Frame> frames) {
        StringBuilder text = new StringBuilder();
        for (Frame frame : frames) {
            if (frame instanceof Frame.Chunk chunk) {
                text.append(new String(chunk.bytes(), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    private void exchange(Recorder recorder, WireRequest request, WireHeaders headers, String... pieces) {
        Recorder.Recording recording = recorder.open(request);
        time.advance(Duration.ofMillis(100));
        recording.head(200, headers, time.nanos());
        for (String piece : pieces) {
            time.advance(Duration.ofMillis(30));
            byte[] bytes = bytes(piece);
            recording.chunk(bytes, 0, bytes.length, time.nanos());
        }
        recording.end(Ending.COMPLETED, true, time.nanos());
    }

    private StandInContext context(Mode mode) {
        GatewayConfig config = new GatewayConfig(
                "testing",
                Profile.TESTING,
                mode,
                Isolation.RELAXED,
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                ResponseType.GENERATED,
                LogLevel.VERBOSE,
                ErrorDetail.DETAILED,
                1 << 20,
                100,
                1,
                "instant",
                List.of(),
                GatewayConfig.DEFAULT_RETENTION,
                CassetteConfig.in(folder.toString()),
                dev.gateway4j.api.config.KeyConfig.defaults(),
                dev.gateway4j.api.config.RateLimitConfig.none(),
                CacheConfig.off());
        return new StandInContext(config, time, 1);
    }

    private static WireRequest request(String body) {
        return request("/v1/chat/completions", "", JSON, body);
    }

    private static WireRequest request(String path, String query, WireHeaders headers, String body) {
        return new WireRequest(
                "call-1",
                1,
                "POST",
                "https",
                "api.openai.com",
                path,
                query,
                path,
                headers,
                CallTags.none().withCassette("chat"),
                bytes(body),
                0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Planted(WireRequest request, WireHeaders headers, String... answer) {}
}
