package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import java.util.List;

/** How deep the shallowest value of a schema is; finds the way out of recursion. Used by one thread at a time. */
final class Heights {
    /** Deeper than any value. */
    static final int ENDLESS = 60;

    private final Schemas schemas;
    private final IdentityHashMap<JsonNode, Integer> known = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Integer> fitting = new IdentityHashMap<>();

    Heights(Schemas schemas) {
        this.schemas = schemas;
    }

    int of(JsonNode schema) {
        for (int limit = 0; limit < ENDLESS; limit++) {
            if (fits(schema, limit)) {
                return limit;
            }
        }
        return ENDLESS;
    }

    /** Remembers per schema the largest limit it does not fit in and the smallest it does, since fitting is monotonous. */
    private boolean fits(JsonNode schema, int limit) {
        if (limit < 0 || (schema.isBoolean() && !schema.asBoolean())) {
            return false;
        }
        if (!schema.isObject() || schema.has("const") || schema.has("enum")) {
            return true;
        }
        if (known.getOrDefault(schema, -1) >= limit) {
            return false;
        }
        if (fitting.getOrDefault(schema, Integer.MAX_VALUE) <= limit) {
            return true;
        }
        boolean fits = parts(schema, limit) && types(schema, limit);
        if (fits) {
            fitting.merge(schema, limit, Math::min);
        } else {
            known.merge(schema, limit, Math::max);
        }
        return fits;
    }

    private boolean parts(JsonNode schema, int limit) {
        JsonNode reference = schema.path("$ref");
        if (reference.isTextual() && !fits(schemas.target(reference.asText(), ""), limit - 1)) {
            return false;
        }
        for (JsonNode part : schema.path("allOf")) {
            if (!fits(part, limit)) {
                return false;
            }
        }
        return any(schema.path("anyOf"), limit) && any(schema.path("oneOf"), limit);
    }

    private boolean any(JsonNode branches, int limit) {
        boolean any = branches.isEmpty();
        for (JsonNode branch : branches) {
            any = any || fits(branch, limit);
        }
        return any;
    }

    private boolean types(JsonNode schema, int limit) {
        List<String> types = Types.of(schema);
        if (types.stream().anyMatch(type -> !type.equals("object") && !type.equals("array"))) {
            return true;
        }
        return (types.contains("object") && object(schema, limit)) || (types.contains("array") && array(schema, limit));
    }

    private boolean object(JsonNode schema, int limit) {
        for (JsonNode name : schema.path("required")) {
            JsonNode property = schema.path("properties").path(name.asText());
            if (!fits(property.isMissingNode() ? Schemas.ANY : property, limit - 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean array(JsonNode schema, int limit) {
        int least = schema.path("minItems").asInt(schema.has("contains") ? 1 : 0);
        for (int i = 0; i < Math.min(least, schema.path("prefixItems").size()); i++) {
            if (!fits(schema.path("prefixItems").get(i), limit - 1)) {
                return false;
            }
        }
        JsonNode items = schema.path("items");
        return least <= schema.path("prefixItems").size()
                || items.isArray()
                || fits(items.isMissingNode() ? Schemas.ANY : items, limit - 1);
    }
}
