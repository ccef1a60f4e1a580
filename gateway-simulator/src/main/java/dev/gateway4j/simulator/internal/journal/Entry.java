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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request in the journal, whose answer may still be on its way. What changes of it changes under its own lock. */
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

    private final ReentrantLock lock = new ReentrantLock();
    Note note = new Note();
    private int status;
    private WireHeaders answerHeaders = WireHeaders.empty();
    private long due;
    private long last;
    private String ending = OPEN;
    private boolean cut;
    private boolean dropped;
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

    /** The answer begins. How many bytes heavier the entry is. */
    long begin(int answered, WireHeaders sent, long when) {
        lock.lock();
        try {
            long before = weight();
            due = when;
            last = when;
            status = answered;
            answerHeaders = sent;
            return dropped ? 0 : weight() - before;
        } finally {
            lock.unlock();
        }
    }

    /** The answer goes on until this time. */
    void reach(long when) {
        lock.lock();
        try {
            last = when;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a piece of the answer. How many bytes heavier the entry is. */
    long take(long when, byte[] bytes, int most) {
        lock.lock();
        try {
            last = when;
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
        } finally {
            lock.unlock();
        }
    }

    /** The answer is complete, or will never be. True if it ends only now, and is to be kept without its secrets. */
    boolean end(String how) {
        lock.lock();
        try {
            if (dropped || !ending.equals(OPEN)) {
                return false;
            }
            ending = how;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the whole answer in place of its pieces. How many bytes heavier the entry is. */
    long keep(byte[] whole) {
        lock.lock();
        try {
            if (dropped) {
                return 0;
            }
            pieces = List.of();
            answer = whole;
            long change = whole.length - held;
            held = whole.length;
            return change;
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of the answer. How many bytes lighter the journal is. */
    long drop() {
        lock.lock();
        try {
            if (dropped) {
                return 0;
            }
            dropped = true;
            pieces = List.of();
            answer = new byte[0];
            return weight() + held;
        } finally {
            lock.unlock();
        }
    }

    /** The entry as it is now, for people to see. To be asked for without the lock, since it may scan for secrets. */
    Supplier<JournalEntry> shown() {
        lock.lock();
        try {
            return looked();
        } finally {
            lock.unlock();
        }
    }

    private Supplier<JournalEntry> looked() {
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
        lock.lock();
        try {
            if (pieces.size() == 1) {
                return pieces.get(0);
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream((int) held);
            pieces.forEach(all::writeBytes);
            return all.toByteArray();
        } finally {
            lock.unlock();
        }
    }

    private static long weight(WireHeaders headers) {
        long sum = 0;
        for (Map.Entry<String, String> header : headers.entries()) {
            sum += 64L + header.getKey().length() + header.getValue().length();
        }
        return sum;
    }
}
