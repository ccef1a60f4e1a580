package dev.gateway4j.api.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares what was set with the table of settings and reports what does not fit. Unknown keys are left out; of a wrong value its place
 * is kept, so that it is not reported as missing as well. Runs twice: over everything that was set, where values with variables in them
 * are left alone, and over what applies, where they are looked up.
 */
final class SchemaCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

    private final Problems problems;
    private final Optional<Interpolation> interpolation;

    SchemaCheck(Problems problems, Optional<Interpolation> interpolation) {
        this.problems = problems;
        this.interpolation = interpolation;
    }

    /** The section as far as it fits. */
    Tree.Section section(Key key, Tree tree) {
        return check(key, tree) instanceof Tree.Section section ? section : Tree.Section.empty(tree.origin());
    }

    Tree check(Key key, Tree tree) {
        return switch (key.kind()) {
            case SECTION, MAP -> children(key, tree);
            case LIST -> items(key, tree);
            case FREE -> tree;
            default -> scalar(key, tree);
        };
    }

    private Tree children(Key key, Tree tree) {
        if (tree instanceof Tree.Nothing) {
            return Tree.Section.empty(tree.origin());
        }
        if (tree instanceof Tree.Section section) {
            Map<String, Tree> kept = new LinkedHashMap<>();
            section.children().forEach((name, child) -> known(key, name, child)
                    .ifPresent(childKey -> kept.put(name, check(childKey, child))));
            return new Tree.Section(kept, section.origin());
        }
        String inside = key.kind() == Kind.MAP ? "names of your choice" : "keys " + String.join(", ", key.childNames());
        return wrong(tree.origin(), "is " + shape(tree) + "; a section with the " + inside + " belongs here");
    }

    private Tree wrong(Origin origin, String message) {
        problems.add(origin, message);
        return new Tree.Nothing(origin);
    }

    private Optional<Key> known(Key key, String name, Tree child) {
        if (key.kind() == Kind.SECTION) {
            Optional<Key> found = key.child(name);
            if (found.isEmpty()) {
                problems.add(child.origin(), "is not a known key; " + suggestion(name, key.childNames()));
            }
            return found;
        }
        if (key.element().name().equals(Key.PLAIN_NAME) && !NAME.matcher(name).matches()) {
            problems.add(child.origin(), "is not a usable name; write letters, digits, - and _ only");
            return Optional.empty();
        }
        return Optional.of(key.element());
    }

    static String suggestion(String name, List<String> known) {
        return Nearest.to(name, known)
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElseGet(() -> "known here: " + String.join(", ", known));
    }

    private Tree items(Key key, Tree tree) {
        if (tree instanceof Tree.Nothing) {
            return isSecondRun() ? tree : new Tree.Items(List.of(), tree.origin());
        }
        if (tree instanceof Tree.Items items) {
            List<Tree> checked = items.items().stream()
                    .map(item -> check(key.element(), item))
                    .toList();
            return new Tree.Items(checked, items.origin());
        }
        return wrong(tree.origin(), "is " + shape(tree) + "; a list belongs here");
    }

    private Tree scalar(Key key, Tree tree) {
        if (isSecondRun() && (tree instanceof Tree.Nothing || key.kind().isReference())) {
            return tree;
        }
        if (tree instanceof Tree.Text text) {
            if (key.kind().isReference()) {
                return SecretReference.problem(key.kind(), text)
                        .map(message -> wrong(text.origin(), message))
                        .orElse(text);
            }
            return interpolation.isPresent() ? resolved(key, text, interpolation.get()) : fitting(key, text);
        }
        return wrong(
                tree.origin(),
                tree instanceof Tree.Nothing ? empty(key) : "is " + shape(tree) + "; write " + plain(key));
    }

    private boolean isSecondRun() {
        return interpolation.isPresent();
    }

    private Tree resolved(Key key, Tree.Text text, Interpolation variables) {
        try {
            return fitting(key, text.resolvedTo(variables.resolve(text.value())));
        } catch (Interpolation.UnresolvedException e) {
            return wrong(text.origin(), e.text() + e.alternative());
        }
    }

    private Tree fitting(Key key, Tree.Text text) {
        boolean later = !isSecondRun() && Interpolation.concerns(text.value());
        if (later || (!text.value().isBlank() && fits(key, text.value()))) {
            return text;
        }
        return wrong(text.origin(), text.value().isBlank() ? empty(key) : misfit(key, text));
    }

    private static boolean fits(Key key, String value) {
        return key.kind() == Kind.CHOICE
                ? key.choices().contains(Values.normal(value))
                : key.kind().accepts(value);
    }

    private static String misfit(Key key, Tree.Text text) {
        String written = Problems.quoted(text.shown());
        String shown = text.value().equals(text.shown()) ? written : "the value of " + written;
        if (key.kind() != Kind.CHOICE) {
            return shown + " is not " + key.kind().noun() + "; write " + plain(key);
        }
        String hint = Nearest.to(Values.normal(text.shown()), key.choices())
                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                .orElse("");
        return shown + " is not one of " + String.join(", ", key.choices()) + hint;
    }

    private static String empty(Key key) {
        return "is empty; write " + plain(key) + " or remove it";
    }

    private static String plain(Key key) {
        return key.kind() == Kind.CHOICE
                ? "one of " + String.join(", ", key.choices())
                : key.kind().form();
    }

    private static String shape(Tree tree) {
        if (tree instanceof Tree.Section) {
            return "a section";
        }
        return tree instanceof Tree.Items ? "a list" : "a single value";
    }
}
