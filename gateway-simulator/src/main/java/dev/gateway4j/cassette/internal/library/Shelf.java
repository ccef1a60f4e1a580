package dev.gateway4j.cassette.internal.library;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/** Where the files of cassettes lie. Thread-safe. */
interface Shelf {
    /** How the name of a file ends. */
    String SUFFIX = ".yaml";

    /** The names of all cassettes and the state of their files, sorted by name. */
    SortedMap<String, Stamp> list() throws IOException;

    /** The state of the file of one cassette; empty if there is none. The name stays below the directory. */
    Optional<Stamp> stamp(String name) throws IOException;

    /** The file of one cassette, unless it is longer than any may be. */
    byte[] read(String name) throws IOException;

    /** False if what is there stays as it is. */
    default boolean changes() {
        return true;
    }

    /** The file of one cassette, as messages show it. */
    String shown(String name);

    /** The whole, as messages show it. */
    String shown();
}
