package dev.gateway4j.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening socket of a server. MockWebServer speaks either HTTP/1.1 or unencrypted HTTP/2 on a port, so the first bytes of each
 * connection decide here which of two gets it: only HTTP/2 begins with {@code PRI}.
 */
final class LoopbackPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final int BACKLOG = 1024;
    /** Where no connection can be accepted, as when files run out, trying again at once would only burn time. */
    private static final long PAUSE_MILLIS = 10;

    private static final byte[] PREFACE = "PRI".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final LoopbackSockets http1;
    private final LoopbackSockets http2;
    private boolean listening = true;

    private LoopbackPort(
            ServerSocketChannel listener, Selector selector, LoopbackSockets http1, LoopbackSockets http2) {
        this.listener = listener;
        this.selector = selector;
        this.http1 = http1;
        this.http2 = http2;
    }

    /** Listens on 127.0.0.1; what is accepted goes to one of these. They may be the same: then nobody looks at any byte. */
    static LoopbackPort bind(int port, LoopbackSockets http1, LoopbackSockets http2) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.bind(
                    new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port),
                    BACKLOG);
            listener.configureBlocking(false);
            Selector selector = Selector.open();
            listener.register(selector, SelectionKey.OP_ACCEPT);
            return new LoopbackPort(listener, selector, http1, http2);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    int number() {
        return listener.socket().getLocalPort();
    }

    void start() {
        Thread thread = new Thread(this::accept, "gateway-accept-" + number());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException | ClosedSelectorException e) {
            // Closed twice, or by the thread below; either way nobody listens any more.
        }
    }

    private void accept() {
        try {
            while (selector.isOpen()) {
                select();
                List<Begun> ready = new ArrayList<>();
                for (SelectionKey key : selector.selectedKeys()) {
                    readyOrGone(key, ready);
                }
                selector.selectedKeys().clear();
                hand(ready);
            }
        } catch (IOException | ClosedSelectorException e) {
            if (listener.isOpen()) {
                LOG.error("the server stops to accept connections", e);
            }
        }
    }

    private void select() throws IOException {
        if (listening) {
            selector.select();
            return;
        }
        selector.select(PAUSE_MILLIS);
        Objects.requireNonNull(listener.keyFor(selector)).interestOps(SelectionKey.OP_ACCEPT);
        listening = true;
    }

    /** What goes wrong with one connection, or with accepting it while files run out, is no reason to stop listening. */
    private void readyOrGone(SelectionKey key, List<Begun> ready) throws IOException {
        try {
            ready(key, ready);
        } catch (IOException | CancelledKeyException gone) {
            LOG.debug("a connection is lost before its first request", gone);
            if (key.channel() == listener) {
                key.interestOps(0);
                listening = false;
            } else {
                key.channel().close();
            }
        }
    }

    private void ready(SelectionKey key, List<Begun> ready) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                accepted(channel, ready);
            }
            return;
        }
        SocketChannel channel = (SocketChannel) key.channel();
        ByteBuffer begun = (ByteBuffer) key.attachment();
        try {
            if (channel.read(begun) < 0) {
                channel.close();
            } else if (begun.position() > 0 && (!begun.hasRemaining() || !isPreface(begun))) {
                key.cancel();
                ready.add(new Begun(channel, begun.flip()));
            }
        } catch (IOException gone) {
            channel.close();
        }
    }

    private void accepted(SocketChannel channel, List<Begun> ready) throws IOException {
        // Without this, Nagle's algorithm and delayed ACKs cost some 40 ms per answer on a kept-alive connection.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (http1 == http2) {
            ready.add(new Begun(channel, ByteBuffer.allocate(0)));
        } else {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(PREFACE.length));
        }
    }

    /** A channel goes back to blocking only after the selector has let go of it. */
    private void hand(List<Begun> ready) throws IOException {
        if (ready.isEmpty()) {
            return;
        }
        selector.selectNow();
        for (Begun begun : ready) {
            try {
                begun.channel.configureBlocking(true);
            } catch (IOException gone) {
                begun.channel.close();
                continue;
            }
            ByteBuffer bytes = begun.bytes;
            boolean preface = bytes.limit() == PREFACE.length
                    && isPreface(bytes.duplicate().position(PREFACE.length));
            (preface ? http2 : http1).add(begun.channel, bytes);
        }
    }

    private static boolean isPreface(ByteBuffer begun) {
        for (int i = 0; i < begun.position(); i++) {
            if (begun.get(i) != PREFACE[i]) {
                return false;
            }
        }
        return true;
    }

    private record Begun(SocketChannel channel, ByteBuffer bytes) {}
}
