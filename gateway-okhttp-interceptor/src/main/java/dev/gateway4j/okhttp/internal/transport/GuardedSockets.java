package dev.gateway4j.okhttp.internal.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;

/** Sockets that look at the address before they connect: the last fence, which no interceptor, redirect or literal address gets round. */
final class GuardedSockets {
    private GuardedSockets() {}

    static SocketFactory factory(EgressPolicy policy, SocketFactory delegate) {
        return new Factory(policy, delegate);
    }

    /** Not a {@code ConnectException}: OkHttp would put a message of its own in front of what went wrong. */
    private static void check(EgressPolicy policy, SocketAddress address) throws IOException {
        if (!policy.allowsAddress(address)) {
            throw new SocketException(policy.refusal(address));
        }
    }

    private static final class Factory extends SocketFactory {
        private final EgressPolicy policy;
        private final SocketFactory delegate;

        Factory(EgressPolicy policy, SocketFactory delegate) {
            this.policy = policy;
            this.delegate = delegate;
        }

        @Override
        public Socket createSocket() throws IOException {
            if (policy.nothingLeaves()) {
                throw new SocketException(policy.refusal("any host"));
            }
            boolean standard = delegate.equals(SocketFactory.getDefault());
            return standard ? new GuardedSocket(policy) : new DelegatingSocket(delegate.createSocket(), policy);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return connected(new InetSocketAddress(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return connected(new InetSocketAddress(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return connected(new InetSocketAddress(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
                throws IOException {
            return connected(new InetSocketAddress(host, port));
        }

        private Socket connected(InetSocketAddress address) throws IOException {
            Socket socket = createSocket();
            try {
                socket.connect(address);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }
    }

    private static final class GuardedSocket extends Socket {
        private final EgressPolicy policy;

        GuardedSocket(EgressPolicy policy) {
            this.policy = policy;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            check(policy, endpoint);
            super.connect(endpoint, timeout);
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            check(policy, endpoint);
            super.connect(endpoint);
        }
    }

    /** The guard around a socket of the application's own kind, such as one that speaks to a Unix domain socket. */
    private static final class DelegatingSocket extends ForwardingSocket {
        private final EgressPolicy policy;

        DelegatingSocket(Socket delegate, EgressPolicy policy) {
            super(delegate);
            this.policy = policy;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            check(policy, endpoint);
            super.connect(endpoint, timeout);
        }
    }
}
