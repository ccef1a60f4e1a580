package dev.gateway4j.cassette.internal.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The one step of saving that meets a full disk; tests put a full one in its place. */
interface Disk {
    /** The disk of the machine. */
    Disk REAL = Disk::writeThrough;

    /** Writes a new file: what stands in {@code before}, then {@code text}; everything is on the disk when this returns. */
    void write(Path file, Optional<Path> before, byte[] text) throws IOException;

    private static void writeThrough(Path file, Optional<Path> before, byte[] text) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            if (before.isPresent()) {
                copy(before.get(), out);
            }
            ByteBuffer rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
    }

    private static void copy(Path from, FileChannel out) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ)) {
            long size = in.size();
            for (long at = 0; at < size; ) {
                long copied = in.transferTo(at, size - at, out);
                if (copied <= 0) {
                    throw new IOException(from + " became shorter while it was read");
                }
                at += copied;
            }
        }
    }
}
