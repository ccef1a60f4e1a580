package dev.gateway4j.benchmarks;

import dev.gateway4j.api.call.CallReport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A chat stream of 200 events, read line by line as SDKs do. Every figure is for one event, its share of the call included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamBenchmark {
    private final List<byte[]> events = Samples.events();
    private final Request request = new Request.Builder()
            .url("https://api.openai.com/v1/chat/completions")
            .header("Authorization", "Bearer gateway")
            .post(RequestBody.create(Samples.request(true), MediaType.get("application/json")))
            .build();
    private final OkHttpClient floor = new OkHttpClient.Builder()
            .addInterceptor(Upstreams.streaming(events))
            .build();
    private final OkHttpClient wrapped =
            Gateways.simulated(Upstreams.standIn(events), this::keep).wrap(new OkHttpClient());
    private final OkHttpClient leaving = Gateways.passthrough(this::keep)
            .install(new OkHttpClient.Builder())
            .addInterceptor(Upstreams.streaming(events))
            .build();

    private @Nullable CallReport report;

    /** OkHttp and an interceptor that answers. */
    @Benchmark
    @OperationsPerInvocation(Samples.EVENTS)
    public int floor() throws IOException {
        return call(floor);
    }

    /** The whole gateway around a stand-in. */
    @Benchmark
    @OperationsPerInvocation(Samples.EVENTS)
    public int wrapped() throws IOException {
        return call(wrapped);
    }

    /** A call that leaves; what is beneath the gateway answers. */
    @Benchmark
    @OperationsPerInvocation(Samples.EVENTS)
    public int passthrough() throws IOException {
        return call(leaving);
    }

    private int call(OkHttpClient client) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            BufferedSource source = response.body().source();
            int characters = 0;
            for (String line = source.readUtf8Line(); line != null; line = source.readUtf8Line()) {
                characters += line.length();
            }
            return characters;
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
}
