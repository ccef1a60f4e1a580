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
            case SECTION -> section(key, path, out);
            case MAP -> append(key.element(), path + "." + key.element().name(), out);
            case LIST -> append(key.element(), path + "[]", out);
            default -> out.append(row(key, path)).append('\n');
        }
    }

    private static void section(Key key, String path, StringBuilder out) {
        if (!key.meaning().isEmpty()) {
            out.append(line(path + ".AMOUNT", "the amounts above", key)).append('\n');
            return;
        }
        boolean written = false;
        for (Key child : key.children()) {
            boolean amount =
                    LimitKeys.AMOUNT_KEYS.contains(child) && !child.name().equals(LimitKeys.CONCURRENCY);
            if (!amount) {
                append(child, path + "." + child.name(), out);
            } else if (!written) {
                written = true;
                out.append(row(child, path + "." + LimitKeys.FAMILY)).append('\n');
            }
        }
    }

    private static String row(Key key, String path) {
        return line(path, values(key), key);
    }

    private static String line(String path, String values, Key key) {
        return List.of(
                        "`" + path + "`",
                        values,
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
