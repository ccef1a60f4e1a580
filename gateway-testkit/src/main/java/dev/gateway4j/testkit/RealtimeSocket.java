package dev.gateway4j.testkit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.simulator.RealtimeConnection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a realtime conversation over a WebSocket. What the client says goes in on the thread that reads the socket; a thread of its own
 * sends each event when it is due, and sleeps while there is none.
 */
final class RealtimeSocket extends WebSocketListener {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final AtomicInteger SOCKETS = new AtomicInteger();
    private static final int DONE = 1000;
    private static final int FAILED = 1011;

    private final RealtimeConnection connection;
    private final TimeSource time;
    /** A permit for each reason to look again what is due. */
    private final Semaphore news = new Semaphore(0);

    private volatile boolean closed;

    RealtimeSocket(RealtimeConnection connection, TimeSource time) {
        this.connection = connection;
        this.time = time;
    }

    /** For a socket that never opens. */
    void close() {
        closed = true;
        connection.close();
        news.release();
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        Thread thread = new Thread(() -> send(socket), "gateway-realtime-" + SOCKETS.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        try {
            connection.accept(text, time.nanos());
        } catch (RuntimeException e) {
            LOG.error("stand-in failed inside a realtime conversation", e);
            socket.close(FAILED, "the simulator failed; its log says why");
        }
        news.release();
    }

    @Override
    public void onMessage(WebSocket socket, ByteString bytes) {
        onMessage(socket, bytes.utf8());
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        close();
        socket.close(DONE, null);
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        close();
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
        close();
    }

    private void send(WebSocket socket) {
        try {
            boolean more = true;
            while (more) {
                more = sendNext(socket);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            socket.cancel();
        } catch (RuntimeException e) {
            LOG.error("stand-in failed inside a realtime conversation", e);
            socket.close(FAILED, "the simulator failed; its log says why");
        }
    }

    /** Waits for something to happen, and sends what is due; false at the end. */
    private boolean sendNext(WebSocket socket) throws InterruptedException {
        OptionalLong due = connection.dueNanos();
        if (due.isEmpty()) {
            if (closed || connection.ended()) {
                socket.close(DONE, null);
                return false;
            }
            news.acquire();
            news.drainPermits();
            return true;
        }
        if (time.waitUntil(due.getAsLong(), () -> closed || news.availablePermits() > 0)) {
            Optional<String> event = connection.poll(time.nanos());
            return event.map(socket::send).orElse(true);
        }
        news.drainPermits();
        return !closed;
    }
}
