package dev.gateway4j.cassette;

/**
 * A version of HTTP as go-vcr writes it.
 *
 * @param name such as {@code HTTP/1.1}
 * @param major such as 1
 * @param minor such as 1
 */
public record Protocol(String name, int major, int minor) {
    /** HTTP/1.1. */
    public static final Protocol HTTP_1_1 = new Protocol("HTTP/1.1", 1, 1);
}
