package dev.gateway4j.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;

/** The one place that starts MockWebServer; apart from {@link GatewayServer} so that its absence can be explained. */
final class LoopbackServer {
    private final LoopbackPort port;
    private final List<MockWebServer> servers;
    private final ServedRequests served;
    private final Optional<Forwarding> forwarding;

    private LoopbackServer(
            LoopbackPort port, List<MockWebServer> servers, ServedRequests served, Optional<Forwarding> forwarding) {
        this.forwarding = forwarding;
        this.port = port;
        this.servers = servers;
        this.served = served;
    }

    /** Starts on a port: HTTP/1.1 and HTTP/2, which TLS negotiates and without TLS the client decides. */
    static LoopbackServer start(Setup setup, int number, Optional<SSLSocketFactory> tls) throws IOException {
        ServedRequests served = new ServedRequests();
        LoopbackSockets http1 = new LoopbackSockets();
        LoopbackSockets http2 = tls.isPresent() ? http1 : new LoopbackSockets();
        LoopbackPort port = LoopbackPort.bind(number, http1, http2);
        List<MockWebServer> servers = new ArrayList<>();
        try {
            servers.add(server(http1, served, setup));
            if (tls.isPresent()) {
                servers.get(0).useHttps(tls.get());
                servers.get(0).setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
            } else {
                servers.add(server(http2, served, setup));
                servers.get(1).setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
            }
            for (MockWebServer server : servers) {
                server.start();
            }
        } catch (IOException e) {
            port.close();
            servers.forEach(MockWebServer::close);
            throw e;
        }
        port.start();
        return new LoopbackServer(port, servers, served, setup.forwarding());
    }

    private static MockWebServer server(LoopbackSockets sockets, ServedRequests served, Setup setup) {
        MockWebServer server = new MockWebServer();
        server.setServerSocketFactory(sockets);
        server.setBodyLimit(setup.maxBodyBytes());
        server.setDispatcher(new StandInDispatcher(server, sockets, served, setup));
        return server;
    }

    int port() {
        return port.number();
    }

    List<ServedRequest> requests() {
        return served.list();
    }

    /** A thread that was interrupted may close it too: MockWebServer waits for its own threads and would give up half-way. */
    void close() {
        boolean interrupted = Thread.interrupted();
        port.close();
        forwarding.ifPresent(Forwarding::close);
        servers.forEach(MockWebServer::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
