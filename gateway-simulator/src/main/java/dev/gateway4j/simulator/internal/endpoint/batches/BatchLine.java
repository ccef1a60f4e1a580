package dev.gateway4j.simulator.internal.endpoint.batches;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.endpoint.files.JsonLines;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One request of a batch.
 *
 * @param customId what the user calls it
 * @param body what is sent
 */
record BatchLine(String customId, JsonNode body) {
    private static final int MOST_LINES = 50_000;
    private static final int MOST_ERRORS = 100;

    /**
     * The requests of an input file, or what is wrong with it.
     *
     * @param lines the requests
     * @param errors what is wrong, as a batch tells it; empty if nothing is
     * @param model the model of all requests; empty if they name none
     */
    record Input(List<BatchLine> lines, List<ObjectNode> errors, String model) {}

    /** Reads and checks an input file. */
    static Input read(byte[] content, String endpoint) {
        Reader reader = new Reader(endpoint);
        List<JsonLines.Line> lines = JsonLines.of(content);
        if (lines.isEmpty()) {
            reader.error(0, "empty_file", "", "The input file is empty. A batch needs at least one request.");
        }
        if (lines.size() > MOST_LINES) {
            reader.error(
                    0,
                    "too_many_tasks",
                    "",
                    "The batch input file contains too many requests. The limit is " + MOST_LINES + ", but it has "
                            + lines.size() + ".");
            return reader.input();
        }
        lines.forEach(reader::line);
        return reader.input();
    }

    private static final class Reader {
        private final String endpoint;
        private final List<BatchLine> lines = new ArrayList<>();
        private final List<ObjectNode> errors = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private String model = "";

        Reader(String endpoint) {
            this.endpoint = endpoint;
        }

        Input input() {
            return new Input(lines, errors, model);
        }

        void line(JsonLines.Line line) {
            JsonNode request = line.object().orElse(JsonNodeFactory.instance.nullNode());
            if (request.isNull()) {
                error(line.number(), "invalid_json_line", "", "This line is not parseable as valid JSON.");
                return;
            }
            int before = errors.size();
            checkHead(line.number(), request);
            checkModel(line.number(), request.path("body").path("model").asText());
            if (errors.size() == before) {
                lines.add(new BatchLine(request.path("custom_id").asText(), request.path("body")));
            }
        }

        private void checkHead(int number, JsonNode request) {
            for (String name : List.of("custom_id", "method", "url")) {
                if (!request.path(name).isTextual()) {
                    missing(number, name);
                }
            }
            if (!request.path("body").isObject()) {
                missing(number, "body");
            }
            if (request.path("method").isTextual()
                    && !request.path("method").asText().equals("POST")) {
                error(
                        number,
                        "invalid_method",
                        "method",
                        "Invalid method: '" + request.path("method").asText() + "'. Only 'POST' is supported.");
            }
            if (request.path("url").isTextual() && !request.path("url").asText().equals(endpoint)) {
                error(
                        number,
                        "url_mismatch",
                        "url",
                        "The URL provided for this request does not match the batch endpoint.");
            }
            if (request.path("custom_id").isTextual()
                    && !ids.add(request.path("custom_id").asText())) {
                error(
                        number,
                        "duplicate_custom_id",
                        "custom_id",
                        "The custom_id for this request is a duplicate of another request. The custom_id parameter must be"
                                + " unique for each request in a batch.");
            }
        }

        private void checkModel(int number, String named) {
            if (model.isEmpty()) {
                model = named;
            } else if (!named.isEmpty() && !named.equals(model)) {
                error(
                        number,
                        "model_mismatch",
                        "body.model",
                        "The provided model '" + named + "' does not match the model '" + model
                                + "' of the batch. All requests of a batch must be for one model.");
            }
        }

        private void missing(int number, String name) {
            error(number, "missing_required_parameter", name, "Missing required parameter: '" + name + "'.");
        }

        void error(int number, String code, String param, String message) {
            if (errors.size() >= MOST_ERRORS) {
                return;
            }
            ObjectNode error =
                    JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
            error.set("param", param.isEmpty() ? error.nullNode() : error.textNode(param));
            error.set("line", number == 0 ? error.nullNode() : error.numberNode(number));
            errors.add(error);
        }
    }
}
