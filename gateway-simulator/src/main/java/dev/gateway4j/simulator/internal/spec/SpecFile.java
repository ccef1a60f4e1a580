package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads an OpenAPI file, YAML or JSON, into the table of its facts. */
final class SpecFile {
    private static final int MOST_CHARACTERS = 64 << 20;
    private static final String WHOLE = "the file";
    /** Texts in OpenAI's own file begin with blank lines that are indented too far, which the reader would not take. */
    private static final Pattern BLANK = Pattern.compile("(?m)^ +$");

    private SpecFile() {}

    /**
     * The table of a file.
     *
     * @throws dev.gateway4j.api.config.GatewayConfigException with every problem
     */
    static ObjectNode table(Path file) {
        SpecProblems problems = new SpecProblems(file.toString());
        Optional<JsonNode> document = document(file, problems);
        ObjectNode table = document.map(tree -> SpecDocument.table(tree, problems))
                .orElseGet(JsonNodeFactory.instance::objectNode);
        problems.throwAny();
        return table;
    }

    /**
     * The table of a file after corrections.
     *
     * @throws dev.gateway4j.api.config.GatewayConfigException with every problem
     */
    static ObjectNode table(Path file, Path overlay) {
        SpecProblems problems = new SpecProblems(file.toString());
        SpecProblems overlayProblems = new SpecProblems(overlay.toString());
        Optional<JsonNode> document = document(file, problems);
        Optional<JsonNode> edits = document(overlay, overlayProblems);
        problems.throwAny();
        JsonNode tree = document.orElseThrow();
        edits.ifPresent(list -> Overlay.apply(list, tree, overlayProblems));
        overlayProblems.throwAny();
        ObjectNode table = SpecDocument.table(tree, problems);
        problems.throwAny();
        return table;
    }

    private static Optional<JsonNode> document(Path file, SpecProblems problems) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            boolean there = Files.exists(file);
            problems.add(
                    WHOLE,
                    there ? "cannot be read: " + e.getMessage() : "does not exist; give the path of an OpenAPI file");
            return Optional.empty();
        }
        Optional<JsonNode> json = Json.read(bytes);
        return json.isPresent() ? json : yaml(bytes, problems);
    }

    private static Optional<JsonNode> yaml(byte[] bytes, SpecProblems problems) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(MOST_CHARACTERS).build();
        try {
            String text =
                    BLANK.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll("");
            @Nullable Object loaded = new Load(settings).loadFromString(text);
            if (loaded instanceof Map<?, ?>) {
                return Optional.of(tree(loaded));
            }
            problems.add(WHOLE, "holds no members; an OpenAPI document is one object");
        } catch (MarkedYamlEngineException broken) {
            int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(WHOLE, line, "is no YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            problems.add(WHOLE, "is no YAML: " + broken.getMessage());
        }
        return Optional.empty();
    }

    private static JsonNode tree(@Nullable Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = nodes.objectNode();
            map.forEach((key, member) -> object.set(String.valueOf(key), tree(member)));
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = nodes.arrayNode();
            list.forEach(element -> array.add(tree(element)));
            return array;
        }
        if (value instanceof Boolean flag) {
            return nodes.booleanNode(flag);
        }
        if (value instanceof BigInteger || value instanceof Long || value instanceof Integer) {
            return nodes.numberNode(new BigInteger(value.toString()));
        }
        if (value instanceof Number number) {
            return nodes.numberNode(new BigDecimal(number.toString()));
        }
        return value == null ? nodes.nullNode() : nodes.textNode(value.toString());
    }
}
