package dev.gateway4j.simulator.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.request.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tools as a model gets to read them: a namespace of functions in the manner of TypeScript. */
final class ToolTokens {
    private static final int DEEPEST = 8;

    private final StringBuilder text = new StringBuilder();
    private int undescribed;

    private ToolTokens() {}

    /**
     * The tools, written out.
     *
     * @param text what the model reads
     * @param undescribed how many functions have properties of which none is described, which costs a token less each
     */
    record Rendered(String text, int undescribed) {}

    static Rendered render(List<Tool> tools) {
        ToolTokens rendering = new ToolTokens();
        rendering.text.append("namespace functions {\n\n");
        for (Tool tool : tools) {
            rendering.tool(tool);
        }
        rendering.text.append("} // namespace functions");
        return new Rendered(rendering.text.toString(), rendering.undescribed);
    }

    private void tool(Tool tool) {
        if (!tool.description().isEmpty()) {
            text.append("// ").append(tool.description()).append('\n');
        }
        JsonNode properties = tool.parameters().path("properties");
        if (properties.isEmpty()) {
            text.append("type ").append(tool.name()).append(" = () => any;\n\n");
            return;
        }
        boolean described = false;
        for (JsonNode property : properties) {
            described |= property.hasNonNull("description");
        }
        undescribed += described ? 0 : 1;
        text.append("type ").append(tool.name()).append(" = (_: {\n");
        members(tool.parameters(), 0);
        text.append("}) => any;\n\n");
    }

    private void members(JsonNode schema, int depth) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String description = property.getValue().path("description").asText();
            if (!description.isEmpty()) {
                text.append("// ").append(description).append('\n');
            }
            text.append(property.getKey()).append(required.contains(property.getKey()) ? ": " : "?: ");
            type(property.getValue(), depth + 1);
            text.append(",\n");
        }
    }

    private void type(JsonNode schema, int depth) {
        JsonNode members = schema.path("enum");
        JsonNode type = schema.path("type");
        if (members.size() > 0) {
            List<String> written = new ArrayList<>();
            members.forEach(member -> written.add(member.toString()));
            text.append(String.join(" | ", written));
        } else if (schema.path("anyOf").size() > 0 && depth < DEEPEST) {
            union(schema.path("anyOf"), depth);
        } else if (type.isArray()) {
            List<String> types = new ArrayList<>();
            type.forEach(one -> types.add(named(one.asText())));
            text.append(types.stream().collect(Collectors.joining(" | ")));
        } else if (type.asText().equals("array") && depth < DEEPEST) {
            type(schema.path("items"), depth + 1);
            text.append("[]");
        } else if (type.asText().equals("object") && schema.path("properties").size() > 0 && depth < DEEPEST) {
            text.append("{\n");
            members(schema, depth);
            text.append('}');
        } else {
            text.append(named(type.asText("any")));
        }
    }

    private void union(JsonNode branches, int depth) {
        for (int i = 0; i < branches.size(); i++) {
            text.append(i > 0 ? " | " : "");
            type(branches.get(i), depth + 1);
        }
    }

    private static String named(String type) {
        return type.equals("integer") ? "number" : type;
    }
}
