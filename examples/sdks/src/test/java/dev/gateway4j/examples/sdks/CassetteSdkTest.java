package dev.gateway4j.examples.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.core.http.StreamResponse;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.CassettePlayer;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.testkit.GatewayServer;
import dev.gateway4j.testkit.RecordingListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official Java SDK records from an upstream on loopback and replays without one: it cannot tell the difference. */
@Timeout(120)
class CassetteSdkTest {
    private static final String MODEL = "gpt-4o-mini";
    private static final String KEY = "sk-test-canary-0000-key";
    private static final String NAME = "sdk/all-calls";

    /** None of these may stand in a recording. */
    private static final Map<String, String> CANARIES = Map.of(
            "Openai-Organization", "org-canary0000organisation",
            "Openai-Project", "proj_canary0000project",
            "Cookie", "session=canary0000cookie",
            "X-Forwarded-For", "canary0000forwarded",
            "traceparent", "00-canary0000trace-0000000000000001-01");

    @TempDir
    Path directory;

    @Test
    void calls_give_the_same_results_in_record_and_in_replay() throws Exception {
        SimulatedOpenAi simulator =
                SimulatedOpenAi.builder().latency("instant").seed(7).build();
        List<String> recorded;
        try (GatewayServer upstream =
                GatewayServer.builder(simulator).time(TimeSource.system()).start()) {
            recorded = program(Mode.RECORD, upstream.baseUrl(), Source.UPSTREAM);
            assertThat(upstream.requests()).hasSize(7);
        }

        List<String> replayed = program(Mode.REPLAY, "http://127.0.0.1:9/v1", Source.REPLAY);

        assertThat(replayed).hasSize(7).isEqualTo(recorded);
        Cassette cassette = Cassettes.at(directory).load(NAME);
        assertThat(cassette.interactions()).hasSize(7);
        checkNothingLeaked();
        checkRulesOfGoVcr(cassette);
    }

    @Test
    void a_host_that_is_no_upstream_is_recorded_with_its_own_credentials_and_replayed_strictly() throws Exception {
        String body = "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        SimulatedOpenAi simulator =
                SimulatedOpenAi.builder().latency("instant").seed(7).build();
        String recorded;
        String url;
        try (GatewayServer foreign =
                GatewayServer.builder(simulator).time(TimeSource.system()).start()) {
            url = foreign.baseUrl() + "/messages";
            recorded = foreign(Mode.RECORD, "relaxed", url, body);
            assertThat(foreign.requests()).singleElement().satisfies(request -> assertThat(
                            request.headers().first("x-api-key"))
                    .contains("sk-ant-canary0000foreign"));
        }

        assertThat(foreign(Mode.REPLAY, "strict", url, body))
                .isEqualTo(recorded)
                .isNotEmpty();

        assertThat(Files.readString(directory.resolve(NAME + ".yaml"))).doesNotContain("canary0000foreign");
    }

    private String foreign(Mode mode, String isolation, String url, String body) throws Exception {
        try (Gateway gateway = Gateway.builder()
                .config(settings(mode, "http://127.0.0.1:9/v1")
                        .set("isolation_level", isolation)
                        .read())
                .build()) {
            Request request = new Request.Builder()
                    .url(url)
                    .header("x-api-key", "sk-ant-canary0000foreign")
                    .header("anthropic-version", "2023-06-01")
                    .post(RequestBody.create(body, MediaType.get("application/json")))
                    .build();
            try (Response response =
                    gateway.wrap(new OkHttpClient()).newCall(request).execute()) {
                return response.code() + " " + response.body().string();
            }
        }
    }

    private List<String> program(Mode mode, String baseUrl, Source source) throws Exception {
        RecordingListener listener = new RecordingListener();
        List<String> results;
        try (Gateway gateway = Gateway.builder()
                .config(settings(mode, baseUrl).read())
                .listener(listener)
                .build()) {
            OkHttpClient client = gateway.wrap(
                    new OkHttpClient.Builder().addInterceptor(canaries()).build());
            results = calls(OpenAIOkHttpClient.builder()
                    .okHttpClient(client)
                    .apiKey("gateway")
                    .maxRetries(0)
                    .responseValidation(true)
                    .build());
            gateway.standIn(CassettePlayer.class)
                    .ifPresent(player -> assertThat(player.unused()).isEmpty());
        }
        assertThat(listener.reports()).extracting(CallReport::source).containsOnly(source);
        return results;
    }

