package dev.gateway4j.simulator;

import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.simulator.internal.scenario.RuleBook;
import dev.gateway4j.simulator.internal.scenario.ScenarioFile;
import dev.gateway4j.simulator.internal.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The scenarios of a running simulator. They are asked before templates, seed data and generated text. Where several match, the one with
 * the higher priority answers, then the one with the greater {@link Match#weight()}, then the one that was added last; so what a test adds
 * beats what tests share. Thread-safe.
 */
public final class Scenarios {
    private final RuleBook book;

    Scenarios(RuleBook book) {
        this.book = book;
    }

    /**
     * Adds scenarios; one whose name is known takes the place of the other.
     *
     * @throws IllegalArgumentException if one cannot work; then none is added
     */
    public Scenarios add(Scenario... scenarios) {
        return add(List.of(scenarios));
    }

    /** As {@link #add(Scenario...)}. */
    public Scenarios add(List<Scenario> scenarios) {
        book.add(scenarios);
        return this;
    }

    /**
     * Adds the scenarios of a file in YAML or JSON, or of all such files of a directory in the order of their names.
     *
     * @throws GatewayConfigException with every problem, its file and line, if one cannot work; then none is added
     */
    public Scenarios load(Path fileOrDirectory) {
        List<ConfigProblem> list = new ArrayList<>();
        List<Scenario> scenarios = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path file : files(fileOrDirectory, list)) {
            Problems problems = new Problems("scenarios", String.valueOf(file.getFileName()), list);
            Set<String> elsewhere = Set.copyOf(names);
            for (Scenario scenario : read(file, problems)) {
                names.add(scenario.name());
                if (elsewhere.contains(scenario.name())) {
                    problems.add("\"" + scenario.name()
                            + "\" is the name of a scenario in another file, too; each has its own");
                }
                scenarios.add(scenario);
            }
        }
        return addUnless(list, scenarios);
    }

    /**
     * Adds scenarios written as a file would have them.
     *
     * @param name what messages call it
     * @param text the YAML or JSON
     * @throws GatewayConfigException with every problem and its line, if one cannot work; then none is added
     */
    public Scenarios load(String name, String text) {
        List<ConfigProblem> list = new ArrayList<>();
        List<Scenario> scenarios = ScenarioFile.read(text, new Problems("scenarios", name, list), book);
        return addUnless(list, scenarios);
    }

    /** Takes the scenario of this name away. True if there was one. */
    public boolean remove(String name) {
        return book.remove(name);
    }

    /** Takes all scenarios and states away. */
    public void clear() {
        book.clear();
    }

    /** Begins all sequences again and forgets all states; the scenarios stay. */
    public void reset() {
        book.reset();
    }

    /** The scenarios in the order in which they were added. */
    public List<Scenario> list() {
        return book.list();
    }

    /**
     * What is odd about the scenarios as a whole, one sentence each: those that can never answer, and those between which only their order
     * decides.
     */
    public List<String> notices() {
        return book.notices();
    }

    /**
     * From now on, a request for text that neither scenario nor template nor seed data answers is a 404 that names the nearest scenario and
     * why it did not match.
     */
    public Scenarios strict() {
        book.strict(true);
        return this;
    }

    /** From now on, what nothing else answers is generated; the default. */
    public Scenarios lenient() {
        book.strict(false);
        return this;
    }

    /** True if what nothing answers is an error. */
    public boolean isStrict() {
        return book.isStrict();
    }

    /** The state of this name; the empty text if it was never set. */
    public String state(String name) {
        return book.state(name);
    }

    /** Sets a state, as an answer can. */
    public Scenarios state(String name, String value) {
        book.state(name, value);
        return this;
    }

    private Scenarios addUnless(List<ConfigProblem> problems, List<Scenario> scenarios) {
        if (!problems.isEmpty()) {
            throw new GatewayConfigException(problems);
        }
        return add(scenarios);
    }

    private List<Scenario> read(Path file, Problems problems) {
        try {
            return ScenarioFile.read(Files.readString(file), problems, book);
        } catch (IOException e) {
            problems.add("the file cannot be read as UTF-8: " + e);
            return List.of();
        }
    }

    private static List<Path> files(Path path, List<ConfigProblem> list) {
        Problems problems = new Problems("scenarios", String.valueOf(path.getFileName()), list);
        if (!Files.isDirectory(path)) {
            if (!Files.isRegularFile(path)) {
                problems.add(path + " is no file and no directory; correct the path");
                return List.of();
            }
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> files = entries.filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                problems.add(path + " holds no scenarios; they are in files that end in .yaml, .yml or .json");
            }
            return files;
        } catch (IOException e) {
            problems.add(path + " cannot be listed: " + e);
            return List.of();
        }
    }
}
