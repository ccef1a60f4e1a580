package dev.gateway4j.testkit;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import java.io.IOException;
import java.util.Map;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A body of unknown length: each frame is sent when it is due, in HTTP/1.1 as a chunk of its own. */
final class ReplyBody implements MockResponseBody {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final String LINE_END = "\r\n";

    private final Frames frames;
    private final Delivery delivery;
    private final boolean chunked;

    ReplyBody(Frames frames, Delivery delivery, boolean chunked) {
        this.frames = frames;
        this.delivery = delivery;
        this.chunked = chunked;
    }

    @Override
    public long getContentLength() {
        return -1;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (frames) {
            boolean more = true;
            while (more) {
                more = writeNext(sink);
            }
        } catch (RuntimeException e) {
            LOG.error("stand-in failed inside a body", e);
            delivery.connection().cut();
        }
    }

    /** True if there is more to come. */
    private boolean writeNext(BufferedSink sink) throws IOException {
        Frame frame = frames.next();
        if (frame instanceof Frame.Fault fault) {
            delivery.fail(fault);
            return false;
        }
        if (!delivery.awaitDue(frame.dueNanos())) {
            return false;
        }
        if (frame instanceof Frame.End end) {
            if (chunked) {
                writeEnd(sink, end.trailers());
            }
            return false;
        }
        byte[] bytes = ((Frame.Chunk) frame).bytes();
        if (chunked) {
            sink.writeHexadecimalUnsignedLong(bytes.length);
            sink.writeUtf8(LINE_END);
            sink.write(bytes);
            sink.writeUtf8(LINE_END);
        } else {
            sink.write(bytes);
        }
        sink.flush();
        return !delivery.connection().isClosed();
    }

    /** Everything but the empty line at the very end, which MockWebServer writes. */
    private static void writeEnd(BufferedSink sink, WireHeaders trailers) throws IOException {
        sink.writeUtf8("0" + LINE_END);
        for (Map.Entry<String, String> field : trailers.entries()) {
            sink.writeUtf8(field.getKey() + ": " + field.getValue() + LINE_END);
        }
    }
}
