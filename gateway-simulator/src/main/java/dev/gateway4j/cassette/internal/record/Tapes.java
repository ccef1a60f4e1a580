package dev.gateway4j.cassette.internal.record;

import dev.gateway4j.cassette.CassetteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Every cassette that this process is writing, by its real path: two gateways that record the same one share the lock and the tape, and
 * wait for each other instead of being refused. Thread-safe.
 */
final class Tapes {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<Path, Held> HELD = new HashMap<>();

    private Tapes() {}

    /**
     * The tape of a cassette, locked against other processes until everybody who holds it has released it. Whoever comes first decides
     * what becomes of the file; whoever joins adds to it.
     *
     * @throws CassetteException if the directory or the file cannot be used, or another process has it
     */
    static Hold hold(Path directory, String name, Existing existing, Disk disk) {
        Path file = real(directory, name);
        LOCK.lock();
        try {
            Held held = HELD.get(file);
            if (held == null) {
                held = new Held(lock(file), new Tape(name, file, disk));
                begin(held, file, existing);
            }
            held.holders++;
            return new Hold(file, held.tape);
        } finally {
            LOCK.unlock();
        }
    }

    private static void begin(Held fresh, Path file, Existing existing) {
        try {
            if (existing == Existing.KEEP) {
                fresh.tape.keepWhatIsThere();
            }
            HELD.put(file, fresh);
        } finally {
            if (!HELD.containsKey(file)) {
                fresh.lock.release();
            }
        }
    }

    private static CassetteLock lock(Path file) {
        try {
            return CassetteLock.take(file);
        } catch (CassetteLock.LockedException e) {
            throw new CassetteException(
                    file + " is being recorded by " + e.owner() + ". Wait until that has ended, or use another name.",
                    e);
        } catch (IOException e) {
            throw unusable(file.resolveSibling(""), e);
        }
    }

    private static Path real(Path directory, String name) {
        Path file = directory.resolve(name + ".yaml");
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new CassetteException(file + " has no directory. Set openai.cassettes.directory to one.");
        }
        try {
            Files.createDirectories(folder);
            return Files.exists(file)
                    ? file.toRealPath()
                    : folder.toRealPath().resolve(file.getFileName().toString());
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static CassetteException unusable(Path folder, IOException why) {
        return new CassetteException(
                "the directory " + folder + " cannot be written: " + Reasons.of(why)
                        + ". Make it writable, or set openai.cassettes.directory to another one.",
                why);
    }

    private static void release(Path file) {
        LOCK.lock();
        try {
            Held held = HELD.get(file);
            if (held != null && --held.holders == 0) {
                HELD.remove(file);
                held.lock.release();
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** What becomes of interactions that a file has already. */
    enum Existing {
        /** They are gone with the first exchange that is saved. */
        REPLACE,
        /** They stay, and new ones come after them. */
        KEEP
    }

    private static final class Held {
        private final CassetteLock lock;
        private final Tape tape;
        private int holders;

        Held(CassetteLock lock, Tape tape) {
            this.lock = lock;
            this.tape = tape;
        }
    }

    /** One of those who hold a tape. */
    static final class Hold implements AutoCloseable {
        private final Path file;
        private @Nullable Tape tape;

        private Hold(Path file, Tape tape) {
            this.file = file;
            this.tape = tape;
        }

        /** Another hold of the same tape. */
        Hold share() {
            LOCK.lock();
            try {
                Tape shared = tape();
                Held held = HELD.get(file);
                if (held == null) {
                    throw new IllegalStateException(file + " is held and unknown");
                }
                held.holders++;
                return new Hold(file, shared);
            } finally {
                LOCK.unlock();
            }
        }

        /** The tape, until this is closed. */
        Tape tape() {
            Tape present = tape;
            if (present == null) {
                throw new IllegalStateException(file + " is not held any more");
            }
            return present;
        }

        /** Lets go of it; the last one to do so unlocks the file. Idempotent. */
        @Override
        public void close() {
            LOCK.lock();
            try {
                if (tape != null) {
                    tape = null;
                    release(file);
                }
            } finally {
                LOCK.unlock();
            }
        }
    }
}
