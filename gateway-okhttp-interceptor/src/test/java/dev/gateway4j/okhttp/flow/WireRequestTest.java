package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.flow.faults.Configs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stand-ins and recorders are shown of a request. */
@Timeout(300)
class WireRequestTest {
    private static final String BASE = "http://llm.example/api/v1";

    private final List<WireRequest> seen = new CopyOnWriteArrayList<>();

    @Test
    void a_stand_in_learns_endpoint_tags_and_attempt() throws IOException {
        OkHttpClient client = simulated();

        send(client, loaded(BASE + "/chat/completions"));

        WireRequest request = seen.get(0);
        assertThat(request.path()).isEqualTo("/api/v1/chat/completions");
        assertThat(request.endpoint()).isEqualTo("/v1/chat/completions");
        assertThat(request.tags()).isEqualTo(CallTags.none().withUser("anna").withCassette("chat-basic"));
        assertThat(request.attempt()).isEqualTo(1);
    }

    @Test
    void a_stand_in_sees_no_credential_and_no_header_of_the_gateway() throws IOException {
        OkHttpClient client = simulated();

        send(client, loaded(BASE + "/chat/completions?a=b&api-key=sk-test-grey-0000&key=sk-test-red-0000"));

        assertClean(seen.get(0), "a=b");
    }

    @Test
    void a_simulator_is_told_what_is_asked_of_it() throws IOException {
        send(simulated(), loaded(BASE + "/chat/completions?a=b"));

        assertThat(seen.get(0).headers().first("x-gateway-sim")).hasValue("fault=429-tokens");
    }

    @Test
    void a_header_that_carried_nothing_but_a_key_is_gone() throws IOException {
        OkHttpClient client = simulated();
        Request request = Chat.post(BASE + "/chat/completions", Chat.PLAIN)
                .newBuilder()
                .header("Sec-WebSocket-Protocol", "openai-insecure-api-key.sk-test-grey-0000")
                .build();

        send(client, request);

        assertThat(seen.get(0).headers().first("Sec-WebSocket-Protocol")).isEmpty();
    }

    @Test
    void a_recorder_sees_the_same_request_as_a_stand_in() throws IOException {
        try (LoopbackUpstream upstream = LoopbackUpstream.json(LoopbackUpstream.CHAT)) {
            OkHttpClient client = recording(upstream);

            send(client, loaded(base(upstream) + "/chat/completions?a=b&api-key=sk-test-grey-0000"));
        }

        WireRequest request = seen.get(0);
        assertClean(request, "a=b&api-key=scrubbed");
        assertThat(request.headers().first("X-Gateway-Sim")).isEmpty();
        assertThat(request.endpoint()).isEqualTo("/v1/chat/completions");
        assertThat(request.tags().cassette()).hasValue("chat-basic");
        assertThat(request.attempt()).isEqualTo(1);
        assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo(Chat.PLAIN);
    }

    @Test
    void a_recorder_gets_a_body_whole_that_would_stream_through() throws IOException {
        try (LoopbackUpstream upstream = LoopbackUpstream.json(LoopbackUpstream.CHAT)) {
            OkHttpClient client = recording(upstream);
            RequestBody audio = RequestBody.create("RIFF", MediaType.get("audio/wav"));

            send(
                    client,
                    new Request.Builder()
                            .url(base(upstream) + "/audio/transcriptions")
                            .post(audio)
                            .build());
        }

        assertThat(seen.get(0).body()).isEqualTo("RIFF".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_simulator_answers_below_the_base_path_of_an_upstream() throws IOException {
        OkHttpClient client = Gateway.builder()
                .config(Settings.simulated().openai(BASE).build())
                .time(ManualTime.advancing())
                .build()
                .wrap(new OkHttpClient());

        try (Response response = client.newCall(Chat.post(BASE + "/chat/completions", Chat.PLAIN))
                .execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.body().string()).contains("\"object\": \"chat.completion\"");
        }
    }

    private static void assertClean(WireRequest request, String query) {
        assertThat(request.query()).isEqualTo(query);
        assertThat(request.headers().first("Sec-WebSocket-Protocol")).hasValue("realtime");
        assertThat(request.headers().first("X-Debug")).hasValue("yes");
        assertThat(request.headers().entries())
                .noneMatch(header -> header.getValue().contains("sk-test"))
                .noneMatch(header -> header.getKey().equalsIgnoreCase("X-Cassette-Name"))
                .noneMatch(header -> header.getKey().equalsIgnoreCase("X-Gateway-User"));
    }

    private static Request loaded(String url) {
        return Chat.post(url, Chat.PLAIN)
                .newBuilder()
                .header("Sec-WebSocket-Protocol", "realtime, openai-insecure-api-key.sk-test-grey-0000")
                .header("Api-Key", "sk-test-grey-0000")
                .header("X-Cassette-Name", "chat-basic")
                .header("X-Gateway-User", "anna")
                .header("X-Gateway-Sim", "fault=429-tokens")
                .header("X-Debug", "yes")
                .build();
    }

    private OkHttpClient simulated() {
        StandIn standIn = request -> {
            seen.add(request);
            return new WireReply(
                    200,
                    WireHeaders.of("content-type", "application/json"),
                    request.arrivedNanos(),
                    Frames.of("{}".getBytes(StandardCharsets.UTF_8), request.arrivedNanos()));
        };
        return Gateway.builder()
                .config(Settings.simulated().openai(BASE).build())
                .standIn(standIn)
                .time(ManualTime.advancing())
                .build()
                .wrap(new OkHttpClient());
    }

    private static String base(LoopbackUpstream upstream) {
        return upstream.baseUrl().replace("/v1", "/api/v1");
    }

    private OkHttpClient recording(LoopbackUpstream upstream) {
        return Gateway.builder()
                .config(Configs.of(Mode.RECORD, Isolation.STRICT, Configs.upstream(base(upstream))))
                .recorder(request -> {
                    seen.add(request);
                    return new Forgetting();
                })
                .time(ManualTime.advancing())
                .build()
                .wrap(new OkHttpClient());
    }

    private static void send(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            response.body().string();
        }
    }

    private record Forgetting() implements Recorder.Recording {
        @Override
        public void head(int status, WireHeaders headers, long atNanos) {}

        @Override
        public void chunk(byte[] bytes, int offset, int length, long atNanos) {}

        @Override
        public void end(Ending ending, boolean delivered, long atNanos) {}
    }
}
