package dev.gateway4j.okhttp.internal.cache.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.internal.cache.flight.Flights.Boarded;
import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.CancelWatch;
import dev.gateway4j.okhttp.internal.call.Detached;
import dev.gateway4j.okhttp.internal.call.FollowerGate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A gateway whose calls all fly, over a wire that does what the test says. Its chain is the one of a gateway without a cache, with flights where
 * the cache would be.
 */
final class Tower implements CallListener, AutoCloseable {
    static final String URL = "https://api.openai.com/v1/chat/completions";
    static final String QUESTION = "{\"model\":\"gpt-4o-mini\",\"temperature\":0,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of France?\"}]}";
    static final FlightKey KEY = key("");

    static final String PLAIN = "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"model\":\"gpt-4o-mini-2024-07-18\","
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Paris.\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":14,\"completion_tokens\":2,\"total_tokens\":16}}";
    static final List<String> EVENTS = List.of(
            "data: {\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Pa\"}}]}\n\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ris\"}}]}\n\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":14,\"completion_tokens\":2,\"total_tokens\":16}}\n\n",
            "data: [DONE]\n\n");
    /** What PLAIN and EVENTS cost: 14 tokens at 0.15 and 2 at 0.60 a million. */
    static final String COST = "0.0000033";

    private static final MediaType JSON = MediaType.get("application/json");

    final Wire wire = new Wire();
    final ManualTime time;
    final Gateway gateway;
    final CancelWatch watch = new CancelWatch();
    final Flights flights;
    final FlightThreads threads = new FlightThreads();
    final OkHttpClient client;
    final List<Landed> landed = new CopyOnWriteArrayList<>();
    private final AtomicInteger overflows = new AtomicInteger();
    private final List<CallReport> reports = new CopyOnWriteArrayList<>();
    private final AtomicReference<Consumer<CallReport>> listening = new AtomicReference<>(report -> {});
    private final AtomicReference<Function<Journey, Journey>> way = new AtomicReference<>(journey -> journey);

    Tower() {
        this(RateLimitConfig.none(), 10_000, 4 << 20);
    }

    Tower(RateLimitConfig limits, int maxWaiters, long maxEntryBytes) {
        this(limits, maxWaiters, maxEntryBytes, FollowerGate.OPEN);
    }

    Tower(RateLimitConfig limits, int maxWaiters, long maxEntryBytes, FollowerGate gate) {
        this.time = ManualTime.standing();
        this.gateway = Gateway.builder()
                .config(config(limits, maxWaiters, maxEntryBytes))
                .time(time)
                .listener(this)
                .build();
        // The client without a cache is what a flight asks.
        OkHttpClient behind = gateway.wrap(new OkHttpClient())
                .newBuilder()
                .addInterceptor(wire)
                .build();
        this.flights =
                new Flights((chain, request, detached) -> detached(behind, request, detached), watch, gate, threads);
        OkHttpClient.Builder outer = behind.newBuilder();
        outer.interceptors().add(2, new Boarding());
        this.client = outer.build();
    }

    private static Call detached(OkHttpClient client, Request request, Detached detached) {
        return client.newCall(request.newBuilder()
                .removeHeader("Accept-Encoding")
                .tag(Detached.class, detached)
                .build());
    }

    static FlightKey key(String topic) {
        byte[] digest = new byte[32];
        byte[] name = topic.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        System.arraycopy(name, 0, digest, 0, name.length);
        return new FlightKey(
                CacheKey.of(digest),
                false,
                false,
                FlightKey.Terms.UPSTREAM,
                new FlightKey.Timeouts(10_000, 600_000, 60_000));
    }

