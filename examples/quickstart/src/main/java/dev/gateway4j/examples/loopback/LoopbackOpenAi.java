package dev.gateway4j.examples.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * An HTTP server on loopback that answers chat completions, responses and embeddings always the same, and remembers what it received.
 * Thread-safe.
 */
public final class LoopbackOpenAi implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<ReceivedRequest> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Consumer<ReceivedRequest> listener;
    private final HttpServer server;

    private LoopbackOpenAi(HttpServer server, Consumer<ReceivedRequest> listener) {
        this.server = server;
        this.listener = listener;
    }

    /** Starts on a free port. */
    public static LoopbackOpenAi start() throws IOException {
        return start(0, request -> {});
    }

    /** Starts on that port and tells the listener of every request before it is answered. */
    public static LoopbackOpenAi start(int port, Consumer<ReceivedRequest> listener) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        LoopbackOpenAi upstream = new LoopbackOpenAi(server, listener);
        server.createContext("/", upstream::handle);
        server.setExecutor(upstream.threads);
        server.start();
        return upstream;
    }

    /** What a gateway takes as the upstream's base URL. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The requests so far, in the order of their arrival. */
    public List<ReceivedRequest> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            ReceivedRequest request = new ReceivedRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body);
            received.add(request);
            listener.accept(request);
            answer(exchange, body.isEmpty() ? MAPPER.createObjectNode() : MAPPER.readTree(body));
        }
    }

    private static void answer(HttpExchange exchange, JsonNode question) throws IOException {
        boolean stream = question.path("stream").asBoolean();
        String model = question.path("model").asText();
        String endpoint =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (endpoint.equals("POST /v1/embeddings")) {
            boolean base64 = question.path("encoding_format").asText().equals("base64");
            send(exchange, 200, "application/json", List.of(Answers.embedding(model, base64)));
        } else if (endpoint.equals("POST /v1/chat/completions") && stream) {
            boolean usage = question.at("/stream_options/include_usage").asBoolean();
            send(exchange, 200, "text/event-stream", Answers.chatStream(model, usage));
        } else if (endpoint.equals("POST /v1/chat/completions")) {
            send(exchange, 200, "application/json", List.of(Answers.chat(model)));
        } else if (endpoint.equals("POST /v1/responses") && stream) {
            send(exchange, 200, "text/event-stream", Answers.responseStream(model));
        } else if (endpoint.equals("POST /v1/responses")) {
            send(exchange, 200, "application/json", List.of(Answers.response(model)));
        } else {
            send(exchange, 404, "application/json", List.of(Answers.notFound(endpoint)));
        }
    }

    private static void send(HttpExchange exchange, int status, String type, List<String> parts) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("x-request-id", "req_loopback");
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (String part : parts) {
                out.write(part.getBytes(UTF_8));
                out.flush();
            }
        }
    }
}
