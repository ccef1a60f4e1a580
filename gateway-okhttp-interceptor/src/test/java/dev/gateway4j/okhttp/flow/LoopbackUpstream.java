package dev.gateway4j.okhttp.flow;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on loopback that speaks a little OpenAI and remembers what it was sent. */
final class LoopbackUpstream implements AutoCloseable {
    static final String CHAT = """
            {
              "id": "chatcmpl-1",
              "object": "chat.completion",
              "model": "gpt-4o-mini-2024-07-18",
              "choices": [{"index": 0, "message": {"role": "assistant", "content": "Paris."}, "finish_reason": "stop"}],
              "usage": {"prompt_tokens": 14, "completion_tokens": 2, "total_tokens": 16}
            }
            """;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    private LoopbackUpstream(Answer answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            received.add(Received.of(exchange));
            try (exchange) {
                answer.give(exchange);
            }
        });
        server.start();
    }

    static LoopbackUpstream answering(Answer answer) {
        try {
            return new LoopbackUpstream(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers every request with this JSON. */
    static LoopbackUpstream json(String body) {
        return answering(exchange -> send(exchange, 200, "application/json", body));
    }

    static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    List<Received> received() {
        return received;
    }

    Received only() {
        if (received.size() != 1) {
            throw new AssertionError("expected one request, got " + received);
        }
        return received.get(0);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    @FunctionalInterface
    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    record Received(String method, String path, Map<String, List<String>> headers, String body) {
        static Received of(HttpExchange exchange) throws IOException {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            Headers sent = exchange.getRequestHeaders();
            sent.forEach(headers::put);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            return new Received(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name)).map(values -> String.join(",", values));
        }
    }
}
