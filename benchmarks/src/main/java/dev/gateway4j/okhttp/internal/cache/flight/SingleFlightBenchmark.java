package dev.gateway4j.okhttp.internal.cache.flight;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.CancelWatch;
import dev.gateway4j.okhttp.internal.call.Detached;
import dev.gateway4j.okhttp.internal.call.FollowerGate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What it takes to share a call: a call that flies alone beside the same without a flight, and a thousand that fly together, from the moment in
 * which the upstream answers to the one in which the last of them has the whole answer. In the package of the flights, since it boards them
 * without a cache around.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SingleFlightBenchmark {
    private static final int CROWD = 1000;
    private static final MediaType JSON = MediaType.get("application/json");
    private static final byte[] ANSWER =
            ("{\"id\":\"c-1\",\"object\":\"chat.completion\",\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,"
                            + "\"message\":{\"role\":\"assistant\",\"content\":\"" + "word ".repeat(200)
                            + "\"},\"finish_reason\":\"stop\"}],"
                            + "\"usage\":{\"prompt_tokens\":14,\"completion_tokens\":200,\"total_tokens\":214}}")
                    .getBytes(UTF_8);

    private final AtomicLong questions = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
    private final CancelWatch watch = new CancelWatch();
    private final ExecutorService threads = Executors.newFixedThreadPool(CROWD);
    private final Request request = new Request.Builder()
            .url("https://api.openai.com/v1/chat/completions")
            .post(RequestBody.create(
                    ("{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(290)
                                    + "\"}]}")
                            .getBytes(UTF_8),
                    JSON))
            .build();
    private OkHttpClient direct = new OkHttpClient();
    private OkHttpClient flying = new OkHttpClient();
    private final FlightThreads flightThreads = new FlightThreads();
    private Flights flights = new Flights(
            (chain, question, detached) -> direct.newCall(question), watch, FollowerGate.OPEN, flightThreads);

    /** Makes the two clients. */
    @Setup
    public void prepare() {
        List<UpstreamKey> keys = List.of(UpstreamKey.of("blue", Secret.of("blue", "sk-test-blue-0000")));
        Gateway gateway = Gateway.builder()
                .config(settings())
                .keySource(environment -> keys)
                .build();
        direct = gateway.install(new OkHttpClient.Builder())
                .addInterceptor(this::answer)
                .build();
        OkHttpClient behind = direct;
        flights = new Flights(
                (chain, question, detached) -> behind.newCall(
                        question.newBuilder().tag(Detached.class, detached).build()),
                watch,
                FollowerGate.OPEN,
                flightThreads);
        OkHttpClient.Builder outer = direct.newBuilder();
        outer.interceptors().add(2, new Boarding());
        flying = outer.build();
    }

    private static GatewayConfig settings() {
        ConfigReader reader = GatewayConfig.reader()
                .properties(Map.of())
                .variables(name -> name.equals("OPENAI_API_KEY_STAGING") ? "sk-test-grey-0000" : null)
                .set("environment", "staging")
                .set("openai.mode", "passthrough");
        return reader.read();
    }

    /** Ends the threads. */
    @TearDown
    public void end() {
        threads.shutdown();
        flightThreads.close();
        watch.close();
    }

    /** The call without a flight. */
    @Benchmark
    public byte[] direct() throws IOException {
        return call(direct, 0);
    }

    /** The same call, which opens a flight and is alone on board. */
    @Benchmark
    public byte[] alone() throws IOException {
        return call(flying, questions.incrementAndGet());
    }

    /** The time a thousand calls take once the upstream answers, all of them waiting. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    public long crowd(Waiting waiting) throws InterruptedException, ExecutionException {
        waiting.gate.countDown();
        long bytes = 0;
        for (Future<byte[]> call : waiting.calls) {
            bytes += call.get().length;
        }
        return bytes;
    }

    /** A thousand calls whose upstream has not answered yet. */
    @State(Scope.Thread)
    public static class Waiting {
        /** Whether they share a flight, or each asks by itself; the difference is what sharing adds. */
        @Param({"true", "false"})
        public boolean shared;

        private final List<Future<byte[]>> calls = new ArrayList<>(CROWD);
        private CountDownLatch gate = new CountDownLatch(1);

        /** Gets everybody on board. */
        @Setup(Level.Iteration)
        @SuppressWarnings("ThreadPriorityCheck") // waits for other threads before anything is measured
        public void board(SingleFlightBenchmark benchmark) {
            long question = benchmark.questions.incrementAndGet();
            gate = new CountDownLatch(1);
            calls.clear();
            benchmark.gate.set(gate);
            benchmark.asked.set(0);
            OkHttpClient client = shared ? benchmark.flying : benchmark.direct;
            for (int i = 0; i < CROWD; i++) {
                calls.add(benchmark.threads.submit(() -> benchmark.call(client, question)));
            }
            while (benchmark.asked.get() < (shared ? 1 : CROWD)
                    || (shared && benchmark.flights.aboard(key(question)) < CROWD)) {
                Thread.yield();
            }
        }
    }

    private byte[] call(OkHttpClient client, long question) throws IOException {
        Request tagged =
                request.newBuilder().tag(FlightKey.class, key(question)).build();
        try (Response response = client.newCall(tagged).execute()) {
            return response.body().bytes();
        }
    }

    private Response answer(Interceptor.Chain chain) throws IOException {
        asked.incrementAndGet();
        try {
            Objects.requireNonNull(gate.get()).await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("")
                .body(ResponseBody.create(ANSWER, JSON))
                .build();
    }

    private static FlightKey key(long question) {
        return new FlightKey(
                CacheKey.of(ByteBuffer.allocate(32).putLong(question).array()),
                false,
                false,
                FlightKey.Terms.UPSTREAM,
                new FlightKey.Timeouts(10_000, 10_000, 10_000));
    }

    /** In the place of the cache. */
    private final class Boarding extends CallInterceptor {
        @Override
        protected Response intercept(Chain chain, CallScope scope) throws IOException {
            Journey journey = new Journey() {
                @Override
                public Answer depart(Upstream upstream) throws IOException {
                    return Answer.upstream(upstream.ask(chain.request()));
                }

                @Override
                public void landed(Landed landed) {}
            };
            FlightKey key = chain.request().tag(FlightKey.class);
            if (key == null) {
                return chain.proceed(chain.request());
            }
            return flights.board(key, chain, scope, journey)
                    .orElseThrow(() -> new IOException("no place on board"))
                    .response();
        }
    }
}
