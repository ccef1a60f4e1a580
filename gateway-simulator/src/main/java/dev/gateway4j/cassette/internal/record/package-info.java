/**
 * From an exchange under way to a file on the disk. {@link dev.gateway4j.cassette.internal.record.FileRecorder} notes what passes; a tape
 * is a file that is being written, locked against other processes. Knows the format, the scrubber and the digest of multipart bodies.
 */
@NullMarked
package dev.gateway4j.cassette.internal.record;

import org.jspecify.annotations.NullMarked;
