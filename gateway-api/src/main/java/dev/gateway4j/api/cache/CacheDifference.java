package dev.gateway4j.api.cache;

/**
 * One thing in which two questions differ, so that they have different keys.
 *
 * @param place a JSON pointer into the body, such as {@code /messages/0/content}, or a word for what is not in it, such as {@code tenant}
 * @param what in a few words, such as {@code only in the second}; never the values
 */
public record CacheDifference(String place, String what) {}
