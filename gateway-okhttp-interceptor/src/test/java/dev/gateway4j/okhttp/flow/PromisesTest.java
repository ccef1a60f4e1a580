package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.SecretScanner;
import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.spi.CacheStore;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.okhttp.CallReports;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.GatewayBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The promises of the project that this module can keep, each by its number, each with a control that shows the test can fail. */
@Timeout(300)
class PromisesTest {
    private static final String CANARY = "sk-test-canary-5f2c9a7d1e";
    private static final String FIRST =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Pa\"},\"finish_reason\":null}]}\n\n";
    private static final String SECOND =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final RecordingListener listener = new RecordingListener();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void promise_2_a_secret_reaches_no_sink_but_the_wire(boolean recorded) throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        StringBuilder sinks = new StringBuilder();
        try (LoopbackUpstream upstream = LoopbackUpstream.answering(this::everyKindOfAnswer)) {
            TapeDeck deck = TapeDeck.working();
            Settings settings =
                    recorded ? Settings.recording(upstream.baseUrl()) : Settings.passthrough(upstream.baseUrl());
            GatewayBuilder builder = Gateway.builder()
                    .config(settings.noKeys().key("canary", CANARY).build())
                    .listener(listener);
            OkHttpClient client =
                    (recorded ? builder.recorder(deck) : builder).build().wrap(new OkHttpClient());

            for (String path : List.of("ok", "redirect", "cut", "garbage", "401")) {
                sinks.append(everythingSeen(client, Chat.post("https://api.openai.com/v1/" + path, Chat.PLAIN)));
            }

            assertThat(deck.takes).hasSize(recorded ? 5 : 0);
            for (TapeDeck.Take take : deck.takes) {
                sinks.append(take)
                        .append(take.request)
                        .append(take.request.query())
                        .append(take.request.headers().entries())
                        .append(take.question())
                        .append(take.headers.entries())
                        .append(take.body());
            }
            assertThat(upstream.received().toString())
                    .as("control: the wire has it")
                    .contains(CANARY);
        } finally {
            root.detachAppender(log);
            root.setLevel(before);
        }
        for (ILoggingEvent event : log.list) {
            sinks.append(event.getFormattedMessage()).append(event.getThreadName());
            if (event.getThrowableProxy() != null) {
                sinks.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        listener.reports().forEach(sinks::append);
        Thread.getAllStackTraces().keySet().forEach(thread -> sinks.append(thread.getName()));

        byte[] seen = sinks.toString().getBytes(StandardCharsets.UTF_8);

        assertThat(log.list).isNotEmpty();
        assertThat(listener.reports()).hasSize(5);
        assertThat(SecretScanner.shared().find(seen)).isEmpty();
        assertThat(sinks.toString()).doesNotContain(CANARY).doesNotContain("canary-5f2c");
        byte[] leaky = (sinks + CANARY).getBytes(StandardCharsets.UTF_8);
        assertThat(SecretScanner.shared().find(leaky))
                .as("control: a leak is found")
                .isPresent();
    }

    @Test
    void promise_2_keys_that_fail_and_a_source_that_fails_show_no_secret() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        StringBuilder sinks = new StringBuilder();
        String second = CANARY + "-second";
        List<UpstreamKey> keys = List.of(
                UpstreamKey.of("canary-1", Secret.of("canary-1", CANARY)),
                UpstreamKey.of("canary-2", Secret.of("canary-2", second)));
        AtomicBoolean broken = new AtomicBoolean();
        ManualTime time = ManualTime.standing();
        try (LoopbackUpstream upstream = LoopbackUpstream.answering(PromisesTest::refusing)) {
            Gateway gateway = Gateway.builder()
                    .config(Settings.passthrough(upstream.baseUrl()).build())
                    .keySource(environment -> {
                        if (broken.get()) {
                            throw new IllegalStateException("vault answered " + CANARY);
                        }
                        return keys;
                    })
                    .listener(listener)
                    .random(new FirstOfAll())
                    .time(time)
                    .build();
            OkHttpClient client = gateway.wrap(new OkHttpClient());

            for (int status : new int[] {403, 429, 402, 401}) {
                for (int i = 0; i < 3; i++) {
                    sinks.append(everythingSeen(
                            client, Chat.post("https://api.openai.com/v1/" + status + "/" + i, model(status))));
                }
                time.advance(Duration.ofHours(1));
            }
            sinks.append(gateway).append(gateway.keys()).append(client.interceptors());
            broken.set(true);
            sinks.append(everythingSeen(client, Chat.plain()));
            sinks.append(everythingSeen(
                    client,
                    Chat.plain()
                            .newBuilder()
                            .header("X-Gateway-Key", "canary-1")
                            .build()));

            assertThat(upstream.received().toString())
                    .as("control: the wire has both")
                    .contains("Bearer " + CANARY + "]")
                    .contains(second);
        } finally {
            root.detachAppender(log);
            root.setLevel(before);
        }
        for (ILoggingEvent event : log.list) {
            sinks.append(event.getFormattedMessage()).append(event.getThreadName());
            if (event.getThrowableProxy() != null) {
                sinks.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        listener.reports().forEach(sinks::append);
        Thread.getAllStackTraces().keySet().forEach(thread -> sinks.append(thread.getName()));

        assertThat(sinks.toString()).contains("canary-1", "canary-2", "gateway_no_key", "The key source failed");
        assertThat(SecretScanner.shared().find(sinks.toString().getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    /** Each status concerns a model of its own, so that a quota that cools stands in nobody's way. */
    private static String model(int status) {
        return Chat.PLAIN.replace("gpt-4o-mini", "gpt-" + status);
    }

    /** Says the key in every place that the gateway looks at and the application does not get. */
    private static void refusing(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        String key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .replace("Bearer ", "");
        int status = Integer.parseInt(exchange.getRequestURI().getPath().split("/", -1)[2]);
        boolean first = key.equals(CANARY);
        String told = first ? key : "x";
        exchange.getResponseHeaders().set("retry-after", first ? key : "1");
        String body =
                "{\"error\":{\"message\":\"bad " + told + "\",\"type\":\"" + told + "\",\"code\":\"" + told + "\"}}";
        LoopbackUpstream.send(exchange, status, "application/json", first ? body : "{}");
    }

    private void everyKindOfAnswer(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/v1/401" -> LoopbackUpstream.send(exchange, 401, "application/json", "{\"error\":{\"code\":\"x\"}}");
            case "/v1/redirect" -> {
                exchange.getResponseHeaders().set("Location", "http://127.0.0.1:9/elsewhere");
                exchange.sendResponseHeaders(307, -1);
            }
            case "/v1/cut" -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write("{\"half".getBytes(StandardCharsets.UTF_8));
                throw new IOException("cut");
            }
            case "/v1/garbage" -> {
                exchange.getResponseHeaders().set("Retry-After", "99999999999");
                exchange.sendResponseHeaders(503, -1);
            }
            default -> LoopbackUpstream.send(exchange, 200, "application/json", LoopbackUpstream.CHAT);
        }
    }

    private static String everythingSeen(OkHttpClient client, Request request) {
        StringWriter seen = new StringWriter();
        try (Response response = client.newCall(request).execute()) {
            seen.append(response.toString()).append(response.headers().toString());
            seen.append(response.request().toString())
                    .append(response.request().headers().toString());
            Response network = response.networkResponse();
            if (network != null) {
                seen.append(network.request().headers().toString()).append(network.toString());
            }
            seen.append(response.request().tag(Object.class) + "");
            seen.append(response.body().string());
        } catch (IOException e) {
            e.printStackTrace(new PrintWriter(seen));
        }
        return seen.toString();
    }

    @Test
    void promise_3_a_stream_is_delivered_as_it_comes() throws IOException {
        ManualTime time = ManualTime.standing();
        TimedStandIn standIn = new TimedStandIn(Duration.ZERO, FIRST, SECOND, DONE);
        TimedStandIn slow = new TimedStandIn(Duration.ofMinutes(5), FIRST, SECOND, DONE);
        Settings settings = Settings.simulated();

        try (Response response =
                wrap(settings, time, standIn).newCall(Chat.streamed()).execute()) {
            BufferedSource source = response.body().source();
            assertThat(source.readUtf8(FIRST.length())).isEqualTo(FIRST);
            assertThat(standIn.pulled()).as("pulled on demand").isEqualTo(1);
        }

        // Control: with five minutes before the first piece, nothing can be read until the clock moves.
        Call call = wrap(settings, time, slow).newCall(Chat.streamed());
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try (Response response = call.execute()) {
            Future<String> first = reader.submit(() -> response.body().source().readUtf8(FIRST.length()));
            while (time.waiting() == 0) {
                Thread.onSpinWait();
            }
            assertThat(first.isDone()).isFalse();
            time.advance(Duration.ofMinutes(5));
            assertThat(first).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(FIRST);
            assertThat(slow.pulled()).isEqualTo(1);
        } finally {
            reader.shutdownNow();
        }
    }

    @Test
    void promise_3_what_passes_through_is_byte_identical() throws IOException {
        String odd = "\uFEFF: a comment\r\n\r\ndata: {\"choices\":[],\"usage\":null}\r\rid: 7\r\nretry: 10\r\n" + SECOND
                + DONE + "trailing without end";
        try (LoopbackUpstream upstream = LoopbackUpstream.answering(
                exchange -> LoopbackUpstream.send(exchange, 200, "text/event-stream", odd))) {
            OkHttpClient client = Gateway.builder()
                    .config(Settings.passthrough(upstream.baseUrl()).build())
                    .listener(listener)
                    .build()
                    .wrap(new OkHttpClient());

            byte[] delivered;
            try (Response response = client.newCall(Chat.streamed()).execute()) {
                delivered = response.body().bytes();
            }

            assertThat(delivered).isEqualTo(odd.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void promise_4_every_reply_is_closed_after_any_mix_of_endings() throws Exception {
        TimedStandIn standIn = new TimedStandIn(Duration.ofMillis(1), FIRST, SECOND, DONE);
        ManualTime time = ManualTime.advancing();
        OkHttpClient client = wrap(Settings.simulated(), time, standIn);
        Random random = new Random(7);

        for (int i = 0; i < 500; i++) {
            endSomehow(client, random.nextInt(5));
        }

        assertThat(standIn.opened()).isGreaterThan(300);
        assertThat(standIn.open()).isZero();
        assertThat(listener.reports()).hasSize(500);
        assertThat(listener.reports().stream().map(CallReport::callId).distinct())
                .hasSize(500);
        assertThat(listener.reports().stream().map(CallReport::ending).distinct())
                .contains(Ending.COMPLETED, Ending.ABANDONED, Ending.CANCELLED, Ending.REFUSED);

        // Control: a reply that the application leaves open is seen to be open.
        Response left = client.newCall(Chat.streamed()).execute();
        assertThat(standIn.open()).isEqualTo(1);
        left.close();
        assertThat(standIn.open()).isZero();
    }

    private static void endSomehow(OkHttpClient client, int how) throws Exception {
        switch (how) {
            case 0 -> {
                try (Response response = client.newCall(Chat.streamed()).execute()) {
                    response.body().string();
                }
            }
            case 1 -> {
                try (Response response = client.newCall(Chat.streamed()).execute()) {
                    response.body().source().readUtf8(FIRST.length());
                }
            }
            case 2 -> {
                Call call = client.newCall(Chat.streamed());
                try (Response response = call.execute()) {
                    response.body().source().readUtf8(FIRST.length());
                    call.cancel();
                    response.body().string();
                } catch (IOException e) {
                    assertThat(e).hasMessage("Canceled");
                }
            }
            case 3 -> {
                String deep = "[".repeat(200) + "]".repeat(200);
                try (Response response =
                        client.newCall(Chat.post(Chat.URL, deep)).execute()) {
                    assertThat(response.code()).isEqualTo(400);
                }
            }
            default -> enqueued(client);
        }
    }

    private static void enqueued(OkHttpClient client) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        client.newCall(Chat.streamed()).enqueue(new okhttp3.Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                done.countDown();
            }

            @Override
            public void onResponse(Call call, Response response) throws IOException {
                try (response) {
                    response.body().string();
                } finally {
                    done.countDown();
                }
            }
        });
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void promise_6_no_two_tenants_share_a_cached_answer() throws IOException {
        CountingStandIn upstream = new CountingStandIn(200, LoopbackUpstream.CHAT);
        OkHttpClient client = cached(upstream, Optional.empty());

        for (int i = 0; i < 3; i++) {
            for (String tenant : List.of("acme", "globex", "Acme", "acme2", "")) {
                read(
                        client,
                        Chat.plain()
                                .newBuilder()
                                .header("X-Gateway-Tenant", tenant)
                                .build());
            }
            read(client, Chat.plain());
        }

        assertThat(upstream.asked())
                .as("once for each of five tenants and once for none")
                .isEqualTo(6);
        assertThat(listener.reports().stream().filter(PromisesTest::isHit))
                .as("control: each found his own")
                .hasSize(12)
                .allMatch(report -> report.cost().equals(Cost.NOTHING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | {'error':{'message':'no'}}",
                "429 | {'error':{'message':'slow down','code':'rate_limit_exceeded'}}",
                "200 | {'error':{'message':'no'}}",
                "200 | {'choices':[{'index':0,'message':{'role':'assistant','content':'Pa'},'finish_reason':'length'}]}",
                "200 | {'choices':[{'index':0,'message':{'role':'assistant','content':''},'finish_reason':'content_filter'}]}",
                "200 | {'choices':[{'index':0,'message':{'role':'assistant','content':null,'refusal':'no'},'finish_reason':'stop'}]}",
            })
    void promise_6_an_error_a_truncated_or_a_refused_answer_is_never_cached(int status, String body)
            throws IOException {
        CountingStandIn bad = new CountingStandIn(status, body.replace('\'', '"'));
        CountingStandIn good = new CountingStandIn(200, LoopbackUpstream.CHAT);
        OkHttpClient client = cached(bad, Optional.empty());
        OkHttpClient control = cached(good, Optional.empty());

        for (int i = 0; i < 3; i++) {
            read(client, Chat.plain());
            read(control, Chat.plain());
        }

        assertThat(bad.asked()).isEqualTo(3);
        assertThat(good.asked()).as("control: a good one is").isEqualTo(1);
    }

    @Test
    void promise_8_a_cache_that_fails_fails_no_call() throws IOException {
        CountingStandIn upstream = new CountingStandIn(200, LoopbackUpstream.CHAT);
        CacheStore broken = new CacheStore() {
            @Override
            public Optional<byte[]> get(CacheKey key) {
                throw new IllegalStateException("down");
            }

            @Override
            public void put(CacheEntryInfo info, byte[] entry) {
                throw new IllegalStateException("down");
            }

            @Override
            public void invalidate(CacheKey key) {
                throw new IllegalStateException("down");
            }

            @Override
            public void invalidateIf(Predicate<CacheEntryInfo> condition) {
                throw new IllegalStateException("down");
            }
        };
        OkHttpClient client = cached(upstream, Optional.of(broken));

        for (int i = 0; i < 5; i++) {
            assertThat(read(client, Chat.plain())).isEqualTo(LoopbackUpstream.CHAT);
        }

        assertThat(listener.reports()).allMatch(report -> report.ending() == Ending.COMPLETED);
    }

    private OkHttpClient cached(StandIn upstream, Optional<CacheStore> store) {
        GatewayBuilder builder = Gateway.builder()
                .config(Settings.simulated().build().withCache(CacheConfig.defaults()))
                .time(ManualTime.standing())
                .standIn(upstream)
                .listener(listener);
        store.ifPresent(builder::cacheStore);
        return builder.build().wrap(new OkHttpClient());
    }

    private static boolean isHit(CallReport report) {
        return report.cache()
                .filter(outcome -> outcome.status() == CacheStatus.HIT)
                .isPresent();
    }

    private static String read(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
    }

    @Test
    void promise_9_an_hour_of_simulated_latency_passes_without_the_wall_clock() throws Exception {
        ManualTime time = ManualTime.advancing();
        OkHttpClient client = wrap(
                        Settings.simulated(), time, new TimedStandIn(Duration.ofHours(1), FIRST, SECOND, DONE))
                .newBuilder()
                .readTimeout(Duration.ofHours(2))
                .build();

        CallReport report;
        try (Response response = client.newCall(Chat.streamed()).execute()) {
            response.body().string();
            report = report(response);
        }

        assertThat(report.duration()).isEqualTo(Duration.ofHours(3));
        assertThat(report.firstByte()).contains(Duration.ofHours(1));
        assertThat(report.startedAt()).isEqualTo("2026-01-01T00:00:00Z");
    }

    private static CallReport report(Response response) throws InterruptedException, ExecutionException {
        return CallReports.of(response).toCompletableFuture().get();
    }

    private OkHttpClient wrap(Settings settings, ManualTime time, TimedStandIn standIn) {
        return Gateway.builder()
                .config(settings.build())
                .time(time)
                .standIn(standIn)
                .listener(listener)
                .build()
                .wrap(new OkHttpClient());
    }
}
