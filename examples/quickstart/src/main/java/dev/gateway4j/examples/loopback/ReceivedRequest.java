package dev.gateway4j.examples.loopback;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What arrived at the upstream.
 *
 * @param method the HTTP method
 * @param path the path with its query
 * @param headers values by name in lower case, in the order of the alphabet
 * @param body the body as text
 */
public record ReceivedRequest(String method, String path, Map<String, List<String>> headers, String body) {
    /** Copies the headers and lowers their names. */
    public ReceivedRequest {
        Map<String, List<String>> lowered = new TreeMap<>();
        headers.forEach((name, values) -> lowered.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = lowered;
    }

    /** All values of a header, none if it was not sent. */
    public List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The request as one would read it on the wire. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(method).append(' ').append(path).append('\n');
        headers.forEach((name, values) -> values.forEach(
                value -> text.append(name).append(": ").append(value).append('\n')));
        return text.append('\n').append(body).append('\n').toString();
    }
}
