package dev.gateway4j.api.config;

import java.util.List;
import java.util.stream.Collectors;

/** The schema as a Markdown table. */
final class SettingsTable {
    private SettingsTable() {}

    static String markdown() {
        StringBuilder out = new StringBuilder("| key | values | default | effect | meaning |\n|---|---|---|---|---|\n");
        ConfigSchema.SETTABLE.children().forEach(key -> append(key, key.name(), out));
        return out.toString();
    }

    private static void append(Key key, String path, StringBuilder out) {
        switch (key.kind()) {
            case SECTION -> key.children().forEach(child -> append(child, path + "." + child.name(), out));
            case MAP -> append(key.element(), path + "." + key.element().name(), out);
            case LIST -> append(key.element(), path + "[]", out);
            default -> out.append(row(key, path)).append('\n');
        }
    }

    private static String row(Key key, String path) {
        return List.of(
                        "`" + path + "`",
                        values(key),
                        key.fallback().isEmpty() ? "–" : key.fallback(),
                        key.effect() == Key.Effect.ACTIVE ? "yes" : "not yet",
                        key.meaning().replace("*", "\\*"))
                .stream()
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String values(Key key) {
        return key.kind() == Kind.CHOICE
                ? key.choices().stream().map(choice -> "`" + choice + "`").collect(Collectors.joining(", "))
                : key.kind().form();
    }
}
