package dev.gateway4j.simulator.internal.template;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.ConfigProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The templates of a directory, read again when one of its files has changed: looked at when asked, at most once a second of the clock. A
 * new version that is broken leaves the old one in use and is told. Thread-safe.
 */
final class WatchedDirectory {
    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Path directory;
    private final String setting;
    private final TimeSource time;
    private final boolean watched;
    private final AtomicLong looked;
    private volatile String state;
    private volatile List<TemplateRule> rules;
    private volatile List<ConfigProblem> problems = List.of();

    /**
     * Reads the directory.
     *
     * @param watched true if changes count
     * @param problems takes what is wrong
     */
    WatchedDirectory(Path directory, String setting, TimeSource time, boolean watched, List<ConfigProblem> problems) {
        this.directory = directory;
        this.setting = setting;
        this.time = time;
        this.watched = watched;
        this.looked = new AtomicLong(time.nanos());
        this.state = TemplateDirectory.state(directory);
        this.rules = TemplateDirectory.read(directory, setting, problems);
    }

    List<TemplateRule> rules() {
        long last = looked.get();
        if (watched && time.nanos() - last >= LOOK_EVERY && looked.compareAndSet(last, time.nanos())) {
            look();
        }
        return rules;
    }

    /** What is wrong with the version on the disk; nothing if it is the one in use. */
    List<ConfigProblem> problems() {
        return problems;
    }

    private void look() {
        String now = TemplateDirectory.state(directory);
        if (now.equals(state)) {
            return;
        }
        List<ConfigProblem> found = new ArrayList<>();
        List<TemplateRule> read = TemplateDirectory.read(directory, setting, found);
        state = now;
        problems = List.copyOf(found);
        if (found.isEmpty()) {
            rules = read;
        }
    }
}
