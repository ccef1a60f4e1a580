package dev.gateway4j.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/**
 * Makes the listening socket of one server and remembers what it accepted. MockWebServer numbers connections in the order of {@code
 * accept}; counting along is how a dispatcher, which is handed only that number, finds the socket of a request. Thread-safe.
 */
final class LoopbackSockets extends ServerSocketFactory {
    private static final int BACKLOG = 1024;

    private final Map<Integer, LoopbackConnection> open = new ConcurrentHashMap<>();

    /** The connection with this number; empty once it is closed. */
    Optional<LoopbackConnection> connection(int index) {
        return Optional.ofNullable(open.get(index));
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Listener(open);
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, BACKLOG);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        ServerSocket socket = createServerSocket();
        socket.bind(new InetSocketAddress(address, port), backlog);
        return socket;
    }

    private static final class Listener extends ServerSocket {
        private final Map<Integer, LoopbackConnection> open;
        private final ServerSocketChannel channel;
        private int next;

        Listener(Map<Integer, LoopbackConnection> open) throws IOException {
            this.open = open;
            this.channel = ServerSocketChannel.open();
        }

        @Override
        public Socket accept() throws IOException {
            SocketChannel accepted;
            try {
                accepted = channel.accept();
            } catch (ClosedChannelException e) {
                throw (SocketException)
                        new SocketException("closed").initCause(e); // the only one MockWebServer takes for a stop
            }
            // Without this, Nagle's algorithm and delayed ACKs cost some 40 ms per answer on a kept-alive connection.
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            int index = next++;
            LoopbackConnection connection = new LoopbackConnection(accepted, () -> open.remove(index));
            open.put(index, connection);
            return connection;
        }

        @Override
        public void bind(SocketAddress address, int backlog) throws IOException {
            channel.bind(address, Math.max(backlog, BACKLOG));
        }

        /** The default of a channel is the right one on each platform; MockWebServer would keep ports busy after a close. */
        @Override
        public void setReuseAddress(boolean on) {}

        @Override
        public int getLocalPort() {
            return channel.socket().getLocalPort();
        }

        @Override
        public boolean isClosed() {
            return !channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
