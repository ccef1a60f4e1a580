package dev.gateway4j.simulator.internal.endpoint.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.request.Body;

/** Conditions on the attributes of files. */
final class Filters {
    private static final String[] TYPES = {"eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "and", "or"};

    private Filters() {}

    /** Refuses conditions that are none. */
    static void check(Body filter) {
        String type = filter.choice("type", TYPES);
        if (type.equals("and") || type.equals("or")) {
            filter.require("filters").objects("filters").forEach(Filters::check);
        } else {
            String unusedKey = filter.require("key", "value").text("key");
        }
    }

    /** True if these attributes meet the condition; no condition is always met. */
    static boolean pass(JsonNode filter, JsonNode attributes) {
        JsonNode wanted = filter.path("value");
        JsonNode value = attributes.path(filter.path("key").asText());
        return switch (filter.path("type").asText()) {
            case "and" -> count(filter, attributes) == filter.path("filters").size();
            case "or" -> count(filter, attributes) > 0;
            case "eq" -> same(value, wanted);
            case "ne" -> !same(value, wanted);
            case "in" -> contains(wanted, value);
            case "nin" -> !contains(wanted, value);
            case "gt" -> comparable(value, wanted) && compare(value, wanted) > 0;
            case "gte" -> comparable(value, wanted) && compare(value, wanted) >= 0;
            case "lt" -> comparable(value, wanted) && compare(value, wanted) < 0;
            case "lte" -> comparable(value, wanted) && compare(value, wanted) <= 0;
            default -> true;
        };
    }

    private static int count(JsonNode filter, JsonNode attributes) {
        int met = 0;
        for (JsonNode one : filter.path("filters")) {
            if (pass(one, attributes)) {
                met++;
            }
        }
        return met;
    }

    private static boolean contains(JsonNode array, JsonNode value) {
        for (JsonNode one : array) {
            if (same(value, one)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return (a.isNumber() && b.isNumber()) ? compare(a, b) == 0 : a.equals(b);
    }

    private static boolean comparable(JsonNode a, JsonNode b) {
        return (a.isNumber() && b.isNumber()) || (a.isTextual() && b.isTextual());
    }

    private static int compare(JsonNode a, JsonNode b) {
        return a.isNumber()
                ? a.decimalValue().compareTo(b.decimalValue())
                : a.asText().compareTo(b.asText());
    }
}
