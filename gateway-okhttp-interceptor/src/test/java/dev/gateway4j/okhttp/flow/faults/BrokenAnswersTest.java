package dev.gateway4j.okhttp.flow.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the upstream does to HTTP, the caller sees an {@link IOException}, once, and the report says that the call failed. */
@Timeout(300)
final class BrokenAnswersTest {
    private static final String JSON_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final Reports reports = new Reports();

    static Stream<Arguments> broken() {
        String huge = "X-Filler: " + "x".repeat(1000) + "\r\n";
        return Stream.of(
                arguments("closes before it answers", "", Ending.FAILED),
                arguments("garbage for a status line", "lol\r\n\r\n", Ending.FAILED),
                arguments("half a head", "HTTP/1.1 200 OK\r\nContent-Ty", Ending.FAILED),
                arguments("300 KB of headers", JSON_HEAD + huge.repeat(300) + "\r\n{}", Ending.FAILED),
                arguments("204 with a body", "HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\nhello", Ending.FAILED),
                arguments(
                        "503 to be repeated in 3000 years",
                        RawServer.json(503, "{}", "Retry-After: 99999999999"),
                        Ending.FAILED),
                arguments(
                        "a length that is too long",
                        JSON_HEAD + "Content-Length: 9999\r\n\r\n" + Configs.ANSWER.substring(0, 40),
                        Ending.TRUNCATED),
                arguments(
                        "a length that is too short",
                        JSON_HEAD + "Content-Length: 20\r\n\r\n" + Configs.ANSWER,
                        Ending.TRUNCATED),
                arguments(
                        "a negative length", JSON_HEAD + "Content-Length: -5\r\n\r\n" + Configs.ANSWER, Ending.FAILED),
                arguments(
                        "no length and a cut", JSON_HEAD + "\r\n" + Configs.ANSWER.substring(0, 40), Ending.TRUNCATED),
                arguments(
                        "a length of letters and a cut",
                        JSON_HEAD + "Content-Length: abc\r\n\r\n" + Configs.ANSWER.substring(0, 40),
                        Ending.TRUNCATED),
                arguments("JSON without a byte", JSON_HEAD + "Content-Length: 0\r\n\r\n", Ending.TRUNCATED),
                arguments(
                        "a chunk of a size that is no number",
                        JSON_HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\nzz\r\n",
                        Ending.TRUNCATED),
                arguments(
                        "a chunk that is cut",
                        JSON_HEAD + "Transfer-Encoding: chunked\r\n\r\nff\r\n{\"id\":",
                        Ending.TRUNCATED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void a_broken_answer_is_an_io_exception_for_a_synchronous_call(String name, String answer, Ending ending)
            throws Exception {
        try (RawServer server = RawServer.closing(answer)) {
            OkHttpClient client = gateway(server).wrap(new OkHttpClient());

            assertThatThrownBy(() -> read(client.newCall(Configs.chat(server))))
                    .isInstanceOf(IOException.class)
                    .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain(Configs.SECRET));

            assertThat(server.requests()).hasSize(1);
            assertFailed(reports.only(), ending);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void a_broken_answer_is_one_failure_for_an_asynchronous_call(String name, String answer, Ending ending)
            throws Exception {
        try (RawServer server = RawServer.closing(answer)) {
            List<Throwable> uncaught = new CopyOnWriteArrayList<>();
            Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
            Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
            OkHttpClient client = gateway(server).wrap(new OkHttpClient());
            Outcome outcome = new Outcome();
            try {
                client.newCall(Configs.chat(server)).enqueue(outcome);
                outcome.over.await();
                client.dispatcher().executorService().shutdown();
                assertThat(client.dispatcher()
                                .executorService()
                                .awaitTermination(30, java.util.concurrent.TimeUnit.SECONDS))
                        .isTrue();
            } finally {
                Thread.setDefaultUncaughtExceptionHandler(before);
            }

            assertThat(outcome.events).hasSize(1).allSatisfy(event -> assertThat(event)
                    .doesNotContain(Configs.SECRET)
                    .doesNotContain("complete answer"));
            assertThat(uncaught).isEmpty();
            assertThat(server.requests()).hasSize(1);
            assertFailed(reports.only(), ending);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void a_broken_answer_is_an_io_exception_through_the_single_interceptor(String name, String answer, Ending ending)
            throws Exception {
        try (RawServer server = RawServer.closing(answer)) {
            OkHttpClient client = new OkHttpClient.Builder()
                    .addInterceptor(gateway(server).interceptor())
                    .build();

            assertThatThrownBy(() -> read(client.newCall(Configs.chat(server)))).isInstanceOf(IOException.class);

            assertThat(server.requests()).hasSize(1);
            assertFailed(reports.only(), ending);
        }
    }

    @Test
    void a_refused_connection_is_a_connect_exception() throws Exception {
        // Bound and not listening: nobody answers there, and nobody else can take the port meanwhile.
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(Configs.loopback(), 0));
            String baseUrl = "http://127.0.0.1:" + deaf.getLocalPort() + "/v1";
            GatewayConfig config = Configs.of(Mode.PASSTHROUGH, Isolation.STRICT, Configs.upstream(baseUrl));
            OkHttpClient client = Configs.gateway(config, reports).wrap(new OkHttpClient());

            assertThatThrownBy(() -> client.newCall(Configs.chat()).execute()).isInstanceOf(ConnectException.class);
        }

        assertThat(reports.only().ending()).isEqualTo(Ending.FAILED);
        assertThat(reports.only().status()).isEmpty();
    }

    @Test
    void an_empty_answer_of_no_known_protocol_costs_an_unknown_amount() throws Exception {
        try (RawServer server = RawServer.closing("ICY 200 OK\r\n\r\n")) {
            OkHttpClient client = gateway(server).wrap(new OkHttpClient());

            assertThat(read(client.newCall(Configs.chat(server)))).isEmpty();

            assertThat(reports.only().cost()).isInstanceOf(Cost.Unknown.class);
            assertThat(reports.only().usage()).isEmpty();
        }
    }

    @Test
    void a_length_of_letters_does_no_harm_to_a_whole_answer() throws Exception {
        try (RawServer server = RawServer.closing(JSON_HEAD + "Content-Length: abc\r\n\r\n" + Configs.ANSWER)) {
            OkHttpClient client = gateway(server).wrap(new OkHttpClient());

            assertThat(read(client.newCall(Configs.chat(server)))).isEqualTo(Configs.ANSWER);

            assertThat(reports.only().ending()).isEqualTo(Ending.COMPLETED);
            assertThat(reports.only().usage()).isPresent();
        }
    }

    @Test
    void an_answer_to_head_has_no_body_and_is_whole() throws Exception {
        try (RawServer server = RawServer.closing(JSON_HEAD + "Content-Length: 500\r\n\r\n")) {
            OkHttpClient client = gateway(server).wrap(new OkHttpClient());
            Request head =
                    new Request.Builder().url(server.url("/v1/models")).head().build();

            assertThat(read(client.newCall(head))).isEmpty();

            assertThat(reports.only().ending()).isEqualTo(Ending.COMPLETED);
        }
    }

    @Test
    void a_204_is_whole() throws Exception {
        try (RawServer server = RawServer.closing("HTTP/1.1 204 None\r\n\r\n")) {
            OkHttpClient client = gateway(server).wrap(new OkHttpClient());

            assertThat(read(client.newCall(Configs.chat(server)))).isEmpty();

            assertThat(reports.only().ending()).isEqualTo(Ending.COMPLETED);
            assertThat(reports.only().status()).hasValue(204);
        }
    }

    private Gateway gateway(RawServer server) {
        return Configs.gateway(Configs.passthrough(server), reports);
    }

    private static void assertFailed(CallReport report, Ending ending) {
        assertThat(report.ending()).isEqualTo(ending);
        assertThat(report.failure()).isPresent();
        assertThat(report.usage()).isEmpty();
        if (report.status().isPresent()) {
            assertThat(report.cost()).isInstanceOf(Cost.Unknown.class);
        }
    }

    private static String read(Call call) throws IOException {
        try (Response response = call.execute()) {
            return response.body().string();
        }
    }

    private static final class Outcome implements Callback {
        private final List<String> events = new CopyOnWriteArrayList<>();
        private final CountDownLatch over = new CountDownLatch(1);

        @Override
        public void onFailure(Call call, IOException e) {
            events.add(e.toString());
            over.countDown();
        }

        @Override
        public void onResponse(Call call, Response response) {
            try (response) {
                response.body().bytes();
                events.add("complete answer");
            } catch (IOException e) {
                events.add(e.toString());
            } finally {
                over.countDown();
            }
        }
    }
}
