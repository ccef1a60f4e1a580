package dev.gateway4j.okhttp.internal.cache.key;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Requests as trees, changed in one place or printed in many ways. */
final class RandomRequest {
    private static final List<String> TEXTS = List.of(
            "", "a", "b", "Paris", "é", "😀", "\"", "\\", "\n", ",", "}", "\u0000", "\uD800", "0", "null", "{}");

    private final Random random;

    RandomRequest(Random random) {
        this.random = random;
    }

    /** A chat request with everything in it that shapes an answer, and more. */
    static Map<String, Object> full() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", "gpt-4o-mini");
        request.put(
                "messages",
                list(
                        map("role", "system", "content", "Be brief."),
                        map("role", "user", "content", "What is the capital of France?", "name", "ann"),
                        map("role", "assistant", "content", "Paris."),
                        map("role", "user", "content", list(map("type", "text", "text", "And of Spain?")))));
        request.put(
                "tools",
                list(
                        map("type", "function", "function", map("name", "a", "parameters", map("type", "object"))),
                        map("type", "function", "function", map("name", "b", "strict", true))));
        request.put("temperature", 0.7);
        request.put("n", 2);
        request.put("seed", 42);
        request.put("top_p", 0.5);
        request.put("stop", list("x", "y"));
        request.put("response_format", map("type", "json_schema", "json_schema", map("name", "s", "strict", true)));
        request.put("logit_bias", map("50256", -100, "1", 5));
        request.put("user", "ann");
        request.put("metadata", map("k", "v"));
        request.put("unknown", map("deep", list(1, list(2, map("deeper", "x")))));
        return request;
    }

    static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    static List<Object> list(Object... items) {
        return new ArrayList<>(List.of(items));
    }

    /** An object so small that two of them are often equal. */
    Map<String, Object> small() {
        Map<String, Object> request = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Object value = random.nextInt(3) == 0 ? list(random.nextInt(2)) : (Object) random.nextInt(2);
            request.put(List.of("a", "b", "user").get(random.nextInt(3)), value);
        }
        return request;
    }

    /** A copy with exactly one thing changed. */
    @SuppressWarnings("unchecked")
    Map<String, Object> changed(Map<String, Object> request) {
        Map<String, Object> copy = (Map<String, Object>) copy(request);
        List<Object> containers = new ArrayList<>();
        collect(copy, containers);
        while (true) {
            Object container = containers.get(random.nextInt(containers.size()));
            boolean done = container instanceof Map<?, ?> map
                    ? change((Map<String, Object>) map)
                    : change((List<Object>) container);
            if (done) {
                return copy;
            }
        }
    }

    private boolean change(Map<String, Object> map) {
        List<String> names = new ArrayList<>(map.keySet());
        if (names.isEmpty() || random.nextInt(4) == 0) {
            return map.putIfAbsent("new" + text(), scalar()) == null;
        }
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(3)) {
            case 0 -> map.remove(name);
            case 1 -> map.put(name + "2", java.util.Objects.requireNonNull(map.remove(name)));
            default -> {
                Object other = scalar();
                if (other.equals(map.get(name))) {
                    return false;
                }
                map.put(name, other);
            }
        }
        return true;
    }

    private boolean change(List<Object> list) {
        if (list.size() > 1 && random.nextBoolean()) {
            int at = random.nextInt(list.size() - 1);
            if (list.get(at).equals(list.get(at + 1))) {
                return false;
            }
            Collections.swap(list, at, at + 1);
        } else if (random.nextBoolean() && !list.isEmpty()) {
            list.remove(random.nextInt(list.size()));
        } else {
            list.add(random.nextInt(list.size() + 1), scalar());
        }
        return true;
    }

    private Object scalar() {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(1000) + 3;
            case 1 -> random.nextInt(100) / 8.0 + 0.0625;
            case 2 -> random.nextBoolean();
            case 3 -> list(text());
            default -> text() + text();
        };
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size() - 1)).replace("\uD800", "-");
    }

    private static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, item) -> copy.put((String) name, copy(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(copy(item)));
            return copy;
        }
        return value;
    }

    private static void collect(Object value, List<Object> containers) {
        if (value instanceof Map<?, ?> map) {
            containers.add(map);
            map.values().forEach(item -> collect(item, containers));
        } else if (value instanceof List<?> list) {
            containers.add(list);
            list.forEach(item -> collect(item, containers));
        }
    }

    /** The request with blanks, escapes, spellings of numbers and an order of members that chance decides. */
    String print(@Nullable Object value) {
        String blank = List.of("", " ", "\n", "\t\r\n ").get(random.nextInt(4));
        if (value instanceof List<?> list) {
            List<String> parts = new ArrayList<>();
            list.forEach(item -> parts.add(print(item)));
            return "[" + blank + String.join(blank + "," + blank, parts) + "]" + blank;
        }
        if (value instanceof Map<?, ?> map) {
            List<String> parts = new ArrayList<>();
            map.forEach((name, item) -> parts.add(blank + text((String) name) + blank + ":" + print(item)));
            Collections.shuffle(parts, random);
            return blank + "{" + String.join(",", parts) + "}" + blank;
        }
        if (value instanceof String text) {
            return blank + text(text) + blank;
        }
        if (value instanceof Number number) {
            return blank + number(number);
        }
        return blank + value;
    }

    private String number(Number number) {
        boolean whole = number instanceof Integer;
        return number
                + (whole
                        ? List.of("", ".0", "e0", ".000E+00").get(random.nextInt(4))
                        : List.of("", "0", "e0", "00E-0").get(random.nextInt(4)));
    }

    private String text(String text) {
        StringBuilder printed = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean must = c < ' ' || c == '"' || c == '\\';
            if (must || (!Character.isSurrogate(c) && random.nextInt(4) == 0)) {
                printed.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
            } else {
                printed.append(c);
            }
        }
        return printed.append('"').toString();
    }
}
