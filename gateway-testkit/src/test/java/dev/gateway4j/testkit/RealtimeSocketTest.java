package dev.gateway4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class RealtimeSocketTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT_ONLY =
            "{\"type\": \"session.update\", \"session\": {\"type\": \"realtime\", \"output_modalities\": [\"text\"]}}";
    private static final String HELLO = "{\"type\": \"conversation.item.create\", \"item\": {\"type\": \"message\","
            + " \"role\": \"user\", \"content\": [{\"type\": \"input_text\", \"text\": \"hello\"}]}}";
    private static final String RESPOND = "{\"type\": \"response.create\"}";

    private final ManualTime time = ManualTime.advancing();
    private final OkHttpClient client = new OkHttpClient();

    @Test
    void a_turn_goes_over_a_web_socket_in_order() throws Exception {
        SimulatedOpenAi simulator = simulator("gpt-4o");

        try (GatewayServer server = serve(simulator)) {
            Talk talk = new Talk();
            WebSocket socket =
                    client.newWebSocket(handshake(server, "gpt-realtime").build(), talk);
            socket.send(TEXT_ONLY);
            socket.send(HELLO);
            socket.send(RESPOND);
            List<JsonNode> events = talk.until("rate_limits.updated");
            socket.close(1000, "done");

            List<String> types =
                    events.stream().map(event -> event.path("type").asText()).toList();
            assertThat(types).startsWith("session.created").contains("session.updated", "response.created");
            assertThat(types).endsWith("response.done", "rate_limits.updated");
            String said = events.stream()
                    .filter(event -> event.path("type").asText().equals("response.output_text.delta"))
                    .map(event -> event.path("delta").asText())
                    .reduce("", String::concat);
            JsonNode done = events.get(events.size() - 2);
            assertThat(done.at("/response/output/0/content/0/text").asText())
                    .isEqualTo(said)
                    .isNotEmpty();
            assertThat(talk.take()).isEqualTo("closed 1000");
            assertThat(server.requests()).hasSize(1);
            assertThat(simulator.journal().requests().get(0).reply().status()).isEqualTo(101);
        }
    }

    @Test
    void an_event_is_sent_when_it_is_due_and_not_before() throws Exception {
        ManualTime standing = ManualTime.standing();
        SimulatedOpenAi simulator =
                SimulatedOpenAi.builder().time(standing).latency("gpt-4o").build();

        try (GatewayServer server =
                GatewayServer.builder(simulator).time(standing).start()) {
            Talk talk = new Talk();
            WebSocket socket =
                    client.newWebSocket(handshake(server, "gpt-realtime").build(), talk);
            while (talk.messages.isEmpty()) {
                if (standing.waiting() > 0) {
                    standing.advance(Duration.ofMillis(1));
                }
                Thread.onSpinWait();
            }
            talk.until("session.created");
            socket.send(TEXT_ONLY);
            socket.send(HELLO);
            socket.send(RESPOND);
            talk.until("conversation.item.done");
            assertThat(talk.messages)
                    .as("the answer takes its time, and time stands")
                    .isEmpty();

            standing.advance(Duration.ofMinutes(10));

            assertThat(talk.until("response.done")).isNotEmpty();
            socket.cancel();
        }
    }

    @Test
    void a_model_that_is_none_is_told_and_the_socket_closed() throws Exception {
        try (GatewayServer server = serve(simulator("instant"))) {
            Talk talk = new Talk();
            WebSocket unusedButOpen =
                    client.newWebSocket(handshake(server, "gpt-4o").build(), talk);

            assertThat(talk.take()).contains("\"code\":\"model_not_found\"");
            assertThat(talk.take()).isEqualTo("closed 1000");
        }
    }

    @Test
    void a_protocol_that_is_known_is_agreed_on_and_a_key_among_them_is_one() throws Exception {
        SimulatedOpenAi simulator = SimulatedOpenAi.builder()
                .time(time)
                .latency("instant")
                .keys(Set.of("key-2"))
                .build();

        try (GatewayServer server = GatewayServer.builder(simulator)
                .time(time)
                .keys(List.of("sk-test-red-0000", "sk-test-blue-0000"))
                .start()) {
            Talk right = new Talk();
            Talk wrong = new Talk();
            WebSocket open = client.newWebSocket(browser(server, "sk-test-blue-0000"), right);
            WebSocket unusedButRefused = client.newWebSocket(browser(server, "sk-test-green-0000"), wrong);

            assertThat(right.take()).contains("session.created");
            assertThat(right.protocol).isEqualTo("realtime");
            assertThat(wrong.take()).isEqualTo("failed 401");
            open.cancel();
        }
    }

    @Test
    void without_an_upgrade_the_path_is_unknown() throws Exception {
        try (GatewayServer server = serve(simulator("instant"))) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/realtime?model=gpt-realtime"))
                    .build();

            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void closing_the_server_ends_its_sockets() throws Exception {
        Talk talk = new Talk();
        try (GatewayServer server = serve(simulator("instant"))) {
            WebSocket unusedButOpen =
                    client.newWebSocket(handshake(server, "gpt-realtime").build(), talk);
            assertThat(talk.take()).contains("session.created");
        }

        assertThat(talk.take()).startsWith("failed");
    }

    private SimulatedOpenAi simulator(String latency) {
        return SimulatedOpenAi.builder().time(time).latency(latency).seed(7).build();
    }

    private GatewayServer serve(SimulatedOpenAi simulator) throws Exception {
        return GatewayServer.builder(simulator).time(time).start();
    }

    private static Request.Builder handshake(GatewayServer server, String model) {
        return new Request.Builder().url(server.baseUrl() + "/realtime?model=" + model);
    }

    private static Request browser(GatewayServer server, String key) {
        return handshake(server, "gpt-realtime")
                .header("Sec-WebSocket-Protocol", "realtime, openai-insecure-api-key." + key)
                .build();
    }

    /** What came in, in order. */
    private static final class Talk extends WebSocketListener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private volatile @Nullable String protocol;

        String take() throws InterruptedException {
            return messages.take();
        }

        List<JsonNode> until(String type) throws Exception {
            List<JsonNode> events = new ArrayList<>();
            while (events.isEmpty()
                    || !events.get(events.size() - 1).path("type").asText().equals(type)) {
                events.add(JSON.readTree(take()));
            }
            return events;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            protocol = response.header("Sec-WebSocket-Protocol");
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            messages.add(text);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(1000, null);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            messages.add("closed " + code);
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
            messages.add("failed " + (response == null ? failure.toString() : Integer.toString(response.code())));
        }
    }
}
