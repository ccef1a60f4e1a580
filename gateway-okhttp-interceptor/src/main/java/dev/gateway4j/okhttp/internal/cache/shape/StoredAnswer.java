package dev.gateway4j.okhttp.internal.cache.shape;

import dev.gateway4j.api.call.Usage;
import java.util.Optional;

/**
 * A whole answer of status 200 as it was delivered.
 *
 * @param endpoint such as {@code /v1/chat/completions}
 * @param contentType as the upstream sent it
 * @param requestId the upstream's {@code x-request-id}
 * @param stream true if it is a stream of events
 * @param body all its bytes; shared, not to be modified
 * @param ends where each event of a stream ends, its blank line included, the last one with all that follows; one end for a plain answer
 * @param atNanos when each of them had arrived, counted from the first byte; never less than the one before
 * @param model the model that answered, as the answer names it
 * @param usage what it used; empty if that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: answers are given, never compared
public record StoredAnswer(
        String endpoint,
        String contentType,
        Optional<String> requestId,
        boolean stream,
        byte[] body,
        int[] ends,
        long[] atNanos,
        Optional<String> model,
        Optional<Usage> usage) {
    /**
     * This answer in a form that a call wants. In its own form it keeps its bytes, but for the usage in a stream of chunks: that is cut
     * out if it is not wanted, and added if it is wanted and known. Another form is written anew each time, which costs as much as reading
     * the answer and writing it again; a plain answer, or a stream with the usage that it has, costs nothing. Nothing is remembered here.
     *
     * @param wantsStream true for a stream of events
     * @param wantsUsage true if that stream is to end with its usage; streams of responses always do
     * @return empty if this answer cannot be given so without guessing, such as a stream that did not say what it used where that is
     *     wanted
     */
    public Optional<Rendition> as(boolean wantsStream, boolean wantsUsage) {
        try {
            return Optional.of(Renditions.of(this, wantsStream, wantsUsage));
        } catch (UnconvertibleException e) {
            return Optional.empty();
        }
    }

    /** This answer with a usage that is known from elsewhere, such as from the bill of its call. */
    public StoredAnswer withUsage(Usage known) {
        return new StoredAnswer(
                endpoint, contentType, requestId, stream, body, ends, atNanos, model, Optional.of(known));
    }

    long lastNanos() {
        return atNanos.length == 0 ? 0 : atNanos[atNanos.length - 1];
    }
}