    private ConfigReader settings(Mode mode, String baseUrl) {
        return GatewayConfig.reader()
                .variables(Map.of("CANARY_KEY", KEY))
                .set("environment", "testing")
                .set("openai.mode", mode.id())
                .set("openai.credentials.api_key", "${CANARY_KEY}")
                .set("openai.cassettes.directory", directory.toString())
                .set("openai.cassettes.name", NAME)
                .set("upstreams.openai.base_url", baseUrl);
    }

    private static Interceptor canaries() {
        return chain -> {
            Request.Builder request = chain.request().newBuilder();
            CANARIES.forEach(request::header);
            return chain.proceed(request.build());
        };
    }

    /** What each call gave, in full. */
    private static List<String> calls(OpenAIClient openai) {
        List<String> results = new ArrayList<>();
        ChatCompletionCreateParams question = ChatCompletionCreateParams.builder()
                .model(MODEL)
                .addUserMessage("Say hello to the gateway.")
                .build();
        results.add(openai.chat().completions().create(question).validate().toString());
        try (StreamResponse<ChatCompletionChunk> chunks =
                openai.chat().completions().createStreaming(question)) {
            results.add(
                    chunks.stream().map(ChatCompletionChunk::toString).toList().toString());
        }
        results.add(openai.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .input("rivers")
                        .build())
                .validate()
                .toString());
        ResponseCreateParams response = ResponseCreateParams.builder()
                .model(MODEL)
                .input("Tell me about mountains.")
                .build();
        results.add(openai.responses().create(response).validate().toString());
        try (StreamResponse<ResponseStreamEvent> events = openai.responses().createStreaming(response)) {
            results.add(
                    events.stream().map(ResponseStreamEvent::toString).toList().toString());
        }
        results.add(openai.audio()
                .transcriptions()
                .create(TranscriptionCreateParams.builder()
                        .model("gpt-4o-transcribe")
                        .file(named("gap.wav", sound()))
                        .build())
                .toString());
        String hidden = Base64.getEncoder().encodeToString(("key=" + KEY).getBytes(StandardCharsets.UTF_8));
        results.add(openai.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model(MODEL)
                        .addUserMessage("What is " + hidden + "?")
                        .build())
                .validate()
                .toString());
        return results;
    }

    /** A second of silence. */
    private static byte[] sound() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
        try {
            AudioSystem.write(
                    new AudioInputStream(new ByteArrayInputStream(new byte[16_000]), format, 8000),
                    AudioFileFormat.Type.WAVE,
                    out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static MultipartField<InputStream> named(String name, byte[] content) {
        return MultipartField.<InputStream>builder()
                .value(new ByteArrayInputStream(content))
                .filename(name)
                .build();
    }

    private void checkNothingLeaked() throws Exception {
        String file = Files.readString(directory.resolve(NAME + ".yaml"));
        assertThat(file)
                .doesNotContain(
                        KEY, Base64.getEncoder().encodeToString(("key=" + KEY).getBytes(StandardCharsets.UTF_8)))
                .doesNotContain("canary0000", "Bearer gateway")
                .doesNotContain(CANARIES.values().toArray(String[]::new));
    }

    /** What its loader insists on, and what its recorder guarantees. */
    private void checkRulesOfGoVcr(Cassette cassette) throws Exception {
        assertThat(Files.readString(directory.resolve(NAME + ".yaml"))).startsWith("---\nversion: 2\ninteractions:\n");
        for (int i = 0; i < cassette.interactions().size(); i++) {
            Interaction interaction = cassette.interactions().get(i);
            assertThat(interaction.id()).isEqualTo(i);
            assertThat(interaction.request().contentLength())
                    .isEqualTo(interaction.request().body().length());
            assertThat(interaction.response().contentLength())
                    .isEqualTo(interaction.response().body().length());
            assertThat(interaction.response().status()).startsWith("200");
            assertThat(interaction.request().url()).startsWith("http");
        }
        assertThat(Files.readAllLines(directory.resolve(NAME + ".yaml")))
                .filteredOn(line -> line.strip().startsWith("duration:"))
                .hasSize(cassette.interactions().size())
                .allMatch(line ->
                        line.strip().matches("duration: [0-9.]+(ns|µs|ms|s)|duration: (\\d+h)?(\\d+m)?[0-9.]+s"));
    }
}
