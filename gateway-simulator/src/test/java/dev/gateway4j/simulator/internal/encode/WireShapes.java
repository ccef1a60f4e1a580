package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shape of JSON: its keys in their order and the types of its values. */
final class WireShapes {
    private WireShapes() {}

    static String of(JsonNode node) {
        if (node.isObject()) {
            List<String> members = new ArrayList<>();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                members.add(member.getKey() + ":" + of(member.getValue()));
            }
            return "{" + String.join(",", members) + "}";
        }
        if (node.isArray()) {
            Set<String> elements = new LinkedHashSet<>();
            node.forEach(element -> elements.add(of(element)));
            return "[" + String.join("|", elements) + "]";
        }
        return node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Shapes in their order, equal neighbours once. */
    static List<String> of(List<JsonNode> events) {
        List<String> shapes = new ArrayList<>();
        for (JsonNode event : events) {
            String shape = of(event);
            if (shapes.isEmpty() || !shapes.get(shapes.size() - 1).equals(shape)) {
                shapes.add(shape);
            }
        }
        return shapes;
    }

    /** The same tree without the members of this name, wherever they are. */
    static JsonNode without(JsonNode node, String name) {
        JsonNode copy = node.deepCopy();
        remove(copy, name);
        return copy;
    }

    private static void remove(JsonNode node, String name) {
        if (node instanceof ObjectNode object) {
            object.remove(name);
        }
        node.forEach(child -> remove(child, name));
    }
}
