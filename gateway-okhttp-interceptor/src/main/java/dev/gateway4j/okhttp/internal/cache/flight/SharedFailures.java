package dev.gateway4j.okhttp.internal.cache.flight;

import dev.gateway4j.api.call.TruncatedAnswerException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The failure of a flight as each of those on board hears it: one exception cannot be thrown on many threads, each of which adds to it. */
final class SharedFailures {
    private record Family(Class<? extends IOException> type, Function<String, IOException> maker) {}

    /** The special before the general. */
    private static final List<Family> FAMILIES = List.of(
            new Family(SocketTimeoutException.class, SocketTimeoutException::new),
            new Family(InterruptedIOException.class, InterruptedIOException::new),
            new Family(ConnectException.class, ConnectException::new),
            new Family(NoRouteToHostException.class, NoRouteToHostException::new),
            new Family(SocketException.class, SocketException::new),
            new Family(UnknownHostException.class, UnknownHostException::new),
            new Family(SSLHandshakeException.class, SSLHandshakeException::new),
            new Family(SSLPeerUnverifiedException.class, SSLPeerUnverifiedException::new),
            new Family(SSLException.class, SSLException::new),
            new Family(ProtocolException.class, ProtocolException::new),
            new Family(EOFException.class, EOFException::new));

    private SharedFailures() {}

    /**
     * A failure of the same type, where that can be made, and for the same reason.
     *
     * @param bytes how many had arrived
     */
    static IOException again(IOException failure, long bytes) {
        IOException again = make(failure, bytes);
        if (again.getCause() == null) {
            Throwable unusedSelf = again.initCause(failure);
        }
        return again;
    }

    private static IOException make(IOException failure, long bytes) {
        if (failure instanceof TruncatedAnswerException) {
            return new TruncatedAnswerException(bytes);
        }
        for (Family family : FAMILIES) {
            if (family.type.isInstance(failure)) {
                return family.maker.apply(String.valueOf(failure.getMessage()));
            }
        }
        return new IOException(failure.getMessage(), failure);
    }
}
