package dev.gateway4j.okhttp.internal.body;

import dev.gateway4j.api.call.Ending;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sees the bytes of an answer as the application reads them, and its ending once. Used by one thread at a time. */
public interface BodyObserver {
    /** Bytes on their way to the application. The array belongs to OkHttp: read it now, change nothing, keep no reference. */
    default void bytes(byte[] data, int offset, int length) {}

    /** No more bytes will come. Asked before {@link #completeness()} decides what that means. */
    default void endOfInput() {}

    /** Whether what was seen so far is a whole answer. */
    default Completeness completeness() {
        return Completeness.UNKNOWN;
    }

    /**
     * The body ended. Called exactly once; observers hear it in the order in which they were added.
     *
     * @throws IOException if the application must not take the answer for whole, such as one that could not be recorded: it gets this in
     *     place of the end, and the observers after this one hear that the answer failed
     */
    void ended(Ending ending, @Nullable IOException failure) throws IOException;

    /** What an observer can say about an answer. */
    enum Completeness {
        /** It said that it is complete. */
        COMPLETE,
        /** It would have said so, and has not. */
        INCOMPLETE,
        /** Answers of this kind do not say. */
        UNKNOWN
    }
}
