package dev.gateway4j.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ServerSocketFactory;

/**
 * Stands in for the listening socket of one MockWebServer and remembers what it accepted. MockWebServer numbers connections in the order of
 * {@code accept}; counting along is how a dispatcher, which is handed only that number, finds the socket of a request. Thread-safe.
 */
final class LoopbackSockets extends ServerSocketFactory {
    private final Map<Integer, LoopbackConnection> open = new ConcurrentHashMap<>();
    private final BlockingQueue<Optional<Accepted>> accepted = new LinkedBlockingQueue<>();

    /** The connection with this number; empty once it is closed. */
    Optional<LoopbackConnection> connection(int index) {
        return Optional.ofNullable(open.get(index));
    }

    /** A connection to be accepted, of which these bytes have been read already. */
    void add(SocketChannel channel, ByteBuffer begun) {
        accepted.add(Optional.of(new Accepted(channel, begun)));
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Listener();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return createServerSocket();
    }

    private record Accepted(SocketChannel channel, ByteBuffer begun) {}

    /** Bound nowhere: {@link LoopbackPort} listens. */
    private final class Listener extends ServerSocket {
        private int next;

        Listener() throws IOException {}

        @Override
        public Socket accept() throws IOException {
            Optional<Accepted> connection;
            try {
                connection = accepted.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                connection = Optional.empty();
            }
            if (connection.isEmpty()) {
                throw new SocketException("closed"); // the only one MockWebServer takes for a stop
            }
            int index = next++;
            LoopbackConnection socket = new LoopbackConnection(
                    connection.get().channel(), connection.get().begun(), () -> open.remove(index));
            open.put(index, socket);
            return socket;
        }

        @Override
        public void bind(SocketAddress address, int backlog) {}

        @Override
        public void setReuseAddress(boolean on) {}

        /** Nobody asks but MockWebServer, which wants any valid number. */
        @Override
        public int getLocalPort() {
            return 0;
        }

        @Override
        public void close() throws IOException {
            accepted.add(Optional.empty());
            super.close();
        }
    }
}
