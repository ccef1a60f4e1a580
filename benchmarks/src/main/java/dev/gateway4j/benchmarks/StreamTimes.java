package dev.gateway4j.benchmarks;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.testkit.GatewayServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * How exactly streams keep their times when many run at once in real time: in process, where each thread waits until what it pulls is due,
 * and through {@link GatewayServer}, where readers see when an event arrives. Prints how late the first token is, and by how much the mean
 * gap between two tokens differs from what was planned.
 *
 * <p>Arguments: how many streams, 500 unless given, and the latency, {@code gpt-4o} unless given.
 */
public final class StreamTimes {
    private static final TimeSource TIME = TimeSource.system();

    private StreamTimes() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        int streams = args.length > 0 ? Integer.parseInt(args[0]) : 500;
        String latency = args.length > 1 ? args[1] : "gpt-4o";
        SimulatedOpenAi simulator =
                SimulatedOpenAi.builder().time(TIME).seed(7).latency(latency).build();
        ExecutorService readers = Executors.newFixedThreadPool(streams);
        try {
            // The first round warms up.
            for (int round = 0; round < 2; round++) {
                print("in process", round, inProcess(simulator, readers, streams));
                print("over a socket", round, overSockets(simulator, readers, streams));
            }
        } finally {
            readers.shutdownNow();
        }
    }

    /** When events were due and when they were there, on one clock. */
    private record Times(List<Long> planned, List<Long> actual) {
        long firstLate() {
            return actual.get(0) - planned.get(0);
        }

        static long span(List<Long> times) {
            return times.get(times.size() - 1) - times.get(0);
        }
    }

    private static List<Times> inProcess(StandIn simulator, ExecutorService readers, int streams) throws Exception {
        List<Callable<Times>> tasks = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            int number = i;
            tasks.add(() -> {
                Times times = new Times(new ArrayList<>(), new ArrayList<>());
                WireReply reply = (WireReply) simulator.answer(request(number));
                try (Frames frames = reply.frames()) {
                    while (frames.next() instanceof Frame.Chunk chunk) {
                        boolean unusedSinceNobodyStops = TIME.waitUntil(chunk.dueNanos(), () -> false);
                        times.actual.add(TIME.nanos());
                        times.planned.add(chunk.dueNanos());
                    }
                }
                return times;
            });
        }
        return all(readers, tasks);
    }

    private static List<Times> overSockets(StandIn simulator, ExecutorService readers, int streams) throws Exception {
        Map<String, List<Long>> planned = new ConcurrentHashMap<>();
        StandIn watched = request -> watched(simulator.answer(request), planned, request);
        try (GatewayServer server = GatewayServer.start(watched, TIME)) {
            List<Callable<Times>> tasks = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                String body = body(i);
                tasks.add(() -> {
                    List<Long> actual = read(server.port(), body);
                    return new Times(planned.getOrDefault(body, List.of()), actual);
                });
            }
            return all(readers, tasks);
        }
    }

    /** Notes when each event is due. */
    private static WireAnswer watched(WireAnswer answer, Map<String, List<Long>> planned, WireRequest request) {
        WireReply reply = (WireReply) answer;
        List<Long> dues = new ArrayList<>();
        planned.put(new String(request.body(), StandardCharsets.UTF_8), dues);
        Frames frames = reply.frames();
        return new WireReply(reply.status(), reply.headers(), reply.dueNanos(), new Frames() {
            @Override
            public Frame next() {
                Frame frame = frames.next();
                if (frame instanceof Frame.Chunk chunk) {
                    String text = new String(chunk.bytes(), StandardCharsets.UTF_8);
                    text.lines().filter(line -> line.startsWith("data:")).forEach(line -> dues.add(chunk.dueNanos()));
                }
                return frame;
            }

            @Override
            public void close() {
                frames.close();
            }
        });
    }

    private static List<Long> read(int port, String body) throws IOException {
        List<Long> actual = new ArrayList<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    actual.add(TIME.nanos());
                }
            }
        }
        return actual;
    }

    private static List<Times> all(ExecutorService readers, List<Callable<Times>> tasks) throws Exception {
        List<Times> all = new ArrayList<>();
        for (Future<Times> one : readers.invokeAll(tasks)) {
            Times times = one.get();
            if (times.planned.isEmpty() || times.planned.size() != times.actual.size()) {
                throw new IllegalStateException(
                        times.planned.size() + " events were planned, " + times.actual.size() + " came");
            }
            all.add(times);
        }
        return all;
    }

    private static void print(String way, int round, List<Times> streams) {
        long[] late = streams.stream().mapToLong(Times::firstLate).sorted().toArray();
        long[] everyLate = streams.stream()
                .flatMapToLong(times -> IntStream.range(0, times.planned.size())
                        .mapToLong(i -> times.actual.get(i) - times.planned.get(i)))
                .sorted()
                .toArray();
        double planned =
                streams.stream().mapToLong(times -> Times.span(times.planned)).sum();
        double actual =
                streams.stream().mapToLong(times -> Times.span(times.actual)).sum();
        System.out.printf(
                Locale.ROOT,
                "%s, round %d, %d streams, %d events: first token late by p50 %.2f ms, p99 %.2f ms; any by p99 %.2f ms;"
                        + " mean gap off by %.3f %%%n",
                way,
                round + 1,
                streams.size(),
                everyLate.length,
                at(late, 0.5),
                at(late, 0.99),
                at(everyLate, 0.99),
                100 * (actual - planned) / Math.max(1, planned));
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))] / 1e6;
    }

    private static String body(int number) {
        return "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Tell me of number "
                + number + "\"}]}";
    }

    private static WireRequest request(int number) {
        return new WireRequest(
                "call-" + number,
                1,
                "POST",
                "https",
                "api.openai.com",
                "/v1/chat/completions",
                "",
                "/v1/chat/completions",
                WireHeaders.empty(),
                CallTags.none(),
                body(number).getBytes(StandardCharsets.UTF_8),
                TIME.nanos());
    }
}
