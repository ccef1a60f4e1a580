package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.okhttp.CallReports;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only whole, good answers are kept. */
@Timeout(180)
class KeepingTest {
    private static final String ERROR = "{\"error\":{\"message\":\"no\",\"type\":\"server_error\",\"code\":\"x\"}}";

    @Test
    void a_stream_that_is_cut_at_any_byte_on_the_wire_is_never_kept() throws IOException {
        byte[] whole = String.join("", Answers.PARIS_STREAM).getBytes(StandardCharsets.UTF_8);
        byte[] head = RawServer.head("text/event-stream", "Connection: close").getBytes(StandardCharsets.ISO_8859_1);
        AtomicInteger cut = new AtomicInteger();
        int end = new String(whole, StandardCharsets.UTF_8).indexOf("data: [DONE]") + "data: [DONE]".length();
        try (RawServer server = RawServer.start(exchange -> {
                    exchange.body();
                    exchange.out().write(head);
                    exchange.out().write(whole, 0, cut.get());
                    exchange.out().flush();
                    return false;
                });
                House house = new House(Gateway.builder()
                        .config(House.passthrough(server.url("/v1"), CacheConfig.defaults()))
                        .time(ManualTime.standing()))) {
            for (int bytes = 0; bytes < end; bytes++) {
                cut.set(bytes);
                readSomehow(house, House.streamed("What?"));
                assertThat(house.stats().entries()).as("cut at %s", bytes).isZero();
            }

            cut.set(whole.length);
            readSomehow(house, House.streamed("What?"));
            assertThat(house.stats().entries())
                    .as("control: a whole one is kept")
                    .isEqualTo(1);
        }
    }

    private static void readSomehow(House house, Request request) {
        try (Response response = house.client.newCall(request).execute()) {
            byte[] unusedRest = response.body().bytes();
            House.report(response);
        } catch (IOException e) {
            // What a cut stream ends with.
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 400, 401, 404, 429, 500, 503})
    void no_status_but_200_is_kept(int status) {
        House house = House.standing(Answers.json(status, status == 201 ? Answers.PARIS : ERROR));

        House.Answer first = house.get(House.plain("What?"));
        House.Answer second = house.get(House.plain("What?"));

        assertThat(first.status()).isEqualTo(status);
        assertThat(second.status()).isEqualTo(status);
        assertThat(second.cache()).startsWith("miss");
        assertThat(house.stats().entries()).isZero();
        assertThat(house.stats().notKept()).hasSize(1).containsValue(2L);
        assertThat(second.outcome().reason()).isPresent();
    }

    @Test
    void why_an_answer_is_not_kept_stands_in_the_report_and_never_in_the_headers() {
        House house = House.standing(Answers.json(500, ERROR));

        for (int i = 0; i < 300; i++) {
            House.Answer answer = house.get(House.plain("What?"));

            assertThat(answer.cache()).isEqualTo("miss");
            assertThat(answer.outcome().reason()).contains("status not 200");
        }
    }

    @Test
    void an_answer_with_fewer_choices_than_were_asked_for_is_not_kept() {
        House house = new House(Configs.anySampling(), ManualTime.standing(), Answers.paris());
        Request two = House.post(
                House.CHAT_URL, House.question("What?").replace("{\"model\"", "{\"stream\":true,\"n\":2,\"model\""));

        House.Answer first = house.get(two);

        assertThat(first.body()).endsWith("data: [DONE]\n\n");
        assertThat(first.outcome().reason()).contains("incomplete");
        assertThat(house.get(two).cache()).startsWith("miss");
        assertThat(house.stats().notKept()).containsEntry("incomplete", 2L);
        house.get(House.streamed("What?"));
        assertThat(house.get(House.streamed("What?")).cache())
                .as("control: one is enough where one was asked for")
                .startsWith("hit");
    }

    @ParameterizedTest
    @CsvSource({"length", "content_filter"})
    void an_answer_that_was_cut_short_or_filtered_is_not_kept(String finish) {
        House house = House.standing(Answers.json(200, Answers.chat("Par", finish)));

        house.get(House.plain("What?"));

        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");
        assertThat(house.stats().notKept()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I cannot\"},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[]}",
                "{\"error\":{\"message\":\"no\"}}",
                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Paris.\"},\"finish_reason\":null}]}",
                "not json",
                ""
            })
    void a_200_that_is_no_good_answer_is_not_kept(String body) {
        House house = House.standing(Answers.json(200, body.isEmpty() ? " " : body));

        readSomehow(house, House.plain("What?"));
        readSomehow(house, House.plain("What?"));

        assertThat(house.stats().entries()).isZero();
        assertThat(house.stats().count(CacheStatus.MISS)).isEqualTo(2);
    }

