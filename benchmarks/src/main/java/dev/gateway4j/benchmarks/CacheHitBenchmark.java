package dev.gateway4j.benchmarks;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.okhttp.Gateway;
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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One synchronous chat call that the cache answers, through the whole of OkHttp's call API and read to its end: 1.5 KB or 1 MB up and 1.2 KB
 * down. The floor is OkHttp itself around the same answer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CacheHitBenchmark {
    private static final int LARGE = 1 << 20;
    private static final int MANY = 4_096;

    private final byte[] answer = Samples.answer();
    private final Request plain = request(Samples.request(false));
    private final Request stream = request(Samples.request(true));
    private final Request large = request(large());
    private final Request[] many = many();
    private final OkHttpClient floor = new OkHttpClient.Builder()
            .addInterceptor(Upstreams.answering(answer))
            .build();
    private final OkHttpClient cached = Gateway.builder()
            .config(Gateways.settings("development", Mode.SIMULATED).withCache(CacheConfig.defaults()))
            .standIn(Upstreams.standIn(answer))
            .listener(this::keep)
            .build()
            .wrap(new OkHttpClient());

    private @Nullable CallReport report;
    private int next;

    /** Without chance, which by default is not cached. */
    private static Request request(byte[] body) {
        String certain = new String(body, StandardCharsets.UTF_8).replace("\"temperature\":0.2", "\"temperature\":0.0");
        return new Request.Builder()
                .url("https://api.openai.com/v1/chat/completions")
                .header("Authorization", "Bearer gateway")
                .post(RequestBody.create(certain.getBytes(StandardCharsets.UTF_8), MediaType.get("application/json")))
                .build();
    }

    /** As many as the gateway does not recognise by their bytes alone. */
    private static Request[] many() {
        String one = new String(Samples.request(false), StandardCharsets.UTF_8);
        Request[] all = new Request[MANY];
        for (int i = 0; i < MANY; i++) {
            all[i] = request(one.replace("user-17", "user-" + (10_000 + i)).getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    /** A conversation with one very long text. */
    private static byte[] large() {
        String text = "The quick brown fox jumps over the lazy dog, and \\\"why not\\\"? ";
        String whole = "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + text.repeat(LARGE / text.length()) + "\"}]}";
        return whole.getBytes(StandardCharsets.UTF_8);
    }

    /** Asks everything once, and makes sure that the second time is a hit. */
    @Setup
    public void fill() throws IOException {
        for (Request request : many) {
            byte[] unusedFirst = call(cached, request);
        }
        for (Request request : new Request[] {plain, stream, large}) {
            byte[] unusedFirst = call(cached, request);
            try (Response response = cached.newCall(request).execute()) {
                if (!String.valueOf(response.header("x-gateway-cache")).startsWith("hit")) {
                    throw new IllegalStateException("no hit: " + response.headers());
                }
            }
        }
    }

    /** OkHttp and an interceptor that answers. */
    @Benchmark
    public byte[] floor() throws IOException {
        return call(floor, plain);
    }

    /** A hit. */
    @Benchmark
    public byte[] hit() throws IOException {
        return call(cached, plain);
    }

    /** A hit whose question was not among the last few hundred, so that its key has to be made. */
    @Benchmark
    public byte[] hitAmongMany() throws IOException {
        next = (next + 1) % MANY;
        return call(cached, many[next]);
    }

    /** A hit that gets a stream made of a plain answer. */
    @Benchmark
    public byte[] hitAsStream() throws IOException {
        return call(cached, stream);
    }

    /** A hit whose question has a megabyte. */
    @Benchmark
    public byte[] hitOfMegabyte() throws IOException {
        return call(cached, large);
    }

    private static byte[] call(OkHttpClient client, Request request) throws IOException {
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
}
