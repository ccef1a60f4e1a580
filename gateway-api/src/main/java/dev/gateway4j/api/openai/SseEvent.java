package dev.gateway4j.api.openai;

/**
 * An event of a stream as text.
 *
 * @param type the event's type; {@code message} unless the event names one
 * @param data the event's data, its lines joined by LF
 */
public record SseEvent(String type, String data) {}
