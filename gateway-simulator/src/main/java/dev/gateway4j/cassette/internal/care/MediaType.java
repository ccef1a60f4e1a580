package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Fields;
import java.util.Locale;

/** The media type of a body, without parameters and in lower case; empty if the headers name none. */
record MediaType(String name) {
    static MediaType of(Fields headers) {
        String value = headers.first("Content-Type").orElse("");
        int end = value.indexOf(';');
        return new MediaType((end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT));
    }

    boolean isJson() {
        return name.equals("application/json") || (name.startsWith("application/") && name.endsWith("+json"));
    }

    boolean isEventStream() {
        return name.equals("text/event-stream");
    }

    boolean isMultipart() {
        return name.startsWith("multipart/");
    }
}
