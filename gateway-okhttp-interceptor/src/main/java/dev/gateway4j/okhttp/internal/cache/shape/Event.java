package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.Optional;

/**
 * An event in the bytes of a stream.
 *
 * @param type its type; {@code message} unless it names one
 * @param start where its lines begin, comments among them included
 * @param end where the line end of its blank line ends
 * @param data an array that holds its data
 * @param from where that begins
 * @param length how many bytes it has
 * @param inPlace true if the data is an unbroken part of the stream, so that {@code from} counts from the beginning of the stream
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: events are read, never compared
record Event(String type, int start, int end, byte[] data, int from, int length, boolean inPlace) {
    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

    /** True if it is {@code [DONE]}, which ends a stream of chunks. */
    boolean isDone() {
        int first = from;
        int last = from + length;
        while (last > first && data[last - 1] == ' ') {
            last--;
        }
        while (first < last && data[first] == ' ') {
            first++;
        }
        return Bytes.regionEquals(data, first, last, DONE);
    }

    Optional<Node> json() {
        return Json.read(data, from, length);
    }

    boolean contains(byte[] part) {
        return Bytes.indexOf(data, from, from + length, part) >= 0;
    }
}
