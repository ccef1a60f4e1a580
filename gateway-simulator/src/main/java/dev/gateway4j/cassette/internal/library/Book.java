package dev.gateway4j.cassette.internal.library;

import dev.gateway4j.cassette.CassetteException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that was read, whether or not a cassette came out of it.
 *
 * @param stamp the state of the file when it was read
 * @param cassette what it holds; null if it cannot be read
 * @param failure why it cannot be read; empty if it can
 * @param bytes how many were read
 */
record Book(Stamp stamp, @Nullable Shelved cassette, Optional<CassetteException> failure, long bytes) {
    /** What a cassette takes in memory, for each byte of its file: body, text and the comparable form of the request. */
    private static final int MEMORY_PER_BYTE = 4;

    private static final long MEMORY_PER_BOOK = 2048;

    /** An estimate of its bytes in memory. */
    long weight() {
        return cassette == null ? MEMORY_PER_BOOK : MEMORY_PER_BOOK + MEMORY_PER_BYTE * bytes;
    }

    /** The cassette, or the reason why there is none. */
    Shelved open() {
        if (cassette == null) {
            // A new one, since a kept one would show the stack of somebody else.
            throw failure.map(why -> new CassetteException(String.valueOf(why.getMessage()), why))
                    .orElseThrow();
        }
        return cassette;
    }
}
