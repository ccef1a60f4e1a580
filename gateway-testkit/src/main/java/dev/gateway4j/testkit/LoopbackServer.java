package dev.gateway4j.testkit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.StandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import mockwebserver3.MockWebServer;

/** The one place that starts MockWebServer; apart from {@link GatewayServer} so that its absence can be explained. */
final class LoopbackServer {
    private final MockWebServer server;
    private final ServedRequests served;

    private LoopbackServer(MockWebServer server, ServedRequests served) {
        this.server = server;
        this.served = served;
    }

    static LoopbackServer start(StandIn standIn, TimeSource time, int port, long maxBodyBytes) throws IOException {
        MockWebServer server = new MockWebServer();
        LoopbackSockets sockets = new LoopbackSockets();
        ServedRequests served = new ServedRequests();
        server.setServerSocketFactory(sockets);
        server.setBodyLimit(maxBodyBytes);
        server.setDispatcher(new StandInDispatcher(server, sockets, served, standIn, time, maxBodyBytes));
        try {
            server.start(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new LoopbackServer(server, served);
    }

    int port() {
        return server.getPort();
    }

    List<ServedRequest> requests() {
        return served.list();
    }

    /** A thread that was interrupted may close it too: MockWebServer waits for its own threads and would give up half-way. */
    void close() {
        boolean interrupted = Thread.interrupted();
        server.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
