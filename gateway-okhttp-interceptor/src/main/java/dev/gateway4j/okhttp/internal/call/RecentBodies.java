package dev.gateway4j.okhttp.internal.call;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of the bodies of recent requests, so that a question which is asked over and over is read once. A body is known
 * only if every byte is the same. Bounded: each has one place, in which the latest stands. Thread-safe.
 *
 * @param <T> what is made of a body; immutable
 */
public final class RecentBodies<T> {
    private static final int PLACES = 256;
    private static final int LONGEST = 8 << 10;
    private static final int WORDS = 16;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final AtomicReferenceArray<@Nullable Known<T>> places = new AtomicReferenceArray<>(PLACES);

    @SuppressWarnings("ArrayRecordComponent") // compared by hand
    private record Known<T>(byte[] body, T made) {}

    /** Nothing yet. */
    public RecentBodies() {}

    /** What was made of exactly this body; null if that is not known. */
    public @Nullable T find(byte[] body) {
        if (body.length > LONGEST) {
            return null;
        }
        Known<T> known = places.get(place(body));
        return known != null && Arrays.equals(known.body, body) ? known.made : null;
    }

    /** Remembers it for a while. The body is copied, so that nobody can change it afterwards. */
    public void remember(byte[] body, T made) {
        if (body.length <= LONGEST) {
            places.set(place(body), new Known<>(body.clone(), made));
        }
    }

    /** By the length and a few words all over the body: cheap, and good enough where equality decides. */
    private static int place(byte[] body) {
        long hash = body.length;
        int last = body.length - Long.BYTES;
        int step = Math.max(Long.BYTES, body.length / WORDS);
        for (int i = 0; i <= last; i += step) {
            hash = (hash ^ (long) LONGS.get(body, i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        if (last >= 0) {
            hash = (hash ^ (long) LONGS.get(body, last)) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash >>> 56) & (PLACES - 1);
    }
}
