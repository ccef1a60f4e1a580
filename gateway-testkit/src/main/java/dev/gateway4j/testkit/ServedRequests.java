package dev.gateway4j.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/** The last requests of a server. Bounded in number and size, so that a server may run for days. Thread-safe. */
final class ServedRequests {
    static final int MAX_REQUESTS = 1000;
    static final int MAX_BODY_BYTES = 64 * 1024;

    private final ArrayBlockingQueue<ServedRequest> latest = new ArrayBlockingQueue<>(MAX_REQUESTS);

    void add(ServedRequest request) {
        while (!latest.offer(request)) {
            latest.poll();
        }
    }

    List<ServedRequest> list() {
        return List.copyOf(latest);
    }

    static byte[] head(byte[] body) {
        return body.length <= MAX_BODY_BYTES ? body : Arrays.copyOf(body, MAX_BODY_BYTES);
    }
}