    private static GatewayConfig config(RateLimitConfig limits, int maxWaiters, long maxEntryBytes) {
        UpstreamKey key = UpstreamKey.of("blue", Secret.of("blue", "sk-test-flight-0000"));
        CacheConfig off = CacheConfig.off();
        return new GatewayConfig(
                        "staging",
                        Profile.STAGING,
                        Mode.PASSTHROUGH,
                        Isolation.STRICT,
                        Map.of("openai", dev.gateway4j.api.config.Upstream.OPENAI),
                        List.of(key),
                        Map.of(),
                        List.of(),
                        ResponseType.GENERATED,
                        LogLevel.ESSENTIAL,
                        ErrorDetail.DETAILED,
                        1 << 20,
                        64,
                        1,
                        "instant",
                        List.of())
                .withRateLimits(limits)
                .withCache(new CacheConfig(
                        false,
                        off.apply(),
                        off.ttl(),
                        off.maxBytes(),
                        maxEntryBytes,
                        off.partition(),
                        Set.of(),
                        off.sampling(),
                        off.truncated(),
                        off.staleWhileRevalidate(),
                        off.staleWhileError(),
                        off.replay(),
                        maxWaiters,
                        Set.of(),
                        List.of(),
                        Optional.empty()));
    }

    /** Changes what flights do from now on. */
    void flies(Function<Journey, Journey> otherwise) {
        way.set(otherwise);
    }

    /** In the place of the cache. */
    private final class Boarding extends CallInterceptor {
        @Override
        protected Response intercept(Chain chain, CallScope scope) throws IOException {
            String topic =
                    Optional.ofNullable(chain.request().header("X-Topic")).orElse("");
            Journey journey = Objects.requireNonNull(way.get()).apply(new Journey() {
                @Override
                public Answer depart(Journey.Upstream upstream) throws IOException {
                    return Answer.upstream(upstream.ask(chain.request()));
                }

                @Override
                public void landed(Landed answer) {
                    landed.add(answer);
                }

                @Override
                public void overflowed() {
                    overflows.incrementAndGet();
                }
            });
            if (chain.request().header("X-Launch") != null) {
                flights.launch(key(topic), chain, scope, journey);
                throw new IOException("launched");
            }
            Optional<Boarded> boarded = flights.board(key(topic), chain, scope, journey);
            return boarded.isPresent() ? boarded.get().response() : chain.proceed(chain.request());
        }
    }

    static Request ask() {
        return ask("anna");
    }

    static Request ask(String user) {
        return new Request.Builder()
                .url(URL)
                .header("X-Gateway-User", user)
                .post(RequestBody.create(QUESTION, JSON))
                .build();
    }

    static Request about(String topic) {
        return ask().newBuilder().header("X-Topic", topic).build();
    }

    Call call() {
        return client.newCall(ask());
    }

    /** A call on a thread of its own, which reads the answer to its end. */
    CompletableFuture<String> reads(Call call) {
        return on(() -> {
            try (Response response = call.execute()) {
                return response.body().string();
            }
        });
    }

    CompletableFuture<String> reads() {
        return reads(call());
    }

    /** So many calls that read, all of them on board. */
    List<CompletableFuture<String>> crew(int size) {
        List<CompletableFuture<String>> crew = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            crew.add(reads());
            boards(i + 1);
        }
        return crew;
    }

    /** Waits until so many are on board. */
    void boards(int size) {
        Crowd.until(() -> flights.aboard(KEY) >= size);
    }

    interface Work<T> {
        T get() throws Exception;
    }

    static <T> CompletableFuture<T> on(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(work.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** What a call failed with. */
    static Throwable failure(CompletableFuture<?> call) {
        return call.handle((done, failure) -> failure).join();
    }

    /** What listeners do before they take note of a report. */
    void hears(Consumer<CallReport> listener) {
        listening.set(listener);
    }

    @Override
    public void ended(CallReport report) {
        Objects.requireNonNull(listening.get()).accept(report);
        reports.add(report);
    }

    List<CallReport> reports() {
        return reports;
    }

    /** So many reports, once they are there. */
    List<CallReport> reports(int count) {
        Crowd.until(() -> reports.size() >= count);
        assertThat(reports).hasSize(count);
        return reports;
    }

    /** How many answers were too large to be kept. */
    int overflows() {
        return overflows.get();
    }

    void advance(Duration step) {
        time.advance(step);
    }

    /** Nothing is left: no flight, no link, no open answer. A link goes a moment after it has acted. */
    @Override
    public void close() {
        Crowd.until(() -> flights.underWay() == 0);
        assertThat(flights.boarding()).isZero();
        Crowd.until(() -> watch.watched() == 0);
        assertThat(wire.open()).isZero();
        threads.close();
        watch.close();
        gateway.close();
    }
}
