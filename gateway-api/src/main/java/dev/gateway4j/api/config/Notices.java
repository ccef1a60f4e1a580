package dev.gateway4j.api.config;

import java.util.ArrayList;
import java.util.List;

/** What the person who starts the program should know. */
final class Notices {
    private Notices() {}

    /** That nothing chose an environment or a mode. */
    static String nothingSet(String environment, Profile profile) {
        return "Nothing is set: environment " + environment + ", mode "
                + profile.mode().id() + ". Set -Dgateway.environment and -Dgateway.mode (or GATEWAY_ENVIRONMENT and"
                + " GATEWAY_MODE) to choose.";
    }

    /** One sentence about every setting that has no effect yet; none if there is no such setting. */
    static List<String> dormant(Tree.Section environment) {
        List<String> paths = new ArrayList<>();
        collect(ConfigSchema.ENVIRONMENT, environment, "", paths);
        return paths.isEmpty()
                ? List.of()
                : List.of("These settings are accepted but without effect in this version: " + String.join(", ", paths)
                        + ".");
    }

    private static void collect(Key key, Tree tree, String path, List<String> paths) {
        if (tree instanceof Tree.Section section && key.kind() == Kind.SECTION) {
            section.children().forEach((name, child) -> key.child(name)
                    .ifPresent(known -> collect(known, child, path.isEmpty() ? name : path + "." + name, paths)));
        } else if (key.effect() == Key.Effect.DORMANT) {
            paths.add(path);
        }
    }
}
