package dev.gateway4j.simulator.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** A place in a YAML or JSON file. */
public final class YamlNode {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel("file")
            .setMaxAliasesForCollections(16)
            .build();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Node node;

    private YamlNode(Node node) {
        this.node = node;
    }

    /**
     * The whole file; empty if it is empty or no YAML, which is then told.
     *
     * @param ifEmpty what to tell of an empty file
     */
    public static Optional<YamlNode> read(String text, String ifEmpty, Problems problems) {
        try {
            Composer composer = new Composer(SETTINGS, new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text)));
            Optional<Node> root = composer.getSingleNode();
            if (root.isEmpty()) {
                problems.add(ifEmpty);
            }
            return root.map(YamlNode::new);
        } catch (MarkedYamlEngineException broken) {
            int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(line, "this is no YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            problems.add("this is no YAML: " + broken.getMessage());
        }
        return Optional.empty();
    }

    /** Its line, counted from 1. */
    public int line() {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    /** The line on which its text begins, which for a block is the one after its mark. */
    public int textLine() {
        boolean block = node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
        return line() + (block ? 1 : 0);
    }

    /** True for a map. */
    public boolean isMap() {
        return node instanceof MappingNode;
    }

    /** True for a list. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** True for a single value. */
    public boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /** The elements of a list; the node itself if it is none. */
    public List<YamlNode> items() {
        return node instanceof SequenceNode list
                ? list.getValue().stream().map(YamlNode::new).toList()
                : List.of(this);
    }

    /** The members of a map, in order; none if it is no map. */
    public Map<String, YamlNode> members(Problems problems) {
        Map<String, YamlNode> members = new LinkedHashMap<>();
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                String key = key(tuple);
                if (members.put(key, new YamlNode(tuple.getValueNode())) != null) {
                    problems.add(new YamlNode(tuple.getKeyNode()).line(), "\"" + key + "\" is there twice; keep one");
                }
            }
        }
        return members;
    }

    /** The members of a map of which all names are known; what is not is told. */
    public Map<String, YamlNode> members(String where, List<String> known, Problems problems) {
        if (!(node instanceof MappingNode map)) {
            problems.add(line(), where + " is a map of " + String.join(", ", known));
            return Map.of();
        }
        Map<String, YamlNode> members = members(problems);
        for (NodeTuple tuple : map.getValue()) {
            if (!known.contains(key(tuple))) {
                problems.add(
                        new YamlNode(tuple.getKeyNode()).line(),
                        "\"" + key(tuple) + "\" is unknown in " + where + "; known are " + String.join(", ", known));
            }
        }
        members.keySet().retainAll(known);
        return members;
    }

    private static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    /** Its text; empty if it is a list or a map, which is then told. */
    public Optional<String> text(String name, Problems problems) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problems.add(line(), "\"" + name + "\" is a text, not a list or a map");
        return Optional.empty();
    }

    /** The value as JSON. */
    public JsonNode json() {
        if (node instanceof MappingNode map) {
            ObjectNode object = JSON.objectNode();
            for (NodeTuple tuple : map.getValue()) {
                object.set(key(tuple), new YamlNode(tuple.getValueNode()).json());
            }
            return object;
        }
        if (node instanceof SequenceNode list) {
            ArrayNode array = JSON.arrayNode();
            list.getValue().forEach(element -> array.add(new YamlNode(element).json()));
            return array;
        }
        return node instanceof ScalarNode scalar ? value(scalar) : JSON.nullNode();
    }

    private static JsonNode value(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(text.equals("true"));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text);
        }
        return JSON.textNode(text);
    }

    private static JsonNode number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return number.scale() <= 0 && number.precision() < 18
                    ? JSON.numberNode(number.longValueExact())
                    : JSON.numberNode(number);
        } catch (ArithmeticException | NumberFormatException notJson) { // .inf and the like
            return JSON.textNode(text);
        }
    }
}
