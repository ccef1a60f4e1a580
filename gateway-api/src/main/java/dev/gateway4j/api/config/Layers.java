package dev.gateway4j.api.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was set outside a file: by the builder, by system properties and by environment variables.
 *
 * @param set what the builder says, by path
 * @param properties the system properties
 * @param variables looks environment variables up
 * @param variableNames the names of those that can be listed
 * @param directory where relative paths start
 */
record Layers(
        Map<String, String> set,
        Map<String, String> properties,
        UnaryOperator<@Nullable String> variables,
        Set<String> variableNames,
        Path directory) {
    private static final String PREFIX = "gateway.";
    private static final Pattern UPSTREAM = Pattern.compile("upstreams\\.([A-Za-z0-9][A-Za-z0-9_-]*)\\..*");
    private static final Set<String> HOLDERS =
            Set.of("api_key", "keystore_password", "sealed_password", "fingerprint_key");
    private static final List<String> SWITCHES = List.of("GATEWAY_ENVIRONMENT", "GATEWAY_MODE", "GATEWAY_CONFIG");

    /** The value of a switch that is needed before the file is read. */
    Optional<Tree.Text> early(String name) {
        return text(name, Origin.BUILDER, set.get(name))
                .or(() -> text(PREFIX + name, Origin.PROPERTY, properties.get(PREFIX + name)))
                .or(() -> text(Settable.variable(name), Origin.VARIABLE, variables.apply(Settable.variable(name))));
    }

    /** The value of an environment variable without blanks around it; empty if it is not set, or blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private Optional<Tree.Text> text(String path, String source, @Nullable String value) {
        return Optional.ofNullable(value).map(given -> new Tree.Text(given, origin(path, source)));
    }

    private Origin origin(String path, String source) {
        return Origin.of(path, source, directory.toAbsolutePath().normalize());
    }

    /**
     * The layers laid over each other. Only the builder can bring in new upstreams: a property with a misspelt name would otherwise leave
     * the upstream it was meant for as it is, and live.
     */
    Tree.Section merged(Collection<String> fileUpstreams, Problems problems) {
        Set<String> upstreams = new LinkedHashSet<>(fileUpstreams);
        upstreams.add(Upstream.OPENAI.name());
        set.keySet().stream().map(UPSTREAM::matcher).filter(Matcher::matches).forEach(m -> upstreams.add(m.group(1)));
        Settable settable = new Settable(upstreams);
        lookAlikes(problems);
        Tree.Section low = section(fromVariables(settable), Origin.VARIABLE, settable, problems);
        Tree.Section middle = section(fromProperties(), Origin.PROPERTY, settable, problems);
        Tree.Section high = section(set, Origin.BUILDER, settable, problems);
        return high.over(middle.over(low));
    }

    /** Properties by name without the prefix. */
    private Map<String, String> fromProperties() {
        Map<String, String> found = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                found.put(name.substring(PREFIX.length()), value);
            }
        });
        return found;
    }

    private Map<String, String> fromVariables(Settable settable) {
        Map<String, String> found = new TreeMap<>();
        for (String name : settable.names()) {
            String value = variables.apply(Settable.variable(name));
            if (value != null) {
                found.put(name, value);
            }
        }
        return found;
    }

    private Tree.Section section(Map<String, String> values, String source, Settable settable, Problems problems) {
        Tree.Section section = Tree.Section.empty(origin("", source));
        Map<List<String>, String> seen = new HashMap<>();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            Origin origin = origin(written(entry.getKey(), source), source);
            Optional<List<String>> path = settable.path(entry.getKey());
            if (path.isEmpty()) {
                problems.add(origin, settable.objection(entry.getKey(), source.equals(Origin.PROPERTY) ? PREFIX : ""));
                continue;
            }
            String before = seen.putIfAbsent(path.get(), origin.path());
            if (before != null) {
                problems.add(origin, "is the same setting as " + before + "; set one of them");
            } else if (!path.get().equals(List.of(Settable.CONFIG))) {
                Tree.Text text = new Tree.Text(entry.getValue(), origin);
                section = Tree.Section.around(indirect(text, path.get()), path.get())
                        .over(section);
            }
        }
        return new SchemaCheck(problems, Optional.empty()).section(ConfigSchema.SETTABLE, section);
    }

    private static String written(String name, String source) {
        return switch (source) {
            case Origin.PROPERTY -> PREFIX + name;
            case Origin.VARIABLE -> Settable.variable(name);
            default -> name;
        };
    }

    /** A key or password given as a variable is in a variable already, so it is taken as a reference to that variable. */
    private static Tree.Text indirect(Tree.Text text, List<String> path) {
        boolean literal = text.origin().source().equals(Origin.VARIABLE)
                && HOLDERS.contains(path.get(path.size() - 1))
                && !text.value().isBlank()
                && SecretReference.problem(Kind.SECRET, text).isPresent();
        return literal ? new Tree.Text("${" + text.origin().path() + "}", text.origin()) : text;
    }

    /** Names that are nearly one of the switches: a slip of the pen must not mean that the default applies. */
    private void lookAlikes(Problems problems) {
        List<String> names = new ArrayList<>(variableNames);
        names.sort(null);
        for (String name : names) {
            lookAlike(name)
                    .ifPresent(meant -> problems.add(
                            origin(name, Origin.VARIABLE), "is not a known variable; did you mean " + meant + "?"));
        }
    }

    private static Optional<String> lookAlike(String name) {
        String upper = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        if (SWITCHES.contains(name)) {
            return Optional.empty();
        }
        // GATEWAY_HOME is two letters away from GATEWAY_MODE and may well belong to somebody else.
        return SWITCHES.stream()
                .filter(meant -> Nearest.distance(upper, meant) <= (meant.equals("GATEWAY_MODE") ? 1 : 2))
                .findFirst();
    }
}
