package dev.gateway4j.api.openai;

/** Hears the events of a stream from an {@link SseParser}. */
@FunctionalInterface
public interface SseHandler {
    /**
     * An event is complete. The array is shared and is used again after this returns; copy what is kept.
     *
     * @param type the event's type; {@code message} unless the event names one
     * @param data an array that holds the event's data, in UTF-8, its lines joined by LF
     * @param offset index of the first byte of the data
     * @param length how many bytes of data there are; 0 is possible
     */
    void event(String type, byte[] data, int offset, int length);
}
