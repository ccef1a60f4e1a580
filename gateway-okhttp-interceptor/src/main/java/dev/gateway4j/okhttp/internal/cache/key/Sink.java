package dev.gateway4j.okhttp.internal.cache.key;

import org.jspecify.annotations.Nullable;

/** Takes the parts of a question one by one, always in the same order. */
interface Sink {
    /** A part, or that it is missing. */
    void part(Part part, @Nullable String value);

    /** One of several parts of the same kind, which have names. */
    void named(Part part, String name, String value);

    /** A member of the body: its name as it is written without quotes, and its value. */
    void member(byte[] names, int nameStart, int nameEnd, byte[] values, int start, int end);
}
