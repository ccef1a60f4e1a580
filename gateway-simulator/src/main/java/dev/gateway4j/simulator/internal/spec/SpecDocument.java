package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An OpenAPI document turned into the table of its operations and shapes. */
final class SpecDocument {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Set<String> PLACES = Set.of("path", "query");

    private final JsonNode document;
    private final SpecProblems problems;
    private final ObjectNode table = JsonNodeFactory.instance.objectNode();

    private SpecDocument(JsonNode document, SpecProblems problems) {
        this.document = document;
        this.problems = problems;
    }

    /** The table of a document. What is wrong with it is added to the problems. */
    static ObjectNode table(JsonNode document, SpecProblems problems) {
        SpecDocument reader = new SpecDocument(document, problems);
        if (reader.head()) {
            reader.operations();
            reader.shapes();
            reader.references(reader.table, "");
        }
        return reader.table;
    }

    private boolean head() {
        String version = document.path("openapi").asText();
        if (!document.isObject() || version.isEmpty()) {
            problems.add(
                    "openapi", "the member is missing; an OpenAPI document says which version of OpenAPI it follows");
            return false;
        }
        if (!version.startsWith("3.")) {
            problems.add("openapi", "is " + version + "; only OpenAPI 3 can be read");
            return false;
        }
        if (document.path("paths").isEmpty()) {
            problems.add("paths", "there are none, so nothing could be answered");
            return false;
        }
        table.put("version", document.path("info").path("version").asText());
        return true;
    }

    private void operations() {
        ObjectNode operations = table.putObject("operations");
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            Map<String, JsonNode> methods = new TreeMap<>();
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                if (METHODS.contains(member.getKey())) {
                    methods.put(member.getKey(), member.getValue());
                }
            }
            methods.forEach((method, operation) -> operations.set(
                    method.toUpperCase(Locale.ROOT) + " " + path.getKey(),
                    operation(operation, path.getValue().path("parameters"))));
        }
    }

    private ObjectNode operation(JsonNode operation, JsonNode shared) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        for (JsonNode parameters : List.of(shared, operation.path("parameters"))) {
            for (JsonNode one : parameters) {
                parameter(resolved(one), facts);
            }
        }
        JsonNode body = resolved(operation.path("requestBody"));
        if (body.has("content")) {
            ObjectNode bodies = facts.putObject("request");
            bodies.put("required", body.path("required").asBoolean());
            contents(body, bodies.putObject("content"));
        }
        ObjectNode responses = facts.putObject("responses");
        for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
            if (response.getKey().startsWith("2")) {
                contents(resolved(response.getValue()), responses.putObject(response.getKey()));
            }
        }
        return facts;
    }

    private static void parameter(JsonNode parameter, ObjectNode facts) {
        String place = parameter.path("in").asText();
        if (PLACES.contains(place)) {
            ObjectNode one = facts.withObject("/" + place)
                    .putObject(parameter.path("name").asText());
            one.put("required", parameter.path("required").asBoolean());
            one.set("shape", Facts.of(parameter.path("schema"), ""));
        }
    }

    private static void contents(JsonNode holder, ObjectNode contents) {
        for (Map.Entry<String, JsonNode> content : holder.path("content").properties()) {
            contents.set(content.getKey(), Facts.of(content.getValue().path("schema"), ""));
        }
    }

    private void shapes() {
        ObjectNode shapes = table.putObject("shapes");
        for (Map.Entry<String, JsonNode> schema :
                document.path("components").path("schemas").properties()) {
            shapes.set(schema.getKey(), Facts.of(schema.getValue(), schema.getKey()));
        }
    }

    /** What a reference to a parameter, a body or a response leads to; the node itself if it is none. */
    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        if (reference.isEmpty()) {
            return node;
        }
        JsonNode target = reference.startsWith("#/") ? document.at(reference.substring(1)) : document.path("");
        if (target.isMissingNode()) {
            problems.add(reference, "the reference leads nowhere");
        }
        return target;
    }

    private void references(JsonNode node, String path) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            JsonNode value = member.getValue();
            String here = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            if (member.getKey().equals("$ref") && value.isTextual() && !path.endsWith("properties")) {
                if (!table.path("shapes").has(value.asText())) {
                    problems.add(path, "the reference to \"" + value.asText() + "\" leads nowhere");
                }
            } else {
                references(value, here);
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            references(node.get(i), path + "[" + i + "]");
        }
    }
}
