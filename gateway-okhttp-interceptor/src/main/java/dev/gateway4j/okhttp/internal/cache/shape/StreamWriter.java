package dev.gateway4j.okhttp.internal.cache.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a stream of events and notes where each ends. */
final class StreamWriter {
    private static final String TYPE = "text/event-stream; charset=utf-8";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    private final JsonGenerator json;
    private final List<Integer> ends = new ArrayList<>();

    StreamWriter() throws IOException {
        json = Json.generator(out);
    }

    /** An event without a type, such as a chunk. */
    void event(Node data) throws IOException {
        json.writeRaw("data: ");
        data.write(json);
        end();
    }

    /** An event with a type. */
    void event(String type, Node data) throws IOException {
        json.writeRaw("event: ");
        json.writeRaw(type);
        json.writeRaw('\n');
        event(data);
    }

    void done() throws IOException {
        json.writeRaw("data: [DONE]");
        end();
    }

    private void end() throws IOException {
        json.writeRaw("\n\n");
        json.flush();
        ends.add(out.size());
    }

    /** What was written; the time the original took is spread over the events by their length. */
    Rendition rendition(long totalNanos) throws IOException {
        json.close();
        byte[] body = out.toByteArray();
        int[] where = ends.stream().mapToInt(Integer::intValue).toArray();
        long[] when = new long[where.length];
        for (int i = 0; i < where.length; i++) {
            when[i] = (long) ((double) totalNanos * where[i] / body.length);
        }
        if (when.length > 0) {
            when[when.length - 1] = totalNanos;
        }
        return new Rendition(TYPE, body, where, when);
    }
}
