package dev.gateway4j.simulator.internal.endpoint.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.endpoint.files.JsonLines;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.List;
import java.util.Optional;

/**
 * What a job trains on.
 *
 * @param examples how many examples there are
 * @param tokens the tokens of all of them
 * @param problem why it cannot be used, as a failed job tells it
 */
record TrainingFile(int examples, long tokens, Optional<ObjectNode> problem) {
    private static final int LEAST_EXAMPLES = 10;

    /** Reads a file for this method. */
    static TrainingFile read(byte[] content, String param, String method, String model, Tokens tokenizer) {
        List<JsonLines.Line> lines = JsonLines.of(content);
        long tokens = 0;
        for (JsonLines.Line line : lines) {
            Optional<JsonNode> example = line.object();
            if (example.isEmpty()) {
                return unusable(
                        "invalid_file_format",
                        param,
                        "Invalid file format. Line " + line.number() + " is not a valid JSON dictionary.");
            }
            String missing = missing(example.get(), method);
            if (!missing.isEmpty()) {
                return unusable(
                        "invalid_file_format",
                        param,
                        "Invalid file format. Example " + line.number() + " is missing key \"" + missing + "\".");
            }
            tokens += tokenizer.count(Models.family(model).encoding(), line.text());
        }
        if (lines.size() < LEAST_EXAMPLES && param.equals("training_file")) {
            return unusable(
                    "invalid_n_examples",
                    param,
                    "Training file has " + lines.size() + " example(s), but must have at least " + LEAST_EXAMPLES
                            + " examples");
        }
        return new TrainingFile(lines.size(), tokens, Optional.empty());
    }

    private static String missing(JsonNode example, String method) {
        if (method.equals("dpo")) {
            return List.of("input", "preferred_output", "non_preferred_output").stream()
                    .filter(key -> !example.has(key))
                    .findFirst()
                    .orElse("");
        }
        boolean legacy = example.has("prompt") && example.has("completion");
        return legacy
                        || (example.path("messages").isArray()
                                && !example.path("messages").isEmpty())
                ? ""
                : "messages";
    }

    private static TrainingFile unusable(String code, String param, String message) {
        return new TrainingFile(
                0,
                0,
                Optional.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("code", code)
                        .put("param", param)
                        .put("message", message)));
    }
}
