package dev.gateway4j.benchmarks.peers;

import static java.util.Objects.requireNonNull;

import com.easypost.easyvcr.AdvancedSettings;
import com.easypost.easyvcr.Cassette;
import com.easypost.easyvcr.HttpClients;
import com.easypost.easyvcr.MatchRules;
import com.easypost.easyvcr.Mode;
import com.easypost.easyvcr.clients.httpurlconnection.RecordableHttpsURLConnection;
import com.easypost.easyvcr.internal.json.Serialization;
import com.easypost.easyvcr.requestelements.HttpInteraction;
import com.easypost.easyvcr.requestelements.Request;
import com.easypost.easyvcr.requestelements.Response;
import com.easypost.easyvcr.requestelements.Status;
import dev.gateway4j.benchmarks.CassetteSamples;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What {@code ReplayBenchmark} replays, by EasyVCR: the same chats in its format, matched by method, URL and body. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EasyVcrBenchmark {
    private static final int ASKED = 10;

    /** How many interactions the cassette has. */
    @Param({"10", "1000", "10000"})
    public int interactions;

    private final AdvancedSettings settings = new AdvancedSettings();
    private List<byte[]> bodies = List.of();
    private @Nullable Path directory;
    private @Nullable Cassette cassette;
    private int turn;

    /** Writes the cassette. */
    @Setup
    public void start() throws Exception {
        List<HttpInteraction> converted = CassetteSamples.chats("many", 0, interactions).interactions().stream()
                .map(EasyVcrBenchmark::converted)
                .toList();
        Path made = Files.createTempDirectory("gateway4j-easyvcr");
        Files.writeString(made.resolve("many.json"), Serialization.convertObjectToJson(converted));
        directory = made;
        cassette = new Cassette(made.toString(), "many");
        settings.matchRules = new MatchRules().byMethod().byFullUrl().byBody();
        bodies = IntStream.range(0, ASKED)
                .mapToObj(
                        i -> CassetteSamples.request(i * (interactions / ASKED)).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Removes it. */
    @TearDown
    public void stop() throws Exception {
        CassetteSamples.delete(requireNonNull(directory));
    }

    /** One chat. */
    @Benchmark
    public byte[] easyVcr() throws Exception {
        turn = turn == ASKED - 1 ? 0 : turn + 1;
        RecordableHttpsURLConnection connection =
                HttpClients.newHttpsURLConnection(CassetteSamples.URL, requireNonNull(cassette), Mode.Replay, settings);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(bodies.get(turn));
        }
        if (connection.getResponseCode() != 200) {
            throw new IllegalStateException("status " + connection.getResponseCode());
        }
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private static HttpInteraction converted(Interaction interaction) {
        Request request = new Request();
        request.setMethod(interaction.request().method());
        request.setUri(URI.create(interaction.request().url()));
        request.setHeaders(headers(interaction.request().headers()));
        request.setBody(interaction.request().body().text().orElseThrow());
        Response response = new Response();
        response.setStatus(new Status(interaction.response().code(), "OK"));
        response.setUri(URI.create(interaction.request().url()));
        response.setHttpVersion("HTTP/1.1");
        response.setHeaders(headers(interaction.response().headers()));
        response.setBody(interaction.response().body().text().orElseThrow());
        return new HttpInteraction(request, response, 412);
    }

    private static Map<String, List<String>> headers(Fields fields) {
        return new HashMap<>(fields.values());
    }
}
