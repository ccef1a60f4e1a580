package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.okhttp.internal.call.Patience;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;

/** The exceptions that OkHttp would have thrown. */
final class Faults {
    private Faults() {}

    /** Waits until the fault strikes and returns what to throw. */
    static IOException await(Frame.Fault fault, Patience patience, String host) throws IOException {
        if (fault.kind() == FaultKind.STALL) {
            return patience.forever();
        }
        patience.await(fault.dueNanos());
        return switch (fault.kind()) {
            case CONNECT_REFUSED -> new ConnectException("Failed to connect to " + host + " (simulated)");
            case UNKNOWN_HOST -> new UnknownHostException("Unable to resolve host " + host + " (simulated)");
            case RESET -> new SocketException("Connection reset (simulated)");
            case CUT, STALL -> new EOFException("unexpected end of stream (simulated)");
        };
    }
}
