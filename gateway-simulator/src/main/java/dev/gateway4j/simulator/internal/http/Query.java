package dev.gateway4j.simulator.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Names and values of a query or a form as a tree, by the bracket notation of OpenAI's clients: {@code a=1}, {@code a[]=1&a[]=2},
 * {@code a[0]=1}, {@code metadata[k]=v}. Values stay strings; a name that comes twice becomes an array.
 */
public final class Query {
    private Query() {}

    /** The tree of a query as it was sent, percent signs and all. */
    public static ObjectNode parse(String query) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (String pair : query.split("&", -1)) {
            int mark = pair.indexOf('=');
            String name = decoded(mark < 0 ? pair : pair.substring(0, mark));
            if (!name.isEmpty()) {
                put(tree, name, JsonNodeFactory.instance.textNode(mark < 0 ? "" : decoded(pair.substring(mark + 1))));
            }
        }
        return tree;
    }

    /** Puts a value at a name in bracket notation. */
    static void put(ObjectNode tree, String name, JsonNode value) {
        List<String> path = path(name);
        ObjectNode parent = tree;
        for (int i = 0; i < path.size(); i++) {
            String key = path.get(i);
            boolean list = i + 1 < path.size() && isIndex(path.get(i + 1));
            if (i + 1 == path.size() || (list && i + 2 == path.size())) {
                add(parent, key, value, list);
                return;
            }
            if (list) {
                ArrayNode array = parent.withArrayProperty(key);
                int index = path.get(i + 1).isEmpty() ? array.size() : Integer.parseInt(path.get(i + 1));
                if (index >= array.size()) {
                    array.addObject();
                    index = array.size() - 1;
                }
                if (!(array.get(index) instanceof ObjectNode element)) {
                    return;
                }
                parent = element;
                i++;
            } else {
                parent = parent.path(key) instanceof ObjectNode child ? child : parent.putObject(key);
            }
        }
    }

    private static void add(ObjectNode parent, String key, JsonNode value, boolean list) {
        JsonNode before = parent.path(key);
        if (before instanceof ArrayNode array) {
            array.add(value);
        } else if (list) {
            parent.putArray(key).add(value);
        } else if (before.isMissingNode()) {
            parent.set(key, value);
        } else {
            parent.putArray(key).add(before).add(value);
        }
    }

    private static boolean isIndex(String key) {
        return key.isEmpty() || (key.length() < 5 && key.chars().allMatch(c -> c >= '0' && c <= '9'));
    }

    private static List<String> path(String name) {
        List<String> path = new ArrayList<>();
        int open = name.indexOf('[');
        if (open <= 0) {
            return List.of(name);
        }
        path.add(name.substring(0, open));
        while (open >= 0) {
            int close = name.indexOf(']', open);
            if (close < 0) {
                return List.of(name);
            }
            path.add(name.substring(open + 1, close));
            open = name.indexOf('[', close);
        }
        return path;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
