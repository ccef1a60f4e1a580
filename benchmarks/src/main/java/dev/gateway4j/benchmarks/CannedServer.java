package dev.gateway4j.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ServerSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** MockWebServer with its two brakes off, answering the same body to everything: the floor for servers. */
public final class CannedServer {
    private static final Logger QUIET = Logger.getLogger("mockwebserver3.MockWebServer");

    private CannedServer() {}

    /** Listens on the port that is the only argument until the process is ended. */
    public static void main(String[] args) throws IOException {
        QUIET.setLevel(Level.SEVERE);
        MockWebServer server = new MockWebServer();
        server.setServerSocketFactory(new Undelayed());
        MockResponse answer = new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(new String(Samples.answer(), StandardCharsets.UTF_8))
                .build();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                RecordedRequest forgotten;
                do {
                    forgotten = server.takeRequest(0, TimeUnit.NANOSECONDS);
                } while (forgotten != null);
                return answer;
            }
        });
        server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), Integer.parseInt(args[0]));
    }

    /** Sockets that send at once instead of waiting for an acknowledgement. */
    private static final class Undelayed extends ServerSocketFactory {
        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public Socket accept() throws IOException {
                    Socket socket = super.accept();
                    try {
                        socket.setTcpNoDelay(true);
                    } catch (SocketException gone) {
                        // The server will notice too.
                    }
                    return socket;
                }
            };
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
    }
}
