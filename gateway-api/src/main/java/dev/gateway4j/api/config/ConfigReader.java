package dev.gateway4j.api.config;

import dev.gateway4j.api.TimeSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from, in this order of precedence: what {@link #set} says, system properties, environment variables, the file, and the
 * built-in profile of the environment. Every scalar setting can be given each way: {@code openai.mode} is {@code -Dgateway.mode} or {@code
 * GATEWAY_MODE}. Not thread-safe; use one per read.
 */
public final class ConfigReader {
    private final Map<String, String> set = new LinkedHashMap<>();
    private Optional<Path> file = Optional.empty();
    private Optional<Map<String, String>> properties = Optional.empty();
    private UnaryOperator<@Nullable String> variables = ConfigReader::variable;
    private Optional<Set<String>> variableNames = Optional.empty();
    private Path directory = Path.of("");
    private boolean keysElsewhere;
    private TimeSource clock = TimeSource.system();

    ConfigReader() {}

    /** Reads this file instead of looking for one. */
    public ConfigReader file(Path file) {
        this.file = Optional.of(file);
        return this;
    }

    /** Sets one value, above everything else; the path as in the table of settings, such as {@code openai.mode}. */
    public ConfigReader set(String path, String value) {
        set.put(path, value);
        return this;
    }

    /** Looks properties up here instead of in {@link System#getProperties()}. */
    public ConfigReader properties(Map<String, String> properties) {
        this.properties = Optional.of(Map.copyOf(properties));
        return this;
    }

    /** Looks environment variables up here instead of in {@link System#getenv()}; the function answers null for an unset one. */
    public ConfigReader variables(UnaryOperator<@Nullable String> variables) {
        this.variables = variables;
        this.variableNames = Optional.of(Set.of());
        return this;
    }

    /**
     * Looks environment variables up here instead of in {@link System#getenv()}. Unlike with a function, names that are nearly {@code
     * GATEWAY_ENVIRONMENT}, {@code GATEWAY_MODE} or {@code GATEWAY_CONFIG} are found, and refused.
     */
    public ConfigReader variables(Map<String, String> variables) {
        Map<String, String> copy = Map.copyOf(variables);
        this.variables = name -> name == null ? null : copy.get(name);
        this.variableNames = Optional.of(copy.keySet());
        return this;
    }

    /** Says that keys come from a {@link dev.gateway4j.api.spi.KeySource}, so that the settings need none. */
    public ConfigReader keysComeFromElsewhere() {
        this.keysElsewhere = true;
        return this;
    }

    /** The clock that says which keys are valid when the settings are read, instead of the system's. */
    public ConfigReader clock(TimeSource clock) {
        this.clock = clock;
        return this;
    }

    /** The directory in which {@code gateway.yaml} is looked for, instead of the working directory. */
    public ConfigReader directory(Path directory) {
        this.directory = directory;
        return this;
    }

    /**
     * Reads and checks everything.
     *
     * @throws GatewayConfigException with every problem that was found
     */
    public GatewayConfig read() {
        Problems problems = new Problems();
        Layers layers = new Layers(
                set,
                properties.orElseGet(ConfigReader::systemProperties),
                variables,
                variableNames.orElseGet(() -> System.getenv().keySet()),
                directory);
        Optional<FileContent> content = content(layers, problems);
        Tree.Section above = layers.merged(
                content.map(found -> found.upstreams().children().keySet()).orElseGet(Set::of), problems);
        if (content.isEmpty()) {
            problems.throwIfAny();
        }
        SchemaCheck check = new SchemaCheck(problems, Optional.of(new Interpolation(variables)));
        FileContent found = content.orElseGet(FileContent::none);
        Optional<EnvironmentChoice> choice = EnvironmentChoice.of(above, found, check, problems);
        if (choice.isEmpty()) {
            problems.throwIfAny();
        }
        EnvironmentChoice chosen = choice.orElseThrow();
        Tree.Section settings =
                Mirror.laid(above.without("environment").without("upstreams"), found.environment(chosen.name()));
        Tree.Section upstreams = above.section("upstreams").over(found.upstreams());
        return new ConfigBinder(
                        chosen,
                        new ConfigBinder.Sources(layers, found, check, clock),
                        check.section(ConfigSchema.ENVIRONMENT, settings),
                        check.section(ConfigSchema.UPSTREAMS, upstreams),
                        problems,
                        keysElsewhere)
                .bind();
    }

    /** What the file says; empty if it cannot be read, which is then among the problems. */
    private Optional<FileContent> content(Layers layers, Problems problems) {
        Optional<Tree.Text> name = file.map(Path::toString)
                .map(path -> new Tree.Text(
                        path, Origin.of("config", Origin.BUILDER, Path.of("").toAbsolutePath())))
                .or(() -> layers.early(Settable.CONFIG));
        if (name.isPresent()) {
            return ConfigFile.named(name.get(), problems).flatMap(found -> parsed(found, problems));
        }
        Optional<ConfigFile> found = ConfigFile.lookedUp(directory, problems);
        if (found.isEmpty()) {
            return problems.isEmpty() ? Optional.of(FileContent.none()) : Optional.empty();
        }
        return found.flatMap(present -> parsed(present, problems));
    }

    private static Optional<FileContent> parsed(ConfigFile file, Problems problems) {
        return YamlFile.read(file, problems).map(tree -> FileContent.of(file.name(), tree, problems));
    }

    private static Map<String, String> systemProperties() {
        Map<String, String> found = new HashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            String value = System.getProperty(name);
            if (value != null) {
                found.put(name, value);
            }
        }
        return found;
    }

    private static @Nullable String variable(@Nullable String name) {
        return name == null ? null : System.getenv(name);
    }
}
