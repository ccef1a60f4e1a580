package dev.gateway4j.simulator.internal.journal;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.simulator.JournalEntry;
import dev.gateway4j.simulator.internal.chance.Chance;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request in the journal, whose answer may still be on its way. Everything below the first block changes under the lock of the log. */
final class Entry {
    private static final int FRAME = 24;
    private static final String OPEN = "open";

    final long number;
    final Instant arrived;
    final long arrivedNanos;
    final String callId;
    final String method;
    final String path;
    final String query;
    final String endpoint;
    final WireHeaders headers;
    final byte[] body;
    final Chance chance;

    Note note = new Note();
    int status;
    WireHeaders answerHeaders = WireHeaders.empty();
    long due;
    long last;
    private String ending = OPEN;
    boolean cut;
    boolean dropped;
    private List<byte[]> pieces = new ArrayList<>(2);
    private byte @Nullable [] answer;
    private long held;

    Entry(
            long number,
            Instant arrived,
            long arrivedNanos,
            String callId,
            String method,
            String path,
            String query,
            String endpoint,
            WireHeaders headers,
            byte[] body,
            Chance chance) {
        this.number = number;
        this.arrived = arrived;
        this.arrivedNanos = arrivedNanos;
        this.callId = callId;
        this.method = method;
        this.path = path;
        this.query = query;
        this.endpoint = endpoint;
        this.headers = headers;
        this.body = body;
        this.chance = chance;
    }

    /** About how many bytes it occupies without its answer. */
    long weight() {
        return 512L + body.length + 2L * (path.length() + query.length()) + weight(headers) + weight(answerHeaders);
    }

    /** About how many bytes its answer occupies. */
    long held() {
        return held;
    }

    /** Keeps a piece of the answer. How many bytes heavier the entry is. */
    long take(byte[] bytes, int most) {
        if (dropped || cut || !ending.equals(OPEN)) {
            return 0;
        }
        if (held + bytes.length > most) {
            cut = true;
            return 0;
        }
        pieces.add(bytes);
        long heavier = (long) bytes.length + FRAME;
        held += heavier;
        return heavier;
    }

    /** The answer is complete, or will never be. True if it ends only now, and is to be kept without its secrets. */
    boolean end(String how) {
        if (dropped || !ending.equals(OPEN)) {
            return false;
        }
        ending = how;
        return true;
    }

    /** Keeps the whole answer in place of its pieces. How many bytes heavier the entry is. */
    long keep(byte[] whole) {
        if (dropped) {
            return 0;
        }
        pieces = List.of();
        answer = whole;
        long change = whole.length - held;
        held = whole.length;
        return change;
    }

    void drop() {
        dropped = true;
        pieces = List.of();
        answer = new byte[0];
    }

    /** The entry as it is now, for people to see. To be asked for without the lock, since it may scan for secrets. */
    Supplier<JournalEntry> shown() {
        byte[] kept = answer;
        if (kept != null) {
            JournalEntry.Reply reply = reply(kept);
            return () -> shown(reply);
        }
        JournalEntry.Reply reply = reply(joined());
        return () -> shown(new JournalEntry.Reply(
                reply.status(),
                reply.headers(),
                Scrubbed.bytes(reply.body()),
                reply.ending(),
                reply.cut(),
                reply.first(),
                reply.last()));
    }

    private JournalEntry.Reply reply(byte[] bytes) {
        return new JournalEntry.Reply(
                status,
                answerHeaders,
                bytes,
                ending,
                cut,
                Duration.ofNanos(Math.max(0, due - arrivedNanos)),
                Duration.ofNanos(Math.max(0, last - arrivedNanos)));
    }

    private JournalEntry shown(JournalEntry.Reply reply) {
        JournalEntry.Origin origin = new JournalEntry.Origin(
                note.answeredBy(),
                note.scenario(),
                note.rivals(),
                note.fault(),
                note.unmatched(),
                note.nearest(),
                chance.seed(),
                chance.occurrence());
        return new JournalEntry(number, arrived, callId, method, path, query, endpoint, headers, body, reply, origin);
    }

    byte[] joined() {
        if (pieces.size() == 1) {
            return pieces.get(0);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream((int) held);
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static long weight(WireHeaders headers) {
        long sum = 0;
        for (Map.Entry<String, String> header : headers.entries()) {
            sum += 64L + header.getKey().length() + header.getValue().length();
        }
        return sum;
    }
}
