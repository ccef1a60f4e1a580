package dev.gateway4j.okhttp.flow.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A server on loopback that answers with exactly the bytes it is told to, whether HTTP allows them or not, and remembers what came. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Conversation conversation;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Integer> probes = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Integer, CountDownLatch> probed = new ConcurrentHashMap<>();

    /** A request as it arrived; header names in lower case. */
    public record Received(String line, Map<String, String> headers, String body) {
        /** The value of a header, or an empty text. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** What the server does once the head of a request has arrived. Returns true to keep the connection. */
    @FunctionalInterface
    public interface Conversation {
        /** Holds one exchange. */
        boolean hold(Exchange exchange) throws IOException, InterruptedException;
    }

    /** One request whose body may still be on its way, and the way back. */
    public record Exchange(
            String line,
            Map<String, String> headers,
            InputStream in,
            OutputStream out,
            int number,
            Consumer<String> remember) {
        /** Reads the body to its end. */
        public String body() throws IOException {
            String body = readBody(in, headers);
            remember.accept(body);
            return body;
        }

        /** Sends bytes at once. */
        public void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    private RawServer(InetAddress address, Conversation conversation) throws IOException {
        this.listener = new ServerSocket(0, 50, address);
        this.conversation = conversation;
        daemon(this::accept);
    }

    /** A server that answers the nth request with the nth text, repeats the last, and then closes the connection. */
    public static RawServer closing(String... answers) throws IOException {
        return closing(List.of(answers).stream()
                .map(answer -> answer.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new));
    }

    /** As {@link #closing(String...)}, with bytes. */
    public static RawServer closing(byte[]... answers) throws IOException {
        return start(exchange -> answer(exchange, answers, false));
    }

    /** A server that answers the nth request with the nth text, repeats the last, and keeps connections open. */
    public static RawServer keeping(String... answers) throws IOException {
        byte[][] bytes = List.of(answers).stream()
                .map(answer -> answer.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
        return start(exchange -> answer(exchange, bytes, true));
    }

    /** A server that holds this conversation for each request. */
    public static RawServer start(Conversation conversation) throws IOException {
        return new RawServer(Configs.loopback(), conversation);
    }

    /** As {@link #start}, at another address. */
    public static RawServer at(InetAddress address, Conversation conversation) throws IOException {
        return new RawServer(address, conversation);
    }

    /** A whole answer of JSON. */
    public static String json(int status, String body, String... headerLines) {
        return "HTTP/1.1 " + status + " Said\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n" + lines(headerLines) + "\r\n" + body;
    }

    /** The head of a 200, without a length unless the lines give one. */
    public static String head(String contentType, String... headerLines) {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\n" + lines(headerLines) + "\r\n";
    }

    private static String lines(String... headerLines) {
        StringBuilder text = new StringBuilder();
        for (String line : headerLines) {
            text.append(line).append("\r\n");
        }
        return text.toString();
    }

    private static boolean answer(Exchange exchange, byte[][] answers, boolean keep) throws IOException {
        exchange.body();
        exchange.out().write(answers[Math.min(exchange.number(), answers.length - 1)]);
        exchange.out().flush();
        return keep;
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Its address and port. */
    public SocketAddress address() {
        return listener.getLocalSocketAddress();
    }

    /** Its URL, by literal address, with this path. */
    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** The requests whose heads arrived. */
    public List<Received> requests() {
        return List.copyOf(requests);
    }

    /**
     * How many connections there were. Connections are accepted in the order in which they were made, so one of our own, made last, tells
     * when all before it have been counted.
     */
    public int connections() throws IOException, InterruptedException {
        try (Socket probe = new Socket()) {
            probe.bind(null);
            CountDownLatch seen = new CountDownLatch(1);
            probed.put(probe.getLocalPort(), seen);
            probes.add(probe.getLocalPort());
            probe.connect(listener.getLocalSocketAddress());
            if (!seen.await(20, TimeUnit.SECONDS)) {
                throw new IOException("the server no longer accepts");
            }
        }
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                CountDownLatch seen = probed.remove(socket.getPort());
                if (seen != null && probes.contains(socket.getPort())) {
                    socket.close();
                    seen.countDown();
                    continue;
                }
                connections.incrementAndGet();
                open.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean keep = true;
            while (keep) {
                String line = readLine(in);
                Map<String, String> headers = readHeaders(in);
                int number = remember(new Received(line, headers, ""));
                keep = conversation.hold(new Exchange(
                        line,
                        headers,
                        in,
                        socket.getOutputStream(),
                        number,
                        body -> requests.set(number, new Received(line, headers, body))));
            }
        } catch (IOException | InterruptedException e) {
            // The other side went away, or the test is over.
        } finally {
            open.remove(socket);
        }
    }

    private synchronized int remember(Received request) {
        requests.add(request);
        return requests.size() - 1;
    }

    private static Map<String, String> readHeaders(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static String readBody(InputStream in, Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        if (length != null) {
            return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                body.write(in.readNBytes(size));
                readLine(in);
            }
            readLine(in);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(readLine(in), 16);
    }

    /** Reads up to the end of a line. */
    public static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the client went away");
            }
            if (c < '\t') {
                throw new EOFException("this is no HTTP, so nobody here answers: " + c);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
