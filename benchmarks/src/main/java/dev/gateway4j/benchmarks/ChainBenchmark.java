package dev.gateway4j.benchmarks;

import dev.gateway4j.api.call.CallReport;
import java.io.IOException;
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

/**
 * One synchronous chat call, 1.5 KB up and 1.2 KB down, with an answer that is there at once. The floor is OkHttp itself around the same
 * answer, so what the others take beyond it is the gateway's.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChainBenchmark {
    private final byte[] answer = Samples.answer();
    private final Request request = new Request.Builder()
            .url("https://api.openai.com/v1/chat/completions")
            .header("Authorization", "Bearer gateway")
            .post(RequestBody.create(Samples.request(false), MediaType.get("application/json")))
            .build();
    private final OkHttpClient floor = new OkHttpClient.Builder()
            .addInterceptor(Upstreams.answering(answer))
            .build();
    private final OkHttpClient wrapped =
            Gateways.simulated(Upstreams.standIn(answer), this::keep).wrap(new OkHttpClient());
    private final OkHttpClient intercepted = new OkHttpClient.Builder()
            .addInterceptor(
                    Gateways.simulated(Upstreams.standIn(answer), this::keep).interceptor())
            .build();
    private final OkHttpClient leaving = Gateways.passthrough(this::keep)
            .install(new OkHttpClient.Builder())
            .addInterceptor(Upstreams.answering(answer))
            .build();

    private @Nullable CallReport report;

    /** OkHttp and an interceptor that answers. */
    @Benchmark
    public byte[] floor() throws IOException {
        return call(floor);
    }

    /** The whole gateway around a stand-in. */
    @Benchmark
    public byte[] wrapped() throws IOException {
        return call(wrapped);
    }

    /** The same, and the cost line is formatted. */
    @Benchmark
    public byte[] wrappedWithCostLine(CostLineOn costLine) throws IOException {
        return call(wrapped);
    }

    /** The gateway as a single interceptor, which forwards to a client of its own. */
    @Benchmark
    public byte[] intercepted() throws IOException {
        return call(intercepted);
    }

    /** A call that leaves: a key is chosen and put on, and what is beneath the gateway answers. */
    @Benchmark
    public byte[] passthrough() throws IOException {
        return call(leaving);
    }

    private byte[] call(OkHttpClient client) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.body().bytes();
        }
    }

    private void keep(CallReport ended) {
        report = ended;
    }

    /** The report of the last call, so that making it cannot be optimised away. */
    @Nullable
    CallReport report() {
        return report;
    }

    /** Turns the cost line on for one benchmark; each runs in a process of its own. */
    @State(Scope.Benchmark)
    public static class CostLineOn {
        /** Before the first call. */
        @Setup
        public void turnOn() {
            CostLine.on();
        }
    }
}
