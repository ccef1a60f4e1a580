package dev.gateway4j.simulator.internal.template;

import com.samskivert.mustache.Template;
import dev.gateway4j.simulator.internal.plan.Finish;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads one rule from YAML, with every problem and its line. */
final class RuleFile {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel("template")
            .setMaxAliasesForCollections(16)
            .build();

    private final Problems problems;

    private RuleFile(Problems problems) {
        this.problems = problems;
    }

    /** The rule; empty if there are problems. */
    static Optional<TemplateRule> read(String yaml, Problems problems) {
        RuleFile reader = new RuleFile(problems);
        try {
            Optional<Node> root = composer(yaml).getSingleNode();
            if (root.isEmpty()) {
                problems.add("the file is empty; a template needs at least \"text\"");
                return Optional.empty();
            }
            return reader.rule(root.get());
        } catch (MarkedYamlEngineException broken) {
            int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(line, "this is no YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            problems.add("this is no YAML: " + broken.getMessage());
        }
        return Optional.empty();
    }

    private static Composer composer(String yaml) {
        return new Composer(SETTINGS, new ParserImpl(SETTINGS, new StreamReader(SETTINGS, yaml)));
    }

    private Optional<TemplateRule> rule(Node root) {
        Map<String, Node> members = members(root, "the file", List.of("match", "text", "finish", "usage"));
        Match match = Optional.ofNullable(members.get("match")).map(this::match).orElse(Match.ALL);
        Optional<Finish> finish = Optional.ofNullable(members.get("finish")).flatMap(this::finish);
        Map<String, Node> usage = Optional.ofNullable(members.get("usage"))
                .map(node -> members(node, "usage", List.of("input", "output")))
                .orElse(Map.of());
        OptionalLong input = tokens(usage, "input");
        OptionalLong output = tokens(usage, "output");
        Optional<Template> text = text(root, Optional.ofNullable(members.get("text")));
        return text.map(template -> new TemplateRule(match, template, finish, input, output));
    }

    private Optional<Template> text(Node root, Optional<Node> node) {
        if (node.isEmpty()) {
            problems.add(line(root), "\"text\" is missing; it is what the answer says");
            return Optional.empty();
        }
        return scalar(node.get(), "text").flatMap(text -> {
            boolean block = node.get() instanceof ScalarNode scalar
                    && (scalar.getScalarStyle() == ScalarStyle.LITERAL
                            || scalar.getScalarStyle() == ScalarStyle.FOLDED);
            return TemplateText.compile(text, line(node.get()) + (block ? 1 : 0), problems);
        });
    }

    private Match match(Node node) {
        Map<String, Node> members = members(node, "match", List.of("model", "last_message", "contains", "system"));
        return new Match(
                text(members, "model").map(Match::glob),
                pattern(members, "last_message"),
                text(members, "contains"),
                pattern(members, "system"));
    }

    private Optional<Pattern> pattern(Map<String, Node> members, String name) {
        return text(members, name).flatMap(regex -> {
            try {
                return Optional.of(Pattern.compile(regex));
            } catch (PatternSyntaxException broken) {
                Node node = members.get(name);
                problems.add(
                        node == null ? 1 : line(node),
                        name + " \"" + regex + "\" is no regular expression: " + broken.getDescription());
                return Optional.empty();
            }
        });
    }

    private Optional<Finish> finish(Node node) {
        return scalar(node, "finish").flatMap(id -> {
            for (Finish finish : Finish.values()) {
                if (finish.id().equals(id)) {
                    return Optional.of(finish);
                }
            }
            problems.add(line(node), "finish is \"" + id + "\"; it is one of stop, length, content_filter");
            return Optional.empty();
        });
    }

    private OptionalLong tokens(Map<String, Node> members, String name) {
        Optional<String> text = text(members, name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (text.get().matches("\\d{1,15}")) {
            return OptionalLong.of(Long.parseLong(text.get()));
        }
        Node node = members.get(name);
        problems.add(
                node == null ? 1 : line(node),
                "usage." + name + " is \"" + text.get() + "\"; it is a number of tokens, 0 or more");
        return OptionalLong.empty();
    }

    private Optional<String> text(Map<String, Node> members, String name) {
        return Optional.ofNullable(members.get(name)).flatMap(node -> scalar(node, name));
    }

    private Optional<String> scalar(Node node, String name) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problems.add(line(node), "\"" + name + "\" is a text, not a list or a map");
        return Optional.empty();
    }

    private Map<String, Node> members(Node node, String where, List<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(line(node), where + " is a map of " + String.join(", ", known));
            return Map.of();
        }
        Map<String, Node> members = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (known.contains(key)) {
                members.put(key, tuple.getValueNode());
            } else {
                problems.add(
                        line(tuple.getKeyNode()),
                        "\"" + key + "\" is unknown in " + where + "; known are " + String.join(", ", known));
            }
        }
        return members;
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
