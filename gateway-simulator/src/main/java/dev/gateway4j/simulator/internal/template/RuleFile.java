package dev.gateway4j.simulator.internal.template;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gateway4j.simulator.internal.plan.Draft.UsageOverride;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.yaml.Problems;
import dev.gateway4j.simulator.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads one rule from YAML, with every problem and its line. */
final class RuleFile {
    private static final List<String> MEMBERS =
            List.of("match", "text", "json", "call", "calls", "refusal", "summary", "finish", "usage");
    private static final List<String> SAYING = List.of("text", "json", "call", "calls", "refusal");

    private final Problems problems;

    private RuleFile(Problems problems) {
        this.problems = problems;
    }

    /** The rule; empty if there are problems. */
    static Optional<TemplateRule> read(String file, String yaml, Problems problems) {
        return YamlNode.read(yaml, "the file is empty; a template needs at least \"text\"", problems)
                .map(root -> new RuleFile(problems).rule(file, root))
                .filter(rule -> problems.none());
    }

    private TemplateRule rule(String file, YamlNode root) {
        Map<String, YamlNode> members = root.members("the file", MEMBERS, problems);
        Match match = Optional.ofNullable(members.get("match")).map(this::match).orElse(Match.ALL);
        Optional<Finish> finish = Optional.ofNullable(members.get("finish")).flatMap(this::finish);
        UsageOverride usage =
                Optional.ofNullable(members.get("usage")).map(this::usage).orElse(UsageOverride.NONE);
        if (SAYING.stream().noneMatch(members::containsKey)) {
            problems.add(
                    root.line(),
                    "\"text\" is missing; it is what the answer says, unless it says json, calls or refusal");
        }
        List<TemplateRule.Call> calls = new ArrayList<>();
        for (String name : List.of("call", "calls")) {
            YamlNode list = members.get(name);
            for (YamlNode call : list == null ? List.<YamlNode>of() : list.items()) {
                call(call).ifPresent(calls::add);
            }
        }
        return new TemplateRule(
                file,
                match,
                phrase(members, "text"),
                Optional.ofNullable(members.get("json"))
                        .map(json -> JsonPhrase.compile(json.json(), json.line(), problems)),
                phrase(members, "refusal"),
                List.copyOf(calls),
                phrase(members, "summary"),
                finish,
                usage);
    }

    private Phrase phrase(Map<String, YamlNode> members, String name) {
        return Optional.ofNullable(members.get(name))
                .flatMap(node ->
                        node.text(name, problems).flatMap(text -> Phrase.compile(text, node.textLine(), problems)))
                .orElse(Phrase.EMPTY);
    }

    private Optional<TemplateRule.Call> call(YamlNode node) {
        Map<String, YamlNode> members = node.members("a call", List.of("name", "arguments"), problems);
        YamlNode name = members.get("name");
        if (name == null) {
            problems.add(node.line(), "\"name\" is missing; it is the tool that is called");
            return Optional.empty();
        }
        YamlNode arguments = members.get("arguments");
        JsonPhrase json = arguments == null
                ? JsonPhrase.compile(JsonNodeFactory.instance.objectNode(), node.line(), problems)
                : JsonPhrase.compile(arguments.json(), arguments.line(), problems);
        return name.text("name", problems).map(text -> new TemplateRule.Call(text, json));
    }

    private Match match(YamlNode node) {
        Map<String, YamlNode> members =
                node.members("match", List.of("model", "last_message", "contains", "system"), problems);
        return new Match(
                text(members, "model").map(Match::glob),
                pattern(members, "last_message"),
                text(members, "contains"),
                pattern(members, "system"));
    }

    private Optional<Pattern> pattern(Map<String, YamlNode> members, String name) {
        return text(members, name).flatMap(regex -> {
            try {
                return Optional.of(Pattern.compile(regex));
            } catch (PatternSyntaxException broken) {
                YamlNode node = members.get(name);
                problems.add(
                        node == null ? 1 : node.line(),
                        name + " \"" + regex + "\" is no regular expression: " + broken.getDescription());
                return Optional.empty();
            }
        });
    }

    private Optional<Finish> finish(YamlNode node) {
        return node.text("finish", problems).flatMap(id -> {
            for (Finish finish : Finish.values()) {
                if (finish.id().equals(id)) {
                    return Optional.of(finish);
                }
            }
            problems.add(node.line(), "finish is \"" + id + "\"; it is one of stop, length, content_filter");
            return Optional.empty();
        });
    }

    private UsageOverride usage(YamlNode node) {
        Map<String, YamlNode> members =
                node.members("usage", List.of("input", "output", "cached", "reasoning"), problems);
        return new UsageOverride(
                tokens(members, "input"),
                tokens(members, "cached"),
                tokens(members, "output"),
                tokens(members, "reasoning"));
    }

    private OptionalLong tokens(Map<String, YamlNode> members, String name) {
        Optional<String> text = text(members, name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (text.get().matches("\\d{1,15}")) {
            return OptionalLong.of(Long.parseLong(text.get()));
        }
        YamlNode node = members.get(name);
        problems.add(
                node == null ? 1 : node.line(),
                "usage." + name + " is \"" + text.get() + "\"; it is a number of tokens, 0 or more");
        return OptionalLong.empty();
    }

    private Optional<String> text(Map<String, YamlNode> members, String name) {
        return Optional.ofNullable(members.get(name)).flatMap(node -> node.text(name, problems));
    }
}
