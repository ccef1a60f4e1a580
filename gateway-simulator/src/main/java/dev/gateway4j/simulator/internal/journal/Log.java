package dev.gateway4j.simulator.internal.journal;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.JournalEntry;
import dev.gateway4j.simulator.internal.http.Around;
import dev.gateway4j.simulator.internal.http.Exchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Every request and its answer, in the order of arrival, within bounds: beyond them the oldest leave and are counted. The bytes of an
 * answer are kept as its frames are pulled. Secrets are taken out before anything is kept. Thread-safe: a request takes the lock of the log
 * once, everything else is between it and its entry.
 */
public final class Log implements Around {
    private static final int MOST = 10_000;
    private static final long MOST_BYTES = 32L << 20;
    private static final int MOST_ANSWER_BYTES = 256 << 10;
    private static final int MOST_BODY_BYTES = 256 << 10;

    private final Notes notes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Entry> entries = new ArrayDeque<>();
    private final AtomicLong weight = new AtomicLong();
    private int most = MOST;
    private volatile long mostBytes = MOST_BYTES;
    private long numbered;
    private long dropped;

    /** Nothing was asked yet. */
    public Log(Notes notes) {
        this.notes = notes;
    }

    @Override
    public WireAnswer answer(Exchange exchange, Supplier<WireAnswer> rest) {
        Note note = notes.open(exchange.chance());
        Entry entry = begin(exchange, note);
        try {
            return ended(entry, rest.get());
        } finally {
            notes.close(exchange.chance());
        }
    }

    /** The requests that are kept, oldest first. */
    public List<JournalEntry> list() {
        List<Supplier<JournalEntry>> list = new ArrayList<>();
        lock.lock();
        try {
            entries.forEach(entry -> list.add(entry.shown()));
        } finally {
            lock.unlock();
        }
        return list.stream().map(Supplier::get).toList();
    }

    /** How many requests are kept. */
    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many requests have left. */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** About how many bytes are kept. */
    public long weight() {
        return weight.get();
    }

    /** Forgets all requests; their answers may still be read. */
    public void clear() {
        lock.lock();
        try {
            entries.forEach(entry -> weight.addAndGet(-entry.drop()));
            entries.clear();
            numbered = 0;
            dropped = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Sets the bounds. */
    public void bound(int requests, long bytes) {
        lock.lock();
        try {
            most = requests;
            mostBytes = bytes;
            trim();
        } finally {
            lock.unlock();
        }
    }

    private Entry begin(Exchange exchange, Note note) {
        WireRequest request = exchange.request();
        byte[] body = request.body().length <= MOST_BODY_BYTES
                ? Scrubbed.bytes(request.body())
                : Scrubbed.text("[a body of " + request.body().length + " bytes]")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String path = Scrubbed.text(request.path());
        String query = Scrubbed.query(request.query());
        String callId = Scrubbed.text(request.callId());
        String method = Scrubbed.text(request.method());
        String endpoint = Scrubbed.text(exchange.path().path());
        WireHeaders headers = Scrubbed.headers(request.headers());
        lock.lock();
        try {
            Entry entry = new Entry(
                    ++numbered,
                    exchange.now(),
                    exchange.arrived(),
                    callId,
                    method,
                    path,
                    query,
                    endpoint,
                    headers,
                    body,
                    exchange.chance());
            entry.note = note;
            entries.add(entry);
            weight.addAndGet(entry.weight());
            trim();
            return entry;
        } finally {
            lock.unlock();
        }
    }

    private WireAnswer ended(Entry entry, WireAnswer answer) {
        if (!(answer instanceof WireReply reply)) {
            begun(entry, 0, WireHeaders.empty(), answer.dueNanos());
            end(entry, "failed: " + ((Frame.Fault) answer).kind());
            return answer;
        }
        begun(entry, reply.status(), Scrubbed.headers(reply.headers()), reply.dueNanos());
        return new WireReply(reply.status(), reply.headers(), reply.dueNanos(), new Heard(entry, reply.frames()));
    }

    private void begun(Entry entry, int status, WireHeaders headers, long due) {
        weigh(entry.begin(status, headers, due));
    }

    /** Scanning a long answer for secrets takes a while, during which other requests come and go. */
    private void end(Entry entry, String how) {
        if (entry.end(how)) {
            weigh(entry.keep(Scrubbed.bytes(entry.joined())));
        }
    }

    /** Whoever makes the journal too heavy lightens it, unless somebody is at it. */
    private void weigh(long more) {
        if (weight.addAndGet(more) > mostBytes && lock.tryLock()) {
            try {
                trim();
            } finally {
                lock.unlock();
            }
        }
    }

    private void trim() {
        Iterator<Entry> oldest = entries.iterator();
        while (oldest.hasNext() && (entries.size() > most || weight.get() > mostBytes)) {
            weight.addAndGet(-oldest.next().drop());
            oldest.remove();
            dropped++;
        }
    }

    private void heard(Entry entry, Frame frame) {
        if (frame instanceof Frame.Chunk chunk) {
            weigh(entry.take(chunk.dueNanos(), chunk.bytes(), MOST_ANSWER_BYTES));
            return;
        }
        entry.reach(frame.dueNanos());
        end(entry, frame instanceof Frame.Fault fault ? "failed: " + fault.kind() : "complete");
    }

    /** The frames of an answer, heard as they are pulled. */
    private final class Heard implements Frames {
        private final Entry entry;
        private final Frames frames;

        Heard(Entry entry, Frames frames) {
            this.entry = entry;
            this.frames = frames;
        }

        @Override
        public Frame next() {
            Frame frame = frames.next();
            heard(entry, frame);
            return frame;
        }

        @Override
        public void close() {
            end(entry, "closed early");
            frames.close();
        }
    }
}
