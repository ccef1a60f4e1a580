package dev.gateway4j.api.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Replaces a file as a whole, if it still is what it was. One writer at a time, of whatever process, looks and writes. */
final class WholeFile {
    /** The system's locks are those of processes, not of threads. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private WholeFile() {}

    static void replace(Path path, Optional<byte[]> before, byte[] after) {
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath(); // a link stays a link
            Path directory = target.resolveSibling("").toAbsolutePath();
            Path draft = Files.createTempFile(directory, ".sealed-", ".tmp", ownerOnly(directory));
            try {
                writeThrough(draft, after);
                put(draft, target, before);
            } finally {
                Files.deleteIfExists(draft);
            }
            settle(directory);
        } catch (IOException e) {
            throw KeysException.of(path + " cannot be written (" + e.getClass().getSimpleName()
                    + "); its directory has to be there and writable for this user");
        }
    }

    private static void put(Path draft, Path target, Optional<byte[]> before) throws IOException {
        Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        IN_PROCESS.lock();
        try (FileChannel channel = FileChannel.open(lock, options, ownerOnly(lock));
                FileLock held = channel.lock()) {
            check(target, before);
            if (before.isPresent()) {
                Rights.keep(target, draft);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } else {
                create(draft, target);
            }
            held.release();
        } catch (OverlappingFileLockException e) {
            throw KeysException.of(target + " is being written by somebody else; nothing was written, try again");
        } finally {
            IN_PROCESS.unlock();
        }
    }

    /** A link takes a name only if it is free, which an atomic move does not. */
    private static void create(Path draft, Path target) throws IOException {
        try {
            Files.createLink(target, draft);
        } catch (FileAlreadyExistsException e) {
            throw there(target);
        } catch (IOException | UnsupportedOperationException e) {
            moveToFree(draft, target); // not every file system has links
        }
    }

    private static void moveToFree(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target);
        } catch (FileAlreadyExistsException e) {
            throw there(target);
        }
    }

    private static KeysException there(Path target) {
        return KeysException.of(target + " is there already; choose another name, or change that one");
    }

    private static void check(Path target, Optional<byte[]> before) throws IOException {
        Optional<byte[]> now = now(target);
        if (before.isEmpty() && now.isPresent()) {
            throw there(target);
        }
        if (before.isPresent() && !(now.isPresent() && Arrays.equals(before.get(), now.get()))) {
            throw KeysException.of(target + " was changed by somebody else meanwhile; nothing was written, try again");
        }
    }

    private static Optional<byte[]> now(Path target) throws IOException {
        try (InputStream in = Files.newInputStream(target)) {
            return Optional.of(in.readNBytes(SealedFile.MAX_BYTES + 1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void writeThrough(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /** Makes the new name last, where directories can be opened; elsewhere the system sees to it in its own time. */
    private static void settle(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
