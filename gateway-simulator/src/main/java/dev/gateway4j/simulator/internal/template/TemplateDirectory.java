package dev.gateway4j.simulator.internal.template;

import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.simulator.internal.yaml.Problems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the templates of a directory, sorted by file name. Files that end otherwise are left alone. */
final class TemplateDirectory {
    private TemplateDirectory() {}

    static List<TemplateRule> read(Path directory, String setting, List<ConfigProblem> problems) {
        Problems whole = new Problems(setting, "settings", problems);
        if (!Files.isDirectory(directory)) {
            whole.add(directory + " is no directory; make it, or correct the path");
            return List.of();
        }
        List<TemplateRule> rules = new ArrayList<>();
        List<Path> files = files(directory, whole);
        if (files.isEmpty()) {
            whole.add(
                    directory + " holds no template; a template is a file that ends in .yaml, .yml, .mustache or .txt");
        }
        for (Path file : files) {
            Problems ofFile = new Problems(setting, name(file), problems);
            content(file, ofFile).flatMap(text -> rule(file, text, ofFile)).ifPresent(rules::add);
        }
        return List.copyOf(rules);
    }

    private static Optional<TemplateRule> rule(Path file, String text, Problems problems) {
        if (isYaml(file)) {
            return RuleFile.read(name(file), text, problems);
        }
        return Phrase.compile(text, 1, problems).map(phrase -> TemplateRule.saying(name(file), phrase));
    }

    /** Something that differs when a file has come, gone or changed. */
    static String state(Path directory) {
        StringBuilder state = new StringBuilder();
        for (Path file : files(directory, new Problems("", "", new ArrayList<>()))) {
            try {
                state.append(name(file))
                        .append('\0')
                        .append(Files.getLastModifiedTime(file))
                        .append('\0')
                        .append(Files.size(file))
                        .append('\n');
            } catch (IOException gone) {
                state.append(name(file)).append("\0gone\n");
            }
        }
        return state.toString();
    }

    private static List<Path> files(Path directory, Problems problems) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(file -> Files.isRegularFile(file) && (isYaml(file) || isText(file)))
                    .sorted((a, b) -> name(a).compareTo(name(b)))
                    .toList();
        } catch (IOException e) {
            problems.add(directory + " cannot be listed: " + e);
            return List.of();
        }
    }

    private static Optional<String> content(Path file, Problems problems) {
        try {
            return Optional.of(Files.readString(file));
        } catch (CharacterCodingException notUtf8) {
            problems.add("the file is not in UTF-8; save it so");
        } catch (IOException e) {
            problems.add("the file cannot be read: " + e);
        }
        return Optional.empty();
    }

    private static boolean isYaml(Path file) {
        return name(file).endsWith(".yaml") || name(file).endsWith(".yml");
    }

    private static boolean isText(Path file) {
        return name(file).endsWith(".mustache") || name(file).endsWith(".txt");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
