package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.config.GatewayConfigException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that is wrong with the options of a command, so that they can be corrected at once. Not thread-safe. */
final class Problems {
    private final Set<String> list = new LinkedHashSet<>();

    void add(String problem) {
        list.add(problem);
    }

    List<String> list() {
        return List.copyOf(list);
    }

    /** Does something with an option, and notes what is wrong with it. */
    void collect(String option, Runnable action) {
        try {
            action.run();
        } catch (GatewayConfigException e) {
            e.problems().forEach(problem -> add(problem.toString()));
        } catch (IllegalArgumentException e) {
            add((option.isEmpty() ? "" : option + ": ") + e.getMessage());
        }
    }

    /** What an option stands for; empty if something is wrong with it. Problems of files and settings say themselves where they are. */
    <T> Optional<T> of(String option, Supplier<T> value) {
        AtomicReference<@Nullable T> found = new AtomicReference<>();
        collect(option, () -> found.set(value.get()));
        return Optional.ofNullable(found.get());
    }
}
