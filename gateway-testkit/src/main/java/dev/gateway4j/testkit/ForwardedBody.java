package dev.gateway4j.testkit;

import java.io.IOException;
import java.net.ProtocolException;
import mockwebserver3.MockResponseBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of an answer from elsewhere, sent on as it arrives. */
final class ForwardedBody implements MockResponseBody {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final String LINE_END = "\r\n";
    private static final long PIECE = 16 * 1024;

    private final Response response;
    private final boolean chunked;
    private final Delivery delivery;
    private final Runnable done;

    ForwardedBody(Response response, boolean chunked, Delivery delivery, Runnable done) {
        this.response = response;
        this.chunked = chunked;
        this.delivery = delivery;
        this.done = done;
    }

    @Override
    public long getContentLength() {
        return -1;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (response) {
            copy(response.body().source(), sink);
        } catch (IOException | RuntimeException e) {
            // An end we did not see must not look like one; what is missing may be that a recording was not saved.
            LOG.warn("an answer broke off reason={}", e.toString());
            delivery.connection().cut();
        } finally {
            done.run();
        }
    }

    private void copy(BufferedSource source, BufferedSink sink) throws IOException {
        Buffer piece = new Buffer();
        long left = response.body().contentLength();
        while (source.read(piece, PIECE) >= 0) {
            left -= piece.size();
            if (left == 0) {
                waitForEnd(source);
            }
            if (chunked) {
                sink.writeHexadecimalUnsignedLong(piece.size()).writeUtf8(LINE_END);
                sink.write(piece, piece.size());
                sink.writeUtf8(LINE_END);
            } else {
                sink.write(piece, piece.size());
            }
            sink.flush();
            if (delivery.connection().isClosed()) {
                return;
            }
        }
        if (chunked) {
            sink.writeUtf8("0" + LINE_END);
        }
    }

    /** A client that has as much as it was promised takes the answer for whole: the end comes first, and with it what is saved. */
    private static void waitForEnd(BufferedSource source) throws IOException {
        if (!source.exhausted()) {
            throw new ProtocolException("the answer is longer than its Content-Length");
        }
    }
}
