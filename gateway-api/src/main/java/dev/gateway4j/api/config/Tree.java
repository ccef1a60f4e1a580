package dev.gateway4j.api.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody set, before it is settings: text, sections and lists, each knowing where it comes from. */
sealed interface Tree {
    Origin origin();

    /** A single value; {@code shown} is what a message may repeat of it. */
    record Text(String value, String shown, Origin origin) implements Tree {
        Text(String value, Origin origin) {
            this(value, value, origin);
        }

        /** The value after the variables in it were looked up; messages go on showing what was written. */
        Text resolvedTo(String resolved) {
            return new Text(resolved, shown, origin);
        }
    }

    /** A key with nothing behind it. */
    record Nothing(Origin origin) implements Tree {}

    /** A list. */
    record Items(List<Tree> items, Origin origin) implements Tree {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Named values, in the order of the file. */
    record Section(Map<String, Tree> children, Origin origin) implements Tree {
        public Section {
            children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
        }

        static Section empty(Origin origin) {
            return new Section(Map.of(), origin);
        }

        /** Sections around one value. */
        static Section around(Tree value, List<String> path) {
            Tree tree = value;
            for (int i = path.size() - 1; i >= 0; i--) {
                tree = new Section(Map.of(path.get(i), tree), value.origin());
            }
            return tree instanceof Section section ? section : empty(value.origin());
        }

        /** This section laid over another: sections merge, everything else replaces what lies below. */
        Section over(Section below) {
            Map<String, Tree> merged = new LinkedHashMap<>(below.children);
            children.forEach((name, tree) -> merged.merge(
                    name,
                    tree,
                    (under, above) -> above instanceof Section a && under instanceof Section u ? a.over(u) : above));
            return new Section(merged, origin.isFile() ? origin : below.origin);
        }

        Section with(String name, Tree tree) {
            Map<String, Tree> more = new LinkedHashMap<>(children);
            more.put(name, tree);
            return new Section(more, origin);
        }

        Section without(String name) {
            Map<String, Tree> rest = new LinkedHashMap<>(children);
            rest.remove(name);
            return new Section(rest, origin);
        }

        Optional<Tree> at(String path) {
            Optional<Tree> found = Optional.of(this);
            for (String name : Arrays.asList(path.split("\\.", -1))) {
                found = found.flatMap(tree -> tree instanceof Section section
                        ? Optional.ofNullable(section.children.get(name))
                        : Optional.empty());
            }
            return found;
        }

        Optional<Text> text(String path) {
            return at(path).flatMap(tree -> tree instanceof Text text ? Optional.of(text) : Optional.empty());
        }

        Section section(String path) {
            return at(path).flatMap(tree -> tree instanceof Section section ? Optional.of(section) : Optional.empty())
                    .orElseGet(() -> empty(origin));
        }

        /** The single values in it, by name. */
        Map<String, String> values() {
            Map<String, String> values = new LinkedHashMap<>();
            children.forEach((name, tree) -> {
                if (tree instanceof Text text) {
                    values.put(name, text.value());
                }
            });
            return values;
        }

        List<Section> sections(String path) {
            return at(path).stream()
                    .flatMap(tree -> tree instanceof Items items ? items.items().stream() : Stream.empty())
                    .filter(Section.class::isInstance)
                    .map(Section.class::cast)
                    .toList();
        }

        List<String> texts(String path) {
            return listed(path).stream().map(Text::value).toList();
        }

        List<Text> listed(String path) {
            return at(path).stream()
                    .flatMap(tree -> tree instanceof Items items ? items.items().stream() : Stream.empty())
                    .filter(Text.class::isInstance)
                    .map(Text.class::cast)
                    .toList();
        }
    }
}
