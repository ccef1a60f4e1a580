package dev.gateway4j.okhttp.internal.cache.shape;

/**
 * An answer in the form in which a call gets it.
 *
 * @param contentType its type
 * @param body its bytes; shared, not to be modified
 * @param ends where each event ends; one end for a plain answer
 * @param atNanos when each of them is due if it is paced, counted from the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: renditions are given, never compared
public record Rendition(String contentType, byte[] body, int[] ends, long[] atNanos) {}
