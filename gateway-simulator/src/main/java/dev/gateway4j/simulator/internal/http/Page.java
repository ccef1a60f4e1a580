package dev.gateway4j.simulator.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many entries
 * @param descending true for the newest first
 * @param after the id after which the part begins; empty for the beginning
 */
record Page(int limit, boolean descending, String after) {
    private static final int STANDARD = 20;
    private static final int MOST = 100;

    static Page of(String query) {
        String limit = value(query, "limit");
        String order = value(query, "order");
        if (!order.isEmpty() && !order.equals("asc") && !order.equals("desc")) {
            throw ErrorKind.VALUE.with("order", order, "'asc' and 'desc'");
        }
        return new Page(limit.isEmpty() ? STANDARD : limit(limit), !order.equals("asc"), value(query, "after"));
    }

    List<JsonNode> of(List<JsonNode> oldestFirst) {
        List<JsonNode> rest = rest(oldestFirst);
        return rest.subList(0, Math.min(limit, rest.size()));
    }

    boolean leavesMore(List<JsonNode> oldestFirst) {
        return rest(oldestFirst).size() > limit;
    }

    private List<JsonNode> rest(List<JsonNode> oldestFirst) {
        List<JsonNode> ordered = new ArrayList<>(oldestFirst);
        if (descending) {
            Collections.reverse(ordered);
        }
        for (int i = 0; i < ordered.size() && !after.isEmpty(); i++) {
            if (ordered.get(i).path("id").asText().equals(after)) {
                return ordered.subList(i + 1, ordered.size());
            }
        }
        return ordered;
    }

    private static int limit(String text) {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw ErrorKind.TYPE.with("limit", "an integer", "a string");
        }
        if (number < 1) {
            throw ErrorKind.BELOW.with("limit", "integer", 1, number);
        }
        if (number > MOST) {
            throw ErrorKind.ABOVE.with("limit", "integer", MOST, number);
        }
        return number;
    }

    private static String value(String query, String name) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return "";
    }
}
