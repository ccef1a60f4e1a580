package dev.gateway4j.api.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of settings, found but not yet understood.
 *
 * @param name its name without directories
 * @param base where relative paths in it start
 * @param bytes its content, cut off one byte after the largest allowed size
 */
record ConfigFile(String name, Path base, ByteBuffer bytes) {
    static final String DEFAULT_NAME = "gateway.yaml";
    private static final String CLASSPATH = "classpath:";

    /** The file somebody named, as a path or {@code classpath:NAME}. A problem if it cannot be read. */
    static Optional<ConfigFile> named(Tree.Text name, Problems problems) {
        String value = name.value().strip();
        Path base = name.origin().base();
        if (value.isEmpty()) {
            problems.add(name.origin(), "is empty; name a file or remove it");
            return Optional.empty();
        }
        try {
            if (value.startsWith(CLASSPATH)) {
                String resource = value.substring(CLASSPATH.length()).replaceFirst("^/+", "");
                Optional<ConfigFile> found = onClassPath(resource, base);
                if (found.isEmpty()) {
                    problems.add(name.origin(), Problems.quoted(value) + " is not on the class path");
                }
                return found;
            }
            return Optional.of(read(base.resolve(value)));
        } catch (IOException | InvalidPathException e) {
            problems.add(name.origin(), "cannot read " + Problems.quoted(value) + ": " + reason(e));
            return Optional.empty();
        }
    }

    /** The file with the default name in this directory, else on the class path. */
    static Optional<ConfigFile> lookedUp(Path directory, Problems problems) {
        Path path = directory.resolve(DEFAULT_NAME);
        try {
            return Files.exists(path) ? Optional.of(read(path)) : onClassPath(DEFAULT_NAME, directory);
        } catch (IOException e) {
            problems.add(Origin.of("gateway.config", DEFAULT_NAME, directory), "cannot be read: " + reason(e));
            return Optional.empty();
        }
    }

    private static ConfigFile read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("it is a directory");
        }
        try (InputStream in = Files.newInputStream(path)) {
            Path base = path.toAbsolutePath().normalize().getParent();
            return new ConfigFile(
                    String.valueOf(path.getFileName()), base == null ? path.toAbsolutePath() : base, content(in));
        }
    }

    private static Optional<ConfigFile> onClassPath(String resource, Path directory) throws IOException {
        Optional<URL> url = Stream.of(
                        Optional.ofNullable(Thread.currentThread().getContextClassLoader()),
                        Optional.ofNullable(ConfigFile.class.getClassLoader()))
                .flatMap(Optional::stream)
                .map(loader -> loader.getResource(resource))
                .filter(Objects::nonNull)
                .findFirst();
        return url.isEmpty() ? Optional.empty() : Optional.of(read(url.get(), resource, directory));
    }

    private static ConfigFile read(URL url, String resource, Path directory) throws IOException {
        if (url.getProtocol().equals("file")) {
            try {
                return read(Path.of(url.toURI()));
            } catch (URISyntaxException e) {
                throw new IOException("its address is not a path", e);
            }
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false); // a cached jar file would stay open
        try (InputStream in = connection.getInputStream()) {
            String name = resource.substring(resource.lastIndexOf('/') + 1);
            return new ConfigFile(name, directory.toAbsolutePath().normalize(), content(in));
        }
    }

    private static ByteBuffer content(InputStream in) throws IOException {
        return ByteBuffer.wrap(in.readNBytes(YamlFile.MAX_BYTES + 1)).asReadOnlyBuffer();
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "access is denied";
        }
        return e instanceof InvalidPathException ? "it is not a path" : String.valueOf(e.getMessage());
    }
}
