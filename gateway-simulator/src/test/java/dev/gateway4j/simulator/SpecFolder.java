package dev.gateway4j.simulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The specification and what the wire adds to it, if the folder that holds them is on this machine. */
final class SpecFolder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHARED = Path.of(System.getProperty("gateway4j.shared", "../../shared"));

    private SpecFolder() {}

    /** A file of the folder; the test is left out if there is none. */
    static Path file(String name) {
        Path file = SHARED.resolve("data").resolve(name);
        assumeTrue(Files.exists(file), () -> file + " is not here; -Dgateway4j.shared=FOLDER says where it is");
        return file;
    }

    /** The document with the wire's corrections, read by other means than the simulator's own. */
    static ObjectNode document() {
        try {
            String yaml = Files.readString(file("openapi/openapi.yaml")).replaceAll("(?m)^ +$", "");
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(10_000_000).build();
            ObjectNode document = JSON.valueToTree(new Load(settings).loadFromString(yaml));
            JsonNode overlay = JSON.readTree(file("openapi/wire-overlay.json").toFile());
            for (JsonNode edit : overlay.path("edits")) {
                apply(edit, document);
            }
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException("reading the specification", e);
        }
    }

    private static void apply(JsonNode edit, ObjectNode document) {
        String path = edit.path("path").asText();
        int end = path.lastIndexOf('/');
        JsonNode parent = document.at(path.substring(0, end));
        String key = path.substring(end + 1).replace("~1", "/").replace("~0", "~");
        JsonNode value = edit.path("value");
        switch (edit.path("op").asText()) {
            case "append" -> ((ArrayNode) parent).add(value);
            case "unrequire" -> {
                List<JsonNode> left = new ArrayList<>();
                List<String> gone = new ArrayList<>();
                value.forEach(name -> gone.add(name.asText()));
                document.at(path).path("required").forEach(name -> {
                    if (!gone.contains(name.asText())) {
                        left.add(name);
                    }
                });
                ((ObjectNode) document.at(path)).putArray("required").addAll(left);
            }
            case "nullable" -> {
                ObjectNode either = JSON.createObjectNode();
                either.putArray("anyOf").add(document.at(path)).addObject().put("type", "null");
                put(parent, key, either);
            }
            default -> put(parent, key, value);
        }
    }

    private static void put(JsonNode parent, String key, JsonNode value) {
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(key), value);
        } else {
            ((ObjectNode) parent).set(key, value);
        }
    }

    /** Rewrites what is left of OpenAPI 3.0 and validators do not know: {@code nullable} and {@code exclusiveMinimum} as truths. */
    static JsonNode withNulls(JsonNode node) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withNulls(array.get(i)));
            }
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
                object.set(member.getKey(), withNulls(member.getValue()));
            }
            if (object.path("exclusiveMinimum").isBoolean()) {
                object.set("exclusiveMinimum", object.path("minimum"));
            }
            if (object.path("nullable").isBoolean() && object.path("nullable").asBoolean()) {
                object.remove("nullable");
                ObjectNode either = JSON.createObjectNode();
                either.putArray("anyOf").add(object).addObject().put("type", "null");
                return either;
            }
        }
        return node;
    }
}
