package dev.gateway4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ManyStreamsTest {
    private static final int STREAMS = 500;

    @Test
    void five_hundred_streams_at_once_arrive_whole() throws Exception {
        SimulatedOpenAi simulator =
                SimulatedOpenAi.builder().latency("fast").seed(7).build();
        ExecutorService readers = Executors.newCachedThreadPool();

        try (GatewayServer server = GatewayServer.start(simulator, TimeSource.system())) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                sockets.add(socket);
                ask(socket, i);
            }
            List<Future<String>> streams = new ArrayList<>();
            for (Socket socket : sockets) {
                streams.add(readers.submit(() -> read(socket)));
            }

            for (Future<String> stream : streams) {
                assertThat(stream.get())
                        .startsWith("HTTP/1.1 200 OK")
                        .containsPattern("\"finish_reason\":\"(stop|length)\"")
                        .endsWith("data: [DONE]\n\n\r\n0\r\n\r\n");
            }
            assertThat(simulator.journal().requests()).hasSize(STREAMS);
        } finally {
            readers.shutdownNow();
        }
    }

    private static void ask(Socket socket, int number) throws IOException {
        String body = "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"messages\":[{\"role\":\"user\","
                + "\"content\":\"Count to " + number + "\"}]}";
        OutputStream out = socket.getOutputStream();
        out.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(UTF_8));
        out.flush();
    }

    private static String read(Socket socket) throws IOException {
        try (socket;
                InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
