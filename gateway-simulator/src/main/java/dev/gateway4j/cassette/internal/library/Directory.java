package dev.gateway4j.cassette.internal.library;

import dev.gateway4j.cassette.internal.format.CassetteFormat;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Cassettes in a directory and the directories below it. */
final class Directory implements Shelf {
    /** Deeper than anybody nests, so that links which cross each other come to an end. */
    private static final int MAX_DEPTH = 16;

    private final Path root;

    Directory(Path root) {
        this.root = root;
    }

    @Override
    public SortedMap<String, Stamp> list() throws IOException {
        return list(root);
    }

    /** The cassettes below any directory; none if it is missing. */
    static SortedMap<String, Stamp> list(Path root) throws IOException {
        SortedMap<String, Stamp> found = new TreeMap<>();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        if (Files.exists(root)) {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, new Collector(root, found));
        }
        return found;
    }

    @Override
    public Optional<Stamp> stamp(String name) throws IOException {
        Path file = file(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Optional.of(Stamp.of(Files.readAttributes(file, BasicFileAttributes.class)));
    }

    @Override
    public byte[] read(String name) throws IOException {
        Path file = file(name);
        long size = Files.size(file);
        if (size > CassetteFormat.MAX_BYTES) {
            throw new IOException("it has " + size + " bytes, and at most " + CassetteFormat.MAX_BYTES
                    + " are read; divide it into several cassettes");
        }
        return Files.readAllBytes(file);
    }

    @Override
    public String shown(String name) {
        return file(name).toString();
    }

    @Override
    public String shown() {
        return root.toString();
    }

    private Path file(String name) {
        return root.resolve(name + SUFFIX);
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final SortedMap<String, Stamp> found;

        Collector(Path root, SortedMap<String, Stamp> found) {
            this.root = root;
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = root.relativize(file)
                    .toString()
                    .replace(root.getFileSystem().getSeparator(), "/");
            if (attributes.isRegularFile() && path.endsWith(SUFFIX) && path.length() > SUFFIX.length()) {
                found.put(path.substring(0, path.length() - SUFFIX.length()), Stamp.of(attributes));
            }
            return FileVisitResult.CONTINUE;
        }

        /** A link that leads nowhere or back, a directory that is closed to us: no cassettes there. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (file.equals(root)) {
                throw why;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException why) {
            return FileVisitResult.CONTINUE; // what vanishes under the walk is gone
        }
    }
}
