package dev.gateway4j.api.config;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The files in which values of keys stand, and how all keys are read again when one of them changes. Immutable and thread-safe.
 */
public final class KeyFiles {
    private static final KeyFiles NONE = new KeyFiles(List.of(), List::of);

    private final List<Path> paths;
    private final Supplier<List<UpstreamKey>> reading;

    KeyFiles(List<Path> paths, Supplier<List<UpstreamKey>> reading) {
        this.paths = List.copyOf(paths);
        this.reading = reading;
    }

    /** No files: the keys never change. */
    public static KeyFiles none() {
        return NONE;
    }

    /** These files, which this reads; for key sources of one's own and for tests. */
    public static KeyFiles of(List<Path> paths, Supplier<List<UpstreamKey>> reading) {
        return new KeyFiles(paths, reading);
    }

    /** The files to watch, absolute; key files, key stores, sealed files and files with their passwords. */
    public List<Path> paths() {
        return paths;
    }

    /**
     * Every key of the environment, read now. Blocks on files, and for a tenth of a second or two where a password has to be worked on.
     *
     * @throws GatewayConfigException with every problem, if one of them cannot be read
     */
    public List<UpstreamKey> read() {
        return reading.get();
    }

    @Override
    public String toString() {
        return "KeyFiles" + paths;
    }
}
