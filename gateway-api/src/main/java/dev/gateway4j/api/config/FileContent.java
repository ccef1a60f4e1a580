package dev.gateway4j.api.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file of settings in either of its two shapes, compared with the table of settings.
 *
 * @param name the file's name
 * @param environment which environment the file says applies
 * @param sandbox true for the shape with a lone {@code sandbox:} block, which serves its own environment only
 * @param upstreams by name
 * @param fingerprints those of keys, by the environment whose keys they are
 * @param environments by name; none beside a sandbox block
 * @param shared what every environment starts from; the content of a sandbox block
 */
record FileContent(
        String name,
        Optional<Tree.Text> environment,
        boolean sandbox,
        Tree.Section upstreams,
        Tree.Section fingerprints,
        Map<String, Tree.Section> environments,
        Tree.Section shared) {
    private static final String SANDBOX = "sandbox";
    private static final String ENVIRONMENT = "environment";
    private static final String FINGERPRINTS = ConfigSchema.KEY_FINGERPRINTS.name();

    static FileContent none() {
        Tree.Section nothing = Tree.Section.empty(Origin.of("", "no file", Path.of("")));
        return new FileContent("no file", Optional.empty(), false, nothing, nothing, Map.of(), nothing);
    }

    static FileContent of(String name, Tree tree, Problems problems) {
        SchemaCheck check = new SchemaCheck(problems, Optional.empty());
        if (tree instanceof Tree.Section root && root.children().containsKey(SANDBOX)) {
            root.without(SANDBOX)
                    .children()
                    .values()
                    .forEach(other -> problems.add(
                            other.origin(), "stands beside a sandbox block; a file holds either the block or this"));
            return sandbox(
                    name, check.section(ConfigSchema.SANDBOX, root.at(SANDBOX).orElseThrow()));
        }
        return full(name, check.section(ConfigSchema.FILE, tree));
    }

    private static FileContent sandbox(String name, Tree.Section block) {
        Tree.Section nothing = Tree.Section.empty(block.origin());
        Tree.Section settings = block.without(ENVIRONMENT).without(FINGERPRINTS);
        return new FileContent(
                name, block.text(ENVIRONMENT), true, nothing, block.section(FINGERPRINTS), Map.of(), settings);
    }

    private static FileContent full(String name, Tree.Section root) {
        Map<String, Tree.Section> environments = new LinkedHashMap<>();
        root.section("environments").children().forEach((environment, tree) -> {
            if (tree instanceof Tree.Section section) {
                environments.put(environment, section);
            }
        });
        Tree.Section shared = root;
        for (String own : List.of(ENVIRONMENT, "upstreams", FINGERPRINTS, "environments")) {
            shared = shared.without(own);
        }
        return new FileContent(
                name,
                root.text(ENVIRONMENT),
                false,
                root.section("upstreams"),
                root.section(FINGERPRINTS),
                environments,
                shared);
    }

    /** What the file says about an environment. */
    Tree.Section environment(String wanted) {
        Tree.Section own = environments.get(wanted);
        return own == null ? shared : Mirror.laid(own, shared);
    }

    /** The names its environments give to keys; empty if some are in variables. A single key has the name of its environment. */
    Optional<Set<String>> keyNames() {
        Set<String> names = new TreeSet<>(environments.keySet());
        List<Tree.Section> all = new ArrayList<>(environments.values());
        all.add(shared);
        for (Tree.Section settings : all) {
            settings.sections("openai.credentials.keys").stream()
                    .flatMap(entry -> entry.text("name").stream())
                    .map(Tree.Text::value)
                    .forEach(names::add);
        }
        return names.stream().anyMatch(Interpolation::concerns) ? Optional.empty() : Optional.of(names);
    }

    /** What the file says about the rate limits of an environment. */
    Tree.Section limits(String wanted) {
        return environment(wanted).section(LimitBinder.PATH);
    }
}
