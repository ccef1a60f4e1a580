package dev.gateway4j.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The simulated OpenAI in process, without any latency: alone, and behind a wrapped client. The prompt's tokens are known after warm-up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SimulatorBenchmark {
    private static final byte[] PLAIN =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello to the gateway.\"}]}"
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] STREAMED = new String(PLAIN, StandardCharsets.UTF_8)
            .replace("{\"model\"", "{\"stream\":true,\"model\"")
            .getBytes(StandardCharsets.UTF_8);
    private static final MediaType JSON = MediaType.get("application/json");

    private final TimeSource time = TimeSource.system();
    private @Nullable StandIn simulator;
    private @Nullable Gateway gateway;
    private @Nullable OkHttpClient client;

    /** Starts the simulator and a gateway that answers with it. */
    @Setup
    public void start() {
        StandIn alone = SimulatedOpenAi.of(Gateways.settings("development", dev.gateway4j.api.Mode.SIMULATED), time, 7);
        Gateway around = Gateways.simulated(alone, report -> {});
        simulator = alone;
        gateway = around;
        client = around.wrap(new OkHttpClient());
    }

    /** Stops the gateway. */
    @TearDown
    public void stop() {
        requireNonNull(gateway).close();
    }

    /** A plain chat completion, read to its end. */
    @Benchmark
    public int plain() {
        return read(requireNonNull(simulator).answer(request(PLAIN)));
    }

    /** A streamed chat completion, read to its end. */
    @Benchmark
    public int streamed() {
        return read(requireNonNull(simulator).answer(request(STREAMED)));
    }

    /** A plain chat completion through a wrapped client. */
    @Benchmark
    public byte[] wrapped() throws IOException {
        Request request = new Request.Builder()
                .url("https://api.openai.com/v1/chat/completions")
                .post(RequestBody.create(PLAIN, JSON))
                .build();
        try (Response response = requireNonNull(client).newCall(request).execute()) {
            return response.body().bytes();
        }
    }

    private WireRequest request(byte[] body) {
        return new WireRequest(
                "call-1",
                1,
                "POST",
                "https",
                "api.openai.com",
                "/v1/chat/completions",
                "",
                "/v1/chat/completions",
                WireHeaders.empty(),
                CallTags.none(),
                body,
                time.nanos());
    }

    private static int read(WireAnswer answer) {
        int bytes = 0;
        try (Frames frames = ((WireReply) answer).frames()) {
            while (frames.next() instanceof Frame.Chunk chunk) {
                bytes += chunk.bytes().length;
            }
        }
        return bytes;
    }
}
