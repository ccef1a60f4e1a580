package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.simulator.internal.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The operations of the API and the shapes of what goes in and comes out. Thread-safe. */
public final class SpecTable {
    static final String VERSION = "version ";
    static final String OPERATION = "operation ";
    static final String SHAPE = "shape ";

    private static final String RESOURCE = "spec.txt.gz";

    private final String version;
    private final List<Entry> operations = new ArrayList<>();
    private final Map<String, List<Entry>> plain = new HashMap<>();
    private final Map<String, List<Template>> templates = new HashMap<>();
    private final Map<String, String> facts = new HashMap<>();
    private final Map<String, Shape> made = new ConcurrentHashMap<>();

    /** A line of the table, of which most are never needed. */
    private final class Entry {
        private final String name;
        private final String facts;
        private volatile @Nullable Operation operation;

        private Entry(String name, String facts) {
            this.name = name;
            this.facts = facts;
        }

        private String method() {
            return name.substring(0, name.indexOf(' '));
        }

        private String path() {
            int mark = name.indexOf('?');
            return name.substring(name.indexOf(' ') + 1, mark < 0 ? name.length() : mark);
        }

        private boolean beta() {
            return name.indexOf('?') >= 0;
        }

        private Operation operation() {
            @Nullable Operation known = operation;
            if (known == null) {
                known = read(this, json(facts));
                operation = known; // two threads may both read it; the operations are alike
            }
            return known;
        }
    }

    private record Template(Entry entry, List<String> segments) {
        boolean matches(String[] sent) {
            if (sent.length != segments.size()) {
                return false;
            }
            for (int i = 0; i < sent.length; i++) {
                boolean fits = Operation.isName(segments.get(i))
                        ? !sent[i].isEmpty()
                        : segments.get(i).equals(sent[i]);
                if (!fits) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Bundled {
        private static final SpecTable TABLE = new SpecTable(resource());
    }

    private SpecTable(String text) {
        String named = "";
        for (String line : text.split("\n", -1)) {
            int end = line.indexOf(" {");
            if (line.startsWith(OPERATION)) {
                add(new Entry(line.substring(OPERATION.length(), end), line.substring(end + 1)));
            } else if (line.startsWith(SHAPE)) {
                facts.put(line.substring(SHAPE.length(), end), line.substring(end + 1));
            } else if (line.startsWith(VERSION)) {
                named = line.substring(VERSION.length());
            }
        }
        this.version = named;
        // A path with fewer names in it is the closer match.
        templates
                .values()
                .forEach(list -> list.sort(Comparator.comparingLong(template ->
                        template.segments().stream().filter(Operation::isName).count())));
    }

    private void add(Entry entry) {
        operations.add(entry);
        List<String> segments = List.of(entry.path().split("/", -1));
        if (segments.stream().noneMatch(Operation::isName)) {
            plain.computeIfAbsent(entry.path(), key -> new ArrayList<>()).add(entry);
        } else {
            templates
                    .computeIfAbsent(first(entry.path()), key -> new ArrayList<>())
                    .add(new Template(entry, segments));
        }
    }

    /** The table that comes with the simulator, read at its first use. */
    public static SpecTable bundled() {
        return Bundled.TABLE;
    }

    /**
     * The table of an OpenAPI file, YAML or JSON.
     *
     * @throws dev.gateway4j.api.config.GatewayConfigException with every problem
     */
    public static SpecTable load(Path file) {
        return new SpecTable(SpecTool.text(file));
    }

    /** The version the document gives itself. */
    public String version() {
        return version;
    }

    /** All operations, in the order of the document. */
    public List<Operation> operations() {
        return operations.stream().map(Entry::operation).toList();
    }

    /**
     * The operation a request means.
     *
     * @param method the method
     * @param path the path below the version
     * @param beta true if {@code beta=true} is in the query
     */
    public Optional<Operation> find(String method, String path, boolean beta) {
        @Nullable Entry found = null;
        for (Entry entry : matching(path)) {
            if (entry.method().equals(method) && (found == null || (found.beta() != beta && entry.beta() == beta))) {
                found = entry;
            }
        }
        return Optional.ofNullable(found).map(Entry::operation);
    }

    /** True if there is such a path, whatever the method. */
    public boolean knows(String path) {
        return !matching(path).isEmpty();
    }

    /** The shape of this name; an empty one, which anything fits, if there is none. */
    public Shape shape(String name) {
        @Nullable Shape known = made.get(name);
        if (known == null) {
            known = Shape.of(json(facts.getOrDefault(name, "{}")), this::shape);
            made.put(name, known);
        }
        return known;
    }

    /** True if there is a shape of this name. */
    public boolean hasShape(String name) {
        return facts.containsKey(name);
    }

    private List<Entry> matching(String path) {
        List<Entry> exactly = plain.getOrDefault(path, List.of());
        List<Template> possible = exactly.isEmpty() || path.indexOf('/', 1) >= 0
                ? templates.getOrDefault(first(path), List.of())
                : List.of();
        if (possible.isEmpty()) {
            return exactly;
        }
        String[] sent = path.split("/", -1);
        List<Entry> found = new ArrayList<>(exactly);
        for (Template template : possible) {
            if (template.matches(sent)) {
                found.add(template.entry());
            }
        }
        return found;
    }

    private static JsonNode json(String text) {
        return Json.read(Json.bytes(text)).orElseThrow();
    }

    private static String first(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }

    private Operation read(Entry entry, JsonNode facts) {
        Map<String, Shape> query = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Map.Entry<String, JsonNode> parameter : facts.path("query").properties()) {
            query.put(parameter.getKey(), Shape.of(parameter.getValue().path("shape"), this::shape));
            if (parameter.getValue().path("required").asBoolean()) {
                required.add(parameter.getKey());
            }
        }
        Map.Entry<String, JsonNode> success = facts.path("responses").properties().stream()
                .findFirst()
                .orElse(Map.entry("200", facts.path("responses")));
        Map<String, Shape> answers = shapes(success.getValue());
        Streams.of(entry.name, this).ifPresent(events -> answers.putIfAbsent("text/event-stream", events));
        return new Operation(
                entry.method(),
                entry.path(),
                entry.beta(),
                query,
                required,
                facts.path("request").path("required").asBoolean(),
                shapes(facts.path("request").path("content")),
                Integer.parseInt(success.getKey()),
                answers);
    }

    private Map<String, Shape> shapes(JsonNode contents) {
        Map<String, Shape> byType = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> content : contents.properties()) {
            byType.put(content.getKey(), Shape.of(content.getValue(), this::shape));
        }
        return byType;
    }

    private static String resource() {
        try (InputStream in = SimulatedOpenAi.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the simulator's own file " + RESOURCE + " is missing from the class path");
            }
            return new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + RESOURCE, e);
        }
    }
}
