package dev.gateway4j.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request to the admin path; a name it does not know is an error, since it would mean nothing. */
record AdminQuery(Map<String, String> values) {
    static AdminQuery of(String target, List<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        int question = target.indexOf('?');
        if (question >= 0 && question + 1 < target.length()) {
            for (String parameter : target.substring(question + 1).split("&", -1)) {
                int equals = parameter.indexOf('=');
                String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
                if (!known.contains(name)) {
                    throw new AdminError(
                            400,
                            "unknown parameter",
                            "\"" + name + "\" means nothing here",
                            known.isEmpty() ? "Leave it out." : "Known are: " + String.join(", ", known) + ".");
                }
                values.put(name, equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
            }
        }
        return new AdminQuery(values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    boolean flag(String name) {
        String value = values.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new AdminError(400, "wrong parameter", name + " is \"" + value + "\"", "Write true or false.");
        }
        return value.equals("true");
    }

    int count(String name, int usual) {
        String value = values.get(name);
        if (value == null) {
            return usual;
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw new AdminError(400, "wrong parameter", name + " is \"" + value + "\"", "Write a number, 0 or more.");
        }
        return Integer.parseInt(value);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEscaped) {
            return text;
        }
    }
}
