package dev.gateway4j.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.CassettePlayer;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One chat replayed from a cassette of many, 1.5 KB up and 1.2 KB down: by the player alone and through a wrapped client, with and without
 * the name of the cassette. Ten requests are asked in turn, from all over the cassette.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReplayBenchmark {
    private static final int ASKED = 10;
    private static final String NAME = "many";
    private static final CallTags NAMED = CallTags.none().withCassette(NAME);

    /** How many interactions the cassette has. */
    @Param({"10", "1000", "10000"})
    public int interactions;

    private final TimeSource time = TimeSource.system();
    private final byte[] answer = CassetteSamples.answer(0).getBytes(StandardCharsets.UTF_8);
    private final OkHttpClient floor = new OkHttpClient.Builder()
            .addInterceptor(Upstreams.answering(answer))
            .build();
    private List<byte[]> bodies = List.of();
    private List<Request> named = List.of();
    private List<Request> unnamed = List.of();
    private @Nullable Path directory;
    private @Nullable CassettePlayer player;
    private @Nullable Gateway gateway;
    private @Nullable OkHttpClient client;
    private int turn;

    /** Writes the cassette and opens it. */
    @Setup
    public void start() throws IOException {
        Path saved = CassetteSamples.saved(List.of(CassetteSamples.chats(NAME, 0, interactions)));
        directory = saved;
        player = CassettePlayer.builder().directory(saved).build();
        Gateway replaying = Gateways.replaying(saved);
        gateway = replaying;
        client = replaying.wrap(new OkHttpClient());
        bodies = IntStream.range(0, ASKED)
                .mapToObj(
                        i -> CassetteSamples.request(i * (interactions / ASKED)).getBytes(StandardCharsets.UTF_8))
                .toList();
        unnamed = bodies.stream().map(body -> request(body).build()).toList();
        named = bodies.stream()
                .map(body -> request(body).tag(CallTags.class, NAMED).build())
                .toList();
    }

    /** Removes it. */
    @TearDown
    public void stop() throws IOException {
        requireNonNull(gateway).close();
        CassetteSamples.delete(requireNonNull(directory));
    }

    /** OkHttp and an interceptor that answers. */
    @Benchmark
    public byte[] floor() throws IOException {
        return call(floor, unnamed);
    }

    /** The player alone, told which cassette. */
    @Benchmark
    public int playerNamed() {
        return play(NAMED);
    }

    /** The player alone, looking through the directory. */
    @Benchmark
    public int playerUnnamed() {
        return play(CallTags.none());
    }

    /** The whole gateway, told which cassette. */
    @Benchmark
    public byte[] clientNamed() throws IOException {
        return call(requireNonNull(client), named);
    }

    /** The whole gateway, looking through the directory. */
    @Benchmark
    public byte[] clientUnnamed() throws IOException {
        return call(requireNonNull(client), unnamed);
    }

    private byte[] call(OkHttpClient http, List<Request> requests) throws IOException {
        try (Response response = http.newCall(requests.get(next())).execute()) {
            if (response.code() != 200) {
                throw new IllegalStateException(response.body().string());
            }
            return response.body().bytes();
        }
    }

    private int play(CallTags tags) {
        WireRequest request = new WireRequest(
                "call-1",
                1,
                "POST",
                "https",
                "api.openai.com",
                "/v1/chat/completions",
                "",
                "/v1/chat/completions",
                WireHeaders.empty(),
                tags,
                bodies.get(next()),
                time.nanos());
        int bytes = 0;
        try (Frames frames = ((WireReply) requireNonNull(player).answer(request)).frames()) {
            while (frames.next() instanceof Frame.Chunk chunk) {
                bytes += chunk.bytes().length;
            }
        }
        return bytes;
    }

    private int next() {
        turn = turn == ASKED - 1 ? 0 : turn + 1;
        return turn;
    }

    private static Request.Builder request(byte[] body) {
        return new Request.Builder()
                .url(CassetteSamples.URL)
                .post(RequestBody.create(body, MediaType.get("application/json")));
    }
}
