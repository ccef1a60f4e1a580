package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.Optional;

/**
 * An answer that was read to its end.
 *
 * @param endpoint such as {@code /v1/chat/completions}
 * @param status its status
 * @param contentType its type; empty if it has none
 * @param contentEncoding its encoding; empty if it has none
 * @param requestId the upstream's {@code x-request-id}
 * @param body all its bytes; shared, not to be modified
 * @param pieces where each piece that arrived ended
 * @param atNanos when each of them had arrived, counted from the first
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: consumed, never compared
public record Landed(
        String endpoint,
        int status,
        Optional<String> contentType,
        Optional<String> contentEncoding,
        Optional<String> requestId,
        byte[] body,
        int[] pieces,
        long[] atNanos) {}