    @Test
    void an_answer_beyond_the_largest_entry_is_delivered_and_not_kept() {
        String large = Answers.chat("x".repeat(10_000), "stop");
        House house = new House(Configs.entryBytes(4_000), ManualTime.standing(), Answers.json(200, large));

        assertThat(house.get(House.plain("What?")).body()).isEqualTo(large);
        assertThat(house.get(House.plain("What?")).cache()).startsWith("miss");
        assertThat(house.stats().entries()).isZero();
        assertThat(house.stats().notKept()).hasSize(1);
    }

    @Test
    void entries_make_room_by_their_bytes() {
        House house = new House(
                Configs.bytes(100_000),
                ManualTime.standing(),
                Answers.json(200, Answers.chat("x".repeat(10_000), "stop")));

        for (int i = 0; i < 50; i++) {
            house.get(House.plain("Question " + i));
        }

        assertThat(house.stats().bytes()).isBetween(50_000L, 100_000L);
        assertThat(house.stats().entries()).isBetween(5L, 9L);
        assertThat(house.stats().evicted()).isEqualTo(50 - house.stats().entries());
    }

    @Test
    void someone_who_retries_above_never_sees_a_cached_error() throws IOException {
        AtomicInteger number = new AtomicInteger();
        Answers flaky = Answers.by(request -> number.incrementAndGet() < 3
                ? Answers.json(request, number.get() == 1 ? 429 : 500, ERROR)
                : Answers.json(request, 200, Answers.PARIS));
        House house = House.standing(flaky);
        OkHttpClient retrying = house.gateway.wrap(new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    Response response = chain.proceed(chain.request());
                    while (!response.isSuccessful()) {
                        response.close();
                        response = chain.proceed(chain.request());
                    }
                    return response;
                })
                .build());

        try (Response response = retrying.newCall(House.plain("What?")).execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.body().string()).isEqualTo(Answers.PARIS);
        }
        assertThat(flaky.asked()).hasSize(3);
        assertThat(house.get(House.plain("What?")).cache()).startsWith("hit");
    }

    @Test
    void an_answer_that_nobody_read_to_its_end_is_not_kept() throws IOException {
        ManualTime time = ManualTime.standing();
        House house =
                new House(CacheConfig.defaults(), time, Answers.streaming(Duration.ofSeconds(1), Answers.PARIS_STREAM));

        try (Response response = house.client.newCall(House.streamed("What?")).execute()) {
            assertThat(response.body().source().readUtf8Line()).startsWith("data: ");
        }

        time.advance(Duration.ofMinutes(1));
        assertThat(house.stats().entries()).isZero();
    }

    @Test
    void who_stops_a_paced_replay_at_its_last_event_has_read_all_of_it() throws IOException {
        House house = new House(
                CacheConfig.defaults(),
                ManualTime.advancing(),
                Answers.streaming(Duration.ofSeconds(1), Answers.PARIS_STREAM));
        house.get(House.streamed("What?"));
        CompletionStage<CallReport> whole;
        CompletionStage<CallReport> part;

        try (Response response = house.client
                .newCall(House.policy(House.streamed("What?"), "paced"))
                .execute()) {
            whole = CallReports.of(response);
            String line = "";
            while (!line.equals("data: [DONE]")) {
                line = response.body().source().readUtf8LineStrict();
            }
        }
        try (Response response = house.client
                .newCall(House.policy(House.streamed("What?"), "paced"))
                .execute()) {
            part = CallReports.of(response);
            response.body().source().readUtf8LineStrict();
        }

        assertThat(whole.toCompletableFuture().join().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(part.toCompletableFuture().join().ending()).as("control").isEqualTo(Ending.ABANDONED);
    }

    @Test
    void a_paced_replay_keeps_the_pauses_of_the_original() throws IOException {
        ManualTime time = ManualTime.advancing();
        House house =
                new House(CacheConfig.defaults(), time, Answers.streaming(Duration.ofSeconds(1), Answers.PARIS_STREAM));
        house.get(House.streamed("What?"));
        long before = time.nanos();

        House.Answer instant = house.get(House.streamed("What?"));
        long between = time.nanos();
        House.Answer paced = house.get(House.policy(House.streamed("What?"), "paced"));

        assertThat(instant.cache()).startsWith("hit");
        assertThat(between).isEqualTo(before);
        assertThat(paced.body()).isEqualTo(instant.body());
        assertThat(Duration.ofNanos(time.nanos() - between)).isEqualTo(Duration.ofSeconds(5));
    }
}
