package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.model.Model;
import java.util.Optional;
import java.util.OptionalInt;

/** Reading members that must be there, or may be. */
final class Members {
    private Members() {}

    static JsonNode body(byte[] bytes) {
        return Json.read(bytes).filter(JsonNode::isObject).orElseThrow(ErrorKind.BAD_JSON::with);
    }

    static String requiredText(JsonNode parent, String path, String name) {
        JsonNode value = required(parent, path, name);
        JsonType.STRING.require(path + "." + name, value);
        return value.asText();
    }

    static JsonNode requiredObject(JsonNode parent, String path, String name) {
        JsonNode value = required(parent, path, name);
        JsonType.OBJECT.require(path.isEmpty() ? name : path + "." + name, value);
        return value;
    }

    static JsonNode required(JsonNode parent, String path, String name) {
        JsonNode value = parent.path(name);
        if (value.isMissingNode()) {
            throw ErrorKind.MISSING.with(path.isEmpty() ? name : path + "." + name);
        }
        return value;
    }

    static Optional<String> text(JsonNode parent, String name) {
        return Optional.of(parent.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    static OptionalInt integer(JsonNode parent, String name) {
        JsonNode value = parent.path(name);
        return value.isNumber() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
    }

    static boolean flag(JsonNode parent, String name, boolean standard) {
        JsonNode value = parent.path(name);
        return value.isBoolean() ? value.asBoolean() : standard;
    }

    /** True if the model reasons when this request reaches it, and so refuses sampling parameters. */
    static boolean reasons(Model model, Optional<String> askedEffort) {
        return model.family().reasoning()
                && !askedEffort.or(() -> model.family().effort()).equals(Optional.of("none"));
    }
}
