package dev.gateway4j.cassette.internal.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes from recording the same cassette: a lock on a file {@code .NAME.yaml.lock} beside it, which says the process that
 * holds it and is gone when the lock is. A process that dies leaves the file behind but not the lock.
 */
final class CassetteLock {
    // Beyond the text, because on some systems nobody else may read what is locked.
    private static final long LOCKED_BYTE = 1 << 20;

    /**
     * Channels to files that another copy of these classes has locked, by path. Closing any channel of this process to a file gives all its
     * locks up, theirs too, on systems with POSIX locks; so these stay open.
     */
    private static final Map<Path, Left> LEFT_OPEN = new ConcurrentHashMap<>();

    private final Path path;
    private final FileChannel channel;

    private CassetteLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * The lock of this cassette.
     *
     * @throws LockedException if another process has it
     */
    static CassetteLock take(Path cassette) throws IOException {
        Path path = cassette.resolveSibling("." + cassette.getFileName() + ".lock");
        while (true) {
            Optional<CassetteLock> lock = tryToTake(path);
            if (lock.isPresent()) {
                return lock.get();
            }
        }
    }

    private static Optional<CassetteLock> tryToTake(Path path) throws IOException {
        FileChannel channel = open(path);
        boolean mayClose = true;
        boolean ours = false;
        try {
            Object opened = identity(path);
            try {
                if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                    throw new LockedException(owner(channel));
                }
            } catch (OverlappingFileLockException e) {
                mayClose = false;
                LEFT_OPEN.put(path, new Left(channel, opened));
                throw new LockedException(owner(channel));
            }
            // Its holder may have removed the file between our opening and our locking; then this lock keeps nobody
            // out.
            ours = opened != null && Objects.equals(opened, identity(path));
            if (ours) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            }
            return ours ? Optional.of(new CassetteLock(path, channel)) : Optional.empty();
        } finally {
            if (!ours && mayClose) {
                channel.close();
            }
        }
    }

    private static FileChannel open(Path path) throws IOException {
        Left left = LEFT_OPEN.remove(path);
        if (left != null) {
            if (Objects.equals(left.identity, identity(path))) {
                return left.channel;
            }
            left.channel.close(); // its file has been removed, and the lock with it
        }
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private record Left(FileChannel channel, @Nullable Object identity) {}

    private static @Nullable Object identity(Path path) throws IOException {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            // Where files have no key, an open file cannot be removed either.
            return key == null ? path : key;
        } catch (java.nio.file.NoSuchFileException e) {
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        int unusedLength = channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return pid.matches("[0-9]+") ? "process " + pid : "another process";
    }

    /** Gives the lock back and removes its file. */
    void release() {
        try (channel) {
            // First the file, then the lock: the other way round it could be somebody else's by then.
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The lock ends with the process at the latest, and a file that is left behind locks nobody out.
        }
    }

    /** Somebody else has the lock. */
    static final class LockedException extends IOException {
        private static final long serialVersionUID = 1L;

        /** By whom, such as {@code process 4711}. */
        private final String owner;

        LockedException(String owner) {
            super("locked by " + owner);
            this.owner = owner;
        }

        String owner() {
            return owner;
        }
    }
}
