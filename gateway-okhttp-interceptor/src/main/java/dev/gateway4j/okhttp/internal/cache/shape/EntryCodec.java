package dev.gateway4j.okhttp.internal.cache.shape;

import dev.gateway4j.api.cache.CacheEntryInfo;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Entries as bytes, for a second level. The bytes carry a version and a check; whatever is not exactly right is no entry. The check finds
 * damage, not forgery: who can write into the second level can write answers.
 */
public final class EntryCodec {
    static final int MAGIC = 0x4734_4A43; // G4JC
    static final byte VERSION = 1;
    private static final int HEAD = Integer.BYTES + 1;
    private static final int CHECK = Integer.BYTES;

    private EntryCodec() {}

    /** An entry and what is known about it. */
    public record Entry(CacheEntryInfo info, StoredAnswer answer) {}

    /** The bytes of an entry. */
    public static byte[] encode(Entry entry) {
        EntryWriter out = new EntryWriter(
                entry.answer().body().length + 512 + 12 * entry.answer().ends().length);
        out.number(MAGIC);
        out.octet(VERSION);
        EntryFields.write(entry, out);
        return out.withCheck();
    }

    /**
     * The entry in these bytes; empty if they were damaged, cut, lengthened, or written by another version. Never throws, and needs no more
     * memory than the bytes have, whatever lengths they claim. Who asked for an entry by its key compares that with the key in its info.
     */
    public static Optional<Entry> decode(byte[] bytes) {
        if (bytes.length < HEAD + CHECK || !isSound(bytes)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, bytes.length - CHECK);
        try {
            if (in.getInt() != MAGIC || in.get() != VERSION) {
                return Optional.empty();
            }
            Entry entry = EntryFields.read(new EntryReader(in));
            return in.hasRemaining() ? Optional.empty() : Optional.of(entry);
        } catch (BufferUnderflowException | DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty(); // sound bytes that make no sense: written by something else
        }
    }

    private static boolean isSound(byte[] bytes) {
        int length = bytes.length - CHECK;
        return ByteBuffer.wrap(bytes, length, CHECK).getInt() == checkOf(bytes, length);
    }

    static int checkOf(byte[] bytes, int length) {
        CRC32C check = new CRC32C();
        check.update(bytes, 0, length);
        return (int) check.getValue();
    }
}
