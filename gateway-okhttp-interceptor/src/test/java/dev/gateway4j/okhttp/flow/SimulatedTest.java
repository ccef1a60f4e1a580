package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SimulatedTest {
    private final RecordingListener listener = new RecordingListener();
    private final OkHttpClient client = Gateway.builder()
            .config(Settings.simulated().build())
            .time(ManualTime.advancing())
            .listener(listener)
            .build()
            .wrap(new OkHttpClient());

    @Test
    void a_plain_chat_is_answered_and_accounted_for() throws IOException {
        try (Response response = client.newCall(Chat.plain()).execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.header("x-gateway-source")).isEqualTo("simulated");
            assertThat(response.body().string()).contains("\"object\": \"chat.completion\"", "\"total_tokens\"");
        }

        CallReport report = listener.only();
        assertThat(report.source()).isEqualTo(Source.SIMULATED);
        assertThat(report.usage().orElseThrow().inputTokens()).isEqualTo(14);
        assertThat(report.cost()).isInstanceOf(Cost.Known.class);
    }

    @Test
    void a_streamed_chat_arrives_on_the_callers_callback_and_is_accounted_for() {
        CompletableFuture<String> answer = new CompletableFuture<>();

        client.newCall(Chat.streamed()).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call call, Response response) throws IOException {
                try (response) {
                    answer.complete(response.body().string());
                }
            }
        });

        assertThat(answer.join()).startsWith("data: {").endsWith("data: [DONE]\n\n");
        assertThat(listener.only().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(listener.only().streamed()).isTrue();
        assertThat(listener.only().usage()).isPresent();
    }

    @Test
    void a_stream_that_does_not_say_what_it_used_costs_an_unknown_amount_not_zero() throws IOException {
        String body = Chat.STREAMED.replace("\"stream_options\":{\"include_usage\":true},", "");

        try (Response response = client.newCall(Chat.post(Chat.URL, body)).execute()) {
            response.body().string();
        }

        assertThat(listener.only().cost()).isInstanceOf(Cost.Unknown.class);
        assertThat(listener.only().cost().text()).isEqualTo("unknown");
    }

    @Test
    void a_body_that_is_not_json_gets_openais_own_answer() throws IOException {
        assertThat(badRequest("this is not JSON".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .contains("We could not parse the JSON body of your request.");
    }

    @Test
    void a_body_that_is_not_utf_8_gets_openais_own_answer() throws IOException {
        byte[] body = Chat.PLAIN.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        body[body.length - 6] = (byte) 0xff;

        assertThat(badRequest(body)).contains("We could not parse the JSON body of your request.");
    }

    private String badRequest(byte[] body) throws IOException {
        Request request = new Request.Builder()
                .url(Chat.URL)
                .post(RequestBody.create(body, Chat.JSON))
                .build();
        try (Response response = client.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(400);
            return response.body().string();
        }
    }

    @Test
    void a_body_read_to_its_end_holds_nothing_even_if_it_is_never_closed() throws IOException {
        TimedStandIn standIn = new TimedStandIn(Duration.ZERO, "data: [DONE]\n\n");
        OkHttpClient counted = Gateway.builder()
                .config(Settings.simulated().build())
                .time(ManualTime.advancing())
                .standIn(standIn)
                .build()
                .wrap(new OkHttpClient());

        BufferedSource source =
                counted.newCall(Chat.streamed()).execute().body().source();
        while (!source.exhausted()) {
            source.readByte();
        }

        assertThat(standIn.open()).isZero();
    }

    @Test
    void a_body_that_broke_off_holds_nothing_even_if_it_is_never_closed() throws IOException {
        TimedStandIn standIn = new TimedStandIn(Duration.ofHours(1), "data: [DONE]\n\n");
        OkHttpClient impatient = Gateway.builder()
                .config(Settings.simulated().build())
                .time(ManualTime.advancing())
                .standIn(standIn)
                .build()
                .wrap(new OkHttpClient.Builder()
                        .readTimeout(Duration.ofMinutes(1))
                        .build());
        BufferedSource source =
                impatient.newCall(Chat.streamed()).execute().body().source();
        assertThat(standIn.open()).as("control: held until then").isEqualTo(1);

        assertThatThrownBy(source::readByte).isInstanceOf(SocketTimeoutException.class);

        assertThat(standIn.open()).isZero();
    }

    @Test
    void a_slow_reader_is_not_taken_for_a_silent_upstream() throws IOException {
        ManualTime time = ManualTime.advancing();
        OkHttpClient patient = Gateway.builder()
                .config(Settings.simulated().build())
                .time(time)
                .standIn(new TimedStandIn(Duration.ofMillis(350), "data: 1\n\n", "data: [DONE]\n\n"))
                .build()
                .wrap(new OkHttpClient.Builder()
                        .readTimeout(Duration.ofMillis(400))
                        .build());

        try (Response response = patient.newCall(Chat.streamed()).execute()) {
            response.body().source().readUtf8("data: 1\n\n".length());
            time.advance(Duration.ofMinutes(1));

            assertThat(response.body().string()).isEqualTo("data: [DONE]\n\n");
        }
    }

    @Test
    void the_same_question_gets_the_same_answer_from_another_gateway() throws IOException {
        OkHttpClient other = Gateway.builder()
                .config(Settings.simulated().build())
                .time(ManualTime.advancing())
                .build()
                .wrap(new OkHttpClient());

        try (Response one = client.newCall(Chat.plain()).execute();
                Response two = other.newCall(Chat.plain()).execute()) {
            assertThat(one.body().string()).isEqualTo(two.body().string());
        }
    }
}
