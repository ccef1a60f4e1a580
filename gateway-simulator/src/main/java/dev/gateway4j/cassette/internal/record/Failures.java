package dev.gateway4j.cassette.internal.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a recorder could not save, told once more when it is closed. Thread-safe. */
final class Failures {
    private static final int NAMED = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> byCassette = new LinkedHashMap<>();
    private @Nullable IOException first;

    /** Notes a failure, and gives it in the shape in which it is thrown. */
    UncheckedIOException add(String cassette, IOException failure) {
        lock.lock();
        try {
            byCassette.merge(cassette, 1, Integer::sum);
            first = first == null ? failure : first;
        } finally {
            lock.unlock();
        }
        return new UncheckedIOException(failure);
    }

    /** Throws what was noted, if anything was. */
    void tell() {
        lock.lock();
        try {
            if (first != null) {
                throw new UncheckedIOException(new IOException(summary(first), first));
            }
        } finally {
            lock.unlock();
        }
    }

    private String summary(IOException example) {
        int count = byCassette.values().stream().mapToInt(Integer::intValue).sum();
        List<String> names = new ArrayList<>();
        byCassette.forEach((name, times) -> names.add("\"" + name + "\"" + (times == 1 ? "" : " (" + times + ")")));
        String named = names.size() <= NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
        return count + (count == 1 ? " exchange was" : " exchanges were") + " not recorded, of "
                + (names.size() == 1 ? "cassette " : "cassettes ") + named + ". First: " + example.getMessage();
    }
}
