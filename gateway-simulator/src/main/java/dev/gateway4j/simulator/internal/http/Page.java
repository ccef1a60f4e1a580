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
 * @param before the id before which the part ends; empty for no such end
 */
public record Page(int limit, boolean descending, String after, String before) {
    private static final int STANDARD = 20;
    private static final int MOST = 100;

    /** The page a query asks for. */
    public static Page of(String query) {
        return of(query, STANDARD, MOST);
    }

    /** The page a query asks for, where so many entries are the standard and so many the most. */
    public static Page of(String query, int standard, int most) {
        String limit = value(query, "limit");
        String order = value(query, "order");
        if (!order.isEmpty() && !order.equals("asc") && !order.equals("desc")) {
            throw ErrorKind.VALUE.with("order", order, "'asc' and 'desc'");
        }
        return new Page(
                limit.isEmpty() ? standard : limit(limit, most),
                !order.equals("asc"),
                value(query, "after"),
                value(query, "before"));
    }

    /** The entries of this page. */
    public List<JsonNode> of(List<JsonNode> oldestFirst) {
        List<JsonNode> rest = rest(oldestFirst);
        return rest.subList(0, Math.min(limit, rest.size()));
    }

    /** True if there are entries after this page. */
    public boolean leavesMore(List<JsonNode> oldestFirst) {
        return rest(oldestFirst).size() > limit;
    }

    private List<JsonNode> rest(List<JsonNode> oldestFirst) {
        List<JsonNode> ordered = new ArrayList<>(oldestFirst);
        if (descending) {
            Collections.reverse(ordered);
        }
        int from = index(ordered, after) + 1;
        int to = index(ordered, before);
        if (to < 0) {
            return ordered.subList(from, ordered.size());
        }
        // What is asked for lies next to the entry it ends at.
        return ordered.subList(after.isEmpty() ? Math.max(from, to - limit) : from, Math.max(from, to));
    }

    private static int index(List<JsonNode> entries, String id) {
        for (int i = 0; i < entries.size() && !id.isEmpty(); i++) {
            if (entries.get(i).path("id").asText().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static int limit(String text, int most) {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw ErrorKind.TYPE.with("limit", "an integer", "a string");
        }
        if (number < 1) {
            throw ErrorKind.BELOW.with("limit", "integer", 1, number);
        }
        if (number > most) {
            throw ErrorKind.ABOVE.with("limit", "integer", most, number);
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
