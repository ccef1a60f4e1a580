package dev.gateway4j.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;

/**
 * An accepted connection that can be failed on purpose and that can tell, while its thread waits, whether the client is still there.
 *
 * <p>Its streams never throw: a connection that is gone reads as ended and swallows what is written. MockWebServer then ends its loop the
 * ordinary way; an exception would make it forget the socket without closing it. Read and written by one thread; {@link #close()} may come
 * from any.
 */
final class LoopbackConnection extends Socket {
    private final SocketChannel channel;
    private final Runnable onClose;
    private final CountDownLatch closed = new CountDownLatch(1);
    private ByteBuffer readAhead;
    private volatile boolean multiplexed;

    /**
     * A connection.
     *
     * @param channel its channel
     * @param begun what has been read from it already
     * @param onClose told when it is closed
     */
    LoopbackConnection(SocketChannel channel, ByteBuffer begun, Runnable onClose) {
        this.channel = channel;
        this.readAhead = begun;
        this.onClose = onClose;
    }

    /** From here on it carries many exchanges at once, and a thread of its own reads it all the time. */
    void multiplex() {
        multiplexed = true;
    }

    /**
     * True if the client has closed the connection, or we have. Costs a few system calls and never waits. A client that only half-closes
     * counts as gone: no HTTP client does so while it waits for an answer.
     */
    boolean isGone() {
        if (!channel.isOpen()) {
            return true;
        }
        if (multiplexed || readAhead.hasRemaining()) {
            return false; // the thread that reads would have closed it
        }
        ByteBuffer one = ByteBuffer.allocate(1);
        try {
            channel.configureBlocking(false);
            int count = channel.read(one);
            channel.configureBlocking(true);
            if (count > 0) {
                readAhead = one.flip(); // the next request of a client that pipelines
            }
            return count < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Blocks until the client or the server closes the connection. What the client still sends is dropped. */
    void awaitGone() {
        if (multiplexed) {
            awaitClosed();
            return;
        }
        ByteBuffer dropped = ByteBuffer.allocate(1024);
        while (read(dropped) >= 0) {
            dropped.clear();
        }
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the connection as a peer does that closes its socket. */
    void cut() {
        close();
    }

    /** Ends the connection as a peer does that crashed: the client reads a reset. */
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // Closed already, which is what we are here for.
        }
        close();
    }

    @Override
    @SuppressWarnings(
            "UnsynchronizedOverridesSynchronized") // a channel may be closed by any thread; a lock could only get in
    // the way
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nobody is left who could do something about it.
        }
        closed.countDown();
        onClose.run();
    }

    @Override
    public InputStream getInputStream() {
        return new Input();
    }

    @Override
    public OutputStream getOutputStream() {
        return new Output();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isInputShutdown() {
        return channel.socket().isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return channel.socket().isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public InetAddress getInetAddress() {
        return channel.socket().getInetAddress();
    }

    @Override
    public int getPort() {
        return channel.socket().getPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return channel.socket().getRemoteSocketAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return channel.socket().getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return channel.socket().getLocalPort();
    }

    @Override
    public String toString() {
        return "LoopbackConnection[" + channel + "]";
    }

    private int read(ByteBuffer into) {
        try {
            return channel.read(into);
        } catch (IOException e) {
            return -1;
        }
    }

    private final class Input extends InputStream {
        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (!readAhead.hasRemaining() || length == 0) {
                return LoopbackConnection.this.read(ByteBuffer.wrap(bytes, offset, length));
            }
            int count = Math.min(length, readAhead.remaining());
            readAhead.get(bytes, offset, count);
            return count;
        }

        @Override
        public void close() {
            LoopbackConnection.this.close();
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
            try {
                while (from.hasRemaining()) {
                    channel.write(from);
                }
            } catch (IOException e) {
                LoopbackConnection.this.close();
            }
        }

        @Override
        public void close() {
            LoopbackConnection.this.close();
        }
    }
}
