package dev.gateway4j.cassette.internal.library;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param size in bytes
 * @param modified when it was written
 * @param key which file it is, where the file system says so
 */
record Stamp(long size, FileTime modified, Optional<String> key) {
    /** Of what never changes. */
    static final Stamp FIXED = new Stamp(-1, FileTime.fromMillis(0), Optional.empty());

    static Stamp of(BasicFileAttributes attributes) {
        return new Stamp(
                attributes.size(),
                attributes.lastModifiedTime(),
                Optional.ofNullable(attributes.fileKey()).map(Object::toString));
    }
}
