package dev.gateway4j.okhttp.flow.cache;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.cache.CacheStats;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.okhttp.CallReports;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.GatewayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A gateway with a cache, a client of it, and what it reports. */
final class House implements CallListener, AutoCloseable {
    static final String CHAT_URL = "https://api.openai.com/v1/chat/completions";

    private static final MediaType JSON = MediaType.get("application/json");

    final Gateway gateway;
    final OkHttpClient client;
    private final List<CallReport> reports = new CopyOnWriteArrayList<>();

    /** What a call was answered, read to its end. */
    record Answer(int status, Headers headers, String body, CallReport report) {
        /** What {@code x-gateway-cache} says; an empty text if it is missing. */
        String cache() {
            return Optional.ofNullable(headers.get("x-gateway-cache")).orElse("");
        }

        CacheOutcome outcome() {
            return report.cache().orElseThrow();
        }
    }

    House(GatewayBuilder builder) {
        this.gateway = builder.listener(this).build();
        this.client = gateway.wrap(new OkHttpClient());
    }

    House(CacheConfig cache, ManualTime time, StandIn standIn) {
        this(Gateway.builder().config(simulated(cache)).time(time).standIn(standIn));
    }

    static House standing(StandIn standIn) {
        return new House(CacheConfig.defaults(), ManualTime.standing(), standIn);
    }

    static GatewayConfig simulated(CacheConfig cache) {
        return config(Mode.SIMULATED, Upstream.OPENAI, List.of(), cache);
    }

    /** Everything goes to this base URL, with one key. */
    static GatewayConfig passthrough(String baseUrl, CacheConfig cache) {
        return config(
                Mode.PASSTHROUGH,
                at(baseUrl),
                List.of(UpstreamKey.of("blue", Secret.of("blue", "sk-test-flow-cache-0000"))),
                cache);
    }

    static Upstream at(String baseUrl) {
        return new Upstream(
                "openai", Upstream.Kind.OPENAI, URI.create(baseUrl), Optional.empty(), Map.of(), Upstream.Auth.KEY);
    }

    static GatewayConfig config(Mode mode, Upstream openai, List<UpstreamKey> keys, CacheConfig cache) {
        return new GatewayConfig(
                        mode == Mode.SIMULATED ? "development" : "staging",
                        mode == Mode.SIMULATED ? Profile.DEVELOPMENT : Profile.STAGING,
                        mode,
                        Isolation.STRICT,
                        Map.of("openai", openai),
                        keys,
                        Map.of(),
                        List.of(),
                        ResponseType.GENERATED,
                        LogLevel.VERBOSE,
                        ErrorDetail.DETAILED,
                        32 << 20,
                        64,
                        1,
                        "instant",
                        List.of())
                .withCache(cache);
    }

    static String question(String text) {
        return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    static Request plain(String text) {
        return post(CHAT_URL, question(text));
    }

    static Request streamed(String text) {
        return post(CHAT_URL, question(text).replace("{\"model\"", "{\"stream\":true,\"model\""));
    }

    static Request streamedWithUsage(String text) {
        return post(
                CHAT_URL,
                question(text)
                        .replace(
                                "{\"model\"",
                                "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"model\""));
    }

    static Request post(String url, String body) {
        return new Request.Builder()
                .url(url)
                .post(RequestBody.create(body, JSON))
                .build();
    }

    static Request with(Request request, String header, String value) {
        return request.newBuilder().header(header, value).build();
    }

    static Request policy(Request request, String policy) {
        return with(request, "X-Gateway-Cache", policy);
    }

    /** The answer, read to its end, and its report. */
    Answer ask(Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            String body = response.body().string();
            return new Answer(response.code(), response.headers(), body, report(response));
        }
    }

    /** As {@link #ask}, where nothing should go wrong. */
    Answer get(Request request) {
        try {
            return ask(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CallReport report(Response response) {
        return CallReports.of(response)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    CacheStats stats() {
        return gateway.cache().stats();
    }

    @Override
    public void ended(CallReport report) {
        reports.add(report);
    }

    List<CallReport> reports() {
        return reports;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
