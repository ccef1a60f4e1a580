package dev.gateway4j.cassette.internal.library;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The cassettes used last, up to a weight; the very last one stays whatever it weighs. The lock is held for a few steps and never while a
 * file is read. Thread-safe.
 */
final class Recent {
    private final long maxWeight;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Book> books = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    Recent(long maxWeight) {
        this.maxWeight = maxWeight;
    }

    @Nullable
    Book get(String name) {
        lock.lock();
        try {
            return books.get(name);
        } finally {
            lock.unlock();
        }
    }

    void put(String name, Book book) {
        lock.lock();
        try {
            drop(name);
            books.put(name, book);
            weight += book.weight();
            Iterator<Book> eldest = books.values().iterator();
            while (weight > maxWeight && books.size() > 1) {
                weight -= eldest.next().weight();
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(String name) {
        lock.lock();
        try {
            drop(name);
        } finally {
            lock.unlock();
        }
    }

    /** How much is held now. */
    long weight() {
        lock.lock();
        try {
            return weight;
        } finally {
            lock.unlock();
        }
    }

    private void drop(String name) {
        Book before = books.remove(name);
        if (before != null) {
            weight -= before.weight();
        }
    }
}
