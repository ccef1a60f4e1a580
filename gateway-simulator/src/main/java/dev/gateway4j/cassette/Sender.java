package dev.gateway4j.cassette;

import java.io.IOException;

/**
 * Sends a recorded request for real. Cassettes know no network: whoever has a client passes this in. Called by one thread at a time.
 */
@FunctionalInterface
public interface Sender {
    /**
     * Sends a request and reads its answer to the end.
     *
     * @param request what to send; its {@code Content-Length} and {@code Accept-Encoding} are the client's own business, and credentials
     *     were never recorded, so the sender adds its own. In recordings of Azure the host is a placeholder
     * @return the answer with any compression taken off; the member {@link RecordedResponse#CHUNKS} may say when its parts arrived
     * @throws NotSentException if nothing was sent, so that nothing was spent either
     * @throws CassetteException if the request cannot be sent at all, which means the same
     * @throws IOException if no whole answer came
     */
    RecordedResponse send(RecordedRequest request) throws IOException;

    /** A request that never left, as without a key. The message says why; it is shown without secrets. */
    final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        /** With a message. */
        public NotSentException(String message) {
            super(message);
        }

        /** With a message, and what brought it about. */
        public NotSentException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
