package dev.gateway4j.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says whether an answer is what the specification, corrected by the wire, declares, and nothing besides. */
final class SpecJudge {
    private static final String DOCUMENT = "https://spec.test/openai";
    private static final Map<String, String> STREAMS = Map.of(
            "POST /completions", "CreateCompletionResponse",
            "GET /responses/{response_id}", "ResponseStreamEvent",
            "GET /responses/{response_id}?beta=true", "BetaResponseStreamEvent",
            "POST /threads/runs", "AssistantStreamEvent",
            "POST /threads/{thread_id}/runs", "AssistantStreamEvent",
            "POST /threads/{thread_id}/runs/{run_id}/submit_tool_outputs", "AssistantStreamEvent");
    /** What the wire has and the specification does not declare. */
    private static final Set<String> ON_THE_WIRE = Set.of(
            "billing",
            "frequency_penalty",
            "presence_penalty",
            "store",
            "tool_usage",
            "obfuscation",
            "bytes",
            "background",
            "output_format",
            "quality",
            "revised_prompt",
            "size",
            "status",
            "return_token_budget",
            "search_content_types",
            "n",
            "user_provided_suffix",
            "organization_id",
            "tool_resources");

    private final ObjectNode document;
    private final SchemaRegistry registry;
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, Schema> schemas = new HashMap<>();

    SpecJudge(ObjectNode document) {
        this.document = document;
        SpecFolder.withNulls(document);
        ObjectNode answers = document.putObject("answers");
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String name = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    method.getValue().path("responses").properties().forEach(response -> response.getValue()
                            .path("content")
                            .properties()
                            .forEach(content -> place(
                                    answers,
                                    name + " " + response.getKey() + " " + content.getKey(),
                                    content.getValue().path("schema"))));
                }));
        STREAMS.forEach((name, shape) -> place(
                answers,
                name + " 200 text/event-stream",
                answers.objectNode().put("$ref", "#/components/schemas/" + shape)));
        place(answers, "error", answers.objectNode().put("$ref", "#/components/schemas/ErrorResponse"));
        String text = document.toString();
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(DOCUMENT, text)));
    }

    private void place(ObjectNode answers, String name, JsonNode schema) {
        String key = "a" + answers.size();
        answers.set(key, schema);
        places.put(name, "#/answers/" + key);
    }

    /** True if there is a schema for this answer. */
    boolean knows(String answer) {
        return places.containsKey(answer);
    }

    /** What is wrong with a value; empty if nothing is. */
    List<String> complaints(String answer, JsonNode value) {
        String place = places.getOrDefault(answer, "");
        List<String> complaints = new ArrayList<>();
        schemas.computeIfAbsent(place, key -> registry.getSchema(SchemaLocation.of(DOCUMENT + key)))
                .validate(value)
                .forEach(error -> complaints.add(error.getInstanceLocation() + ": " + error.getMessage()));
        undeclared(List.of(document.at(place.substring(1))), value, "$", complaints);
        if (value.path("data").isEmpty()) {
            // A list without entries has no first and no last, which the wire says by null.
            complaints.removeIf(complaint -> complaint.matches("/(first|last)_id: null found, string expected"));
        }
        return complaints;
    }

    private void undeclared(List<JsonNode> schemas, JsonNode value, String path, List<String> complaints) {
        if (value.isArray()) {
            List<JsonNode> items = new ArrayList<>();
            schemas.forEach(schema -> parts(schema, value).forEach(part -> {
                if (part.path("items").isObject()) {
                    items.add(part.path("items"));
                }
            }));
            for (int i = 0; i < value.size() && !items.isEmpty(); i++) {
                undeclared(items, value.get(i), path + "[" + i + "]", complaints);
            }
        }
        if (value.isObject()) {
            members(schemas, value, path, complaints);
        }
    }

    private void members(List<JsonNode> schemas, JsonNode value, String path, List<String> complaints) {
        Map<String, List<JsonNode>> declared = new LinkedHashMap<>();
        boolean open = false;
        for (JsonNode schema : schemas) {
            for (JsonNode part : parts(schema, value)) {
                JsonNode more = part.path("additionalProperties");
                open |= more.isObject() || more.asBoolean();
                part.path("required")
                        .forEach(name -> declared.computeIfAbsent(name.asText(), key -> new ArrayList<>()));
                part.path("properties").properties().forEach(property -> declared.computeIfAbsent(
                                property.getKey(), key -> new ArrayList<>())
                        .add(property.getValue()));
            }
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            List<JsonNode> known = declared.get(member.getKey());
            if (known != null) {
                undeclared(known, member.getValue(), path + "." + member.getKey(), complaints);
            } else if (!open && !declared.isEmpty() && !ON_THE_WIRE.contains(member.getKey())) {
                complaints.add(path + "." + member.getKey() + ": is not declared");
            }
        }
    }

    /** All schemas that speak about a value: through references, and of unions those branches that could mean it. */
    private List<JsonNode> parts(JsonNode schema, JsonNode value) {
        List<JsonNode> parts = new ArrayList<>();
        if (schema.has("$ref")) {
            parts.addAll(parts(document.at(schema.path("$ref").asText().substring(1)), value));
        }
        if (!claims(schema, value)) {
            return List.of();
        }
        parts.add(schema);
        for (String name : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(name).forEach(branch -> parts.addAll(parts(branch, value)));
        }
        return parts;
    }

    private boolean claims(JsonNode schema, JsonNode value) {
        for (String name : List.of("type", "object", "role", "event")) {
            JsonNode property = schema.path("properties").path(name);
            JsonNode said = value.path(name);
            boolean refused = property.has("const") && !property.path("const").equals(said);
            if (property.has("enum")) {
                refused = true;
                for (JsonNode one : property.path("enum")) {
                    refused &= !one.equals(said);
                }
            }
            if (refused && !said.isMissingNode()) {
                return false;
            }
        }
        return true;
    }
}
