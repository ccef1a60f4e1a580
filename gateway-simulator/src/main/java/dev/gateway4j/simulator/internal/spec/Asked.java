package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer is made from.
 *
 * @param operation the operation
 * @param path the values of the names in its path
 * @param query the query as a tree with typed values
 * @param body the body, whether it came as JSON or as a form
 * @param seconds when it was asked, in seconds since 1970
 */
public record Asked(Operation operation, Map<String, String> path, JsonNode query, JsonNode body, long seconds) {
    private static final Set<String> VERBS =
            Set.of("cancel", "complete", "pause", "resume", "archive", "submit_tool_outputs");

    /** The id of the one thing the path names and the answer is; empty if it makes a thing, or lists them. */
    Optional<String> subject() {
        String[] segments = operation.path().split("/", -1);
        String last = segments[segments.length - 1];
        int at = VERBS.contains(last) ? segments.length - 2 : segments.length - 1;
        if (!Operation.isName(segments[at])) {
            return Optional.empty();
        }
        return Optional.ofNullable(path.get(segments[at].substring(1, segments[at].length() - 1)));
    }

    /** What the path is about, such as {@code eval.run} for {@code /evals/{eval_id}/runs/{run_id}}. */
    String kind() {
        StringBuilder kind = new StringBuilder();
        for (String segment : operation.path().substring(1).split("/", -1)) {
            if (!Operation.isName(segment) && !VERBS.contains(segment)) {
                boolean plural = segment.endsWith("s") && !segment.endsWith("ss");
                kind.append(kind.isEmpty() ? "" : ".")
                        .append(plural ? segment.substring(0, segment.length() - 1) : segment);
            }
        }
        return kind.toString();
    }
}
