package dev.gateway4j.api.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names under which single values can be set outside a file, without the {@code gateway.} in front. */
final class Settable {
    /** The setting that names the file; it is no part of the tree. */
    static final String CONFIG = "config";

    static final String MODE = "mode";
    private static final String GATEWAY = "gateway.";

    private final Map<String, List<String>> fixed = new LinkedHashMap<>();
    private final Map<String, List<String>> open = new LinkedHashMap<>();
    private final Map<List<String>, Key> elements = new HashMap<>();
    private final List<String> fileOnly = new ArrayList<>();

    /** The names there are if these upstreams are known. */
    Settable(Collection<String> upstreams) {
        ConfigSchema.SETTABLE.children().forEach(key -> collect(key, List.of(key.name()), upstreams));
        fixed.put(MODE, List.of("openai", "mode"));
        fixed.put(CONFIG, List.of(CONFIG));
        shorten(fixed);
        shorten(open);
    }

    /** A leading "gateway." may be left out: no key of that section is also a key beside it. */
    private static void shorten(Map<String, List<String>> paths) {
        Map.copyOf(paths).forEach((name, path) -> {
            if (name.startsWith(GATEWAY)) {
                paths.putIfAbsent(name.substring(GATEWAY.length()), path);
            }
        });
    }

    private void collect(Key key, List<String> at, Collection<String> upstreams) {
        String name = String.join(".", at);
        if (key.kind() == Kind.SECTION) {
            key.children().forEach(child -> collect(child, and(at, child.name()), upstreams));
        } else if (key.name().equals(ConfigSchema.UPSTREAMS.name())) {
            upstreams.forEach(upstream -> collect(key.element(), and(at, upstream), upstreams));
        } else if (key.kind() == Kind.MAP && key.element().kind() != Kind.LIST) {
            open.put(name + ".", at);
            elements.put(at, key.element());
        } else if (key.kind().isScalar()) {
            fixed.put(name, at);
        } else {
            fileOnly.add(name);
        }
    }

    private static List<String> and(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    /** Where in the tree the value belongs. */
    Optional<List<String>> path(String name) {
        List<String> found = fixed.get(name);
        if (found != null) {
            return Optional.of(found);
        }
        return open.entrySet().stream()
                .filter(entry -> name.length() > entry.getKey().length() && name.startsWith(entry.getKey()))
                .findFirst()
                .flatMap(entry ->
                        below(entry.getValue(), name.substring(entry.getKey().length())));
    }

    /** What follows a map: any name, and after the last dot the value in its section, if it has one. */
    private Optional<List<String>> below(List<String> map, String rest) {
        Key element = Optional.ofNullable(elements.get(map)).orElseThrow();
        if (element.kind() != Kind.SECTION) {
            return Optional.of(and(map, rest));
        }
        int dot = rest.lastIndexOf('.');
        return dot < 1 || element.child(rest.substring(dot + 1)).isEmpty()
                ? Optional.empty()
                : Optional.of(and(and(map, rest.substring(0, dot)), rest.substring(dot + 1)));
    }

    /** What is wrong with a name that has no {@link #path}. */
    String objection(String name, String prefix) {
        boolean needsFile = fileOnly.stream()
                .anyMatch(known -> name.equals(known) || name.startsWith(known + ".") || name.startsWith(known + "["));
        if (needsFile) {
            return "holds more than one value and can only be set in a file";
        }
        return "is not a known setting"
                + Nearest.to(name, fixed.keySet())
                        .map(nearest -> "; did you mean \"" + prefix + nearest + "\"?")
                        .orElse("; the table of settings lists all");
    }

    Set<String> names() {
        return fixed.keySet();
    }

    static String variable(String name) {
        return ("GATEWAY_" + name.replace('.', '_').replace('-', '_')).toUpperCase(Locale.ROOT);
    }
}
