package dev.gateway4j.simulator.internal.endpoint.realtime;

import dev.gateway4j.simulator.RealtimeConnection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A conversation that threads may share. Without a session it says what waits and ends. */
final class Connection implements RealtimeConnection {
    private final ReentrantLock lock = new ReentrantLock();
    private final Outbox outbox;
    private final LongSupplier epochSeconds;
    private @Nullable RealtimeSession session;

    Connection(Outbox outbox, LongSupplier epochSeconds, @Nullable RealtimeSession session) {
        this.outbox = outbox;
        this.epochSeconds = epochSeconds;
        this.session = session;
    }

    @Override
    public void accept(String event, long arrivedNanos) {
        lock.lock();
        try {
            if (session != null) {
                outbox.at(epochSeconds.getAsLong());
                session.accept(event, arrivedNanos);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public OptionalLong dueNanos() {
        lock.lock();
        try {
            return outbox.next().stream().mapToLong(Outbox.Waiting::due).findFirst();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<String> poll(long nowNanos) {
        lock.lock();
        try {
            Optional<Outbox.Waiting> next = outbox.next().filter(one -> one.due() - nowNanos <= 0);
            next.ifPresent(this::taken);
            return next.map(one -> one.event().toString());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean ended() {
        lock.lock();
        try {
            return session == null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            session = null;
            outbox.clear();
        } finally {
            lock.unlock();
        }
    }

    private void taken(Outbox.Waiting event) {
        outbox.taken();
        if (session != null) {
            session.sent(event);
        }
    }
}
