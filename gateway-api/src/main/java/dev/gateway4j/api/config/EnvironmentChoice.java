package dev.gateway4j.api.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which environment applies.
 *
 * @param name its name as the file or the built-in profiles have it
 * @param isSet false if nobody chose it
 */
record EnvironmentChoice(String name, boolean isSet) {
    private static final List<String> BUILT_IN =
            Arrays.stream(Profile.values()).map(Profile::id).toList();

    /** Chooses; a problem if there is no such environment, or if it is not the one of a sandbox block. */
    static Optional<EnvironmentChoice> of(Tree.Section layers, FileContent file, SchemaCheck check, Problems problems) {
        Optional<Tree> asked = layers.at("environment").map(tree -> check.check(ConfigSchema.ENVIRONMENT_NAME, tree));
        Optional<Tree> written = file.environment().map(tree -> check.check(ConfigSchema.ENVIRONMENT_NAME, tree));
        Optional<Tree> wanted = asked.or(() -> written);
        if (wanted.isEmpty() && !file.sandbox()) {
            return Optional.of(new EnvironmentChoice(ConfigSchema.ENVIRONMENT_NAME.fallback(), false));
        }
        String served = written.flatMap(EnvironmentChoice::value).orElse(ConfigSchema.ENVIRONMENT_NAME.fallback());
        if (wanted.isEmpty()) {
            return Optional.of(new EnvironmentChoice(served, false));
        }
        return wanted.flatMap(tree -> tree instanceof Tree.Text text ? Optional.of(text) : Optional.empty())
                .flatMap(text -> file.sandbox() ? only(served, text, file, problems) : known(text, file, problems));
    }

    private static Optional<String> value(Tree tree) {
        return tree instanceof Tree.Text text ? Optional.of(text.value()) : Optional.empty();
    }

    private static Optional<EnvironmentChoice> only(
            String served, Tree.Text wanted, FileContent file, Problems problems) {
        if (!Values.normal(wanted.value()).equals(Values.normal(served))) {
            problems.add(
                    wanted.origin(),
                    Problems.quoted(wanted.value()) + " is asked for, but the sandbox block of " + file.name()
                            + " serves only " + Problems.quoted(served)
                            + "; ask for that, or write an environments section");
            return Optional.empty();
        }
        boolean builtIn = Profile.named(Values.normal(served)).isPresent();
        if (!builtIn && file.shared().at("profile").isEmpty()) {
            Tree.Text text = file.environment().orElse(wanted);
            problems.add(
                    text.origin(),
                    Problems.quoted(served) + " is not a built-in environment and says no profile to start from; "
                            + SchemaCheck.suggestion(served, BUILT_IN));
            return Optional.empty();
        }
        return Optional.of(new EnvironmentChoice(builtIn ? Values.normal(served) : served, true));
    }

    private static Optional<EnvironmentChoice> known(Tree.Text wanted, FileContent file, Problems problems) {
        Set<String> known = new TreeSet<>(file.environments().keySet());
        known.addAll(BUILT_IN);
        Optional<EnvironmentChoice> found = known.stream()
                .filter(name -> Values.normal(name).equals(Values.normal(wanted.value())))
                .findFirst()
                .map(name -> new EnvironmentChoice(name, true));
        if (found.isEmpty()) {
            problems.add(
                    wanted.origin(),
                    Problems.quoted(wanted.value()) + " is not an environment; known are " + String.join(", ", known)
                            + Nearest.to(wanted.value(), known)
                                    .map(nearest -> "; did you mean \"" + nearest + "\"?")
                                    .orElse(""));
        }
        return found;
    }
}
