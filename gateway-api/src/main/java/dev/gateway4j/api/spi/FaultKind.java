package dev.gateway4j.api.spi;

/** How a connection fails; the caller maps each to the exception its HTTP client would have thrown. */
public enum FaultKind {
    /** Nobody listens: a {@code ConnectException}. Only before the headers. */
    CONNECT_REFUSED,
    /** The host name does not resolve: an {@code UnknownHostException}. Only before the headers. */
    UNKNOWN_HOST,
    /** The peer resets the connection: a {@code SocketException}. */
    RESET,
    /** The peer closes the connection inside the message: an {@code EOFException} or {@code ProtocolException}. */
    CUT,
    /** Nothing more arrives, ever: the caller's read or call timeout ends the wait. */
    STALL
}
