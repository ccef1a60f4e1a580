package dev.gateway4j.simulator.internal.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method of one path.
 *
 * @param method the method
 * @param path the path below the version, such as {@code /files/{file_id}}, without a query
 * @param beta true if it is meant only with {@code beta=true} in the query
 * @param query the shapes of query parameters
 * @param requiredQuery the query parameters that must be there
 * @param bodyRequired true if there must be a body
 * @param bodies the shapes of request bodies by media type
 * @param status the status of success
 * @param answers the shapes of answers by media type
 */
public record Operation(
        String method,
        String path,
        boolean beta,
        Map<String, Shape> query,
        List<String> requiredQuery,
        boolean bodyRequired,
        Map<String, Shape> bodies,
        int status,
        Map<String, Shape> answers) {
    /** Its name in tables and reports. */
    public String name() {
        return method + " " + path + (beta ? "?beta=true" : "");
    }

    /** The names in its path, in their order. */
    public List<String> pathNames() {
        return List.of(path.split("/", -1)).stream()
                .filter(Operation::isName)
                .map(segment -> segment.substring(1, segment.length() - 1))
                .toList();
    }

    /** The values of those names in a path that matches. */
    public Map<String, String> pathValues(String sent) {
        String[] names = path.split("/", -1);
        String[] segments = sent.split("/", -1);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.length && i < segments.length; i++) {
            if (isName(names[i])) {
                values.put(names[i].substring(1, names[i].length() - 1), segments[i]);
            }
        }
        return values;
    }

    /** The shape of the answer in JSON. */
    public Optional<Shape> json() {
        return Optional.ofNullable(answers.get("application/json"));
    }

    /** The shape of streamed events; empty if it does not stream. */
    public Optional<Shape> events() {
        return Optional.ofNullable(answers.get("text/event-stream"));
    }

    static boolean isName(String segment) {
        return segment.startsWith("{");
    }
}
