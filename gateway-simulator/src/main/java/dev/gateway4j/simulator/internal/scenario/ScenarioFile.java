package dev.gateway4j.simulator.internal.scenario;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.Match;
import dev.gateway4j.simulator.Match.Condition;
import dev.gateway4j.simulator.Match.Subject;
import dev.gateway4j.simulator.Match.Test;
import dev.gateway4j.simulator.Scenario;
import dev.gateway4j.simulator.Scenario.Exhausted;
import dev.gateway4j.simulator.internal.yaml.Problems;
import dev.gateway4j.simulator.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads scenarios from YAML or JSON, with every problem and its line. */
public final class ScenarioFile {
    private static final List<String> MEMBERS = List.of("name", "priority", "when", "answer", "then", "exhausted");
    private static final Map<String, Exhausted> ENDS =
            Map.of("last", Exhausted.LAST_REPEATS, "next", Exhausted.NEXT_RULE, "error", Exhausted.ERROR);

    private final Problems problems;
    private final AnswerReader answers;
    private final Set<String> names = new HashSet<>();

    private ScenarioFile(Problems problems, RuleBook book) {
        this.problems = problems;
        this.answers = new AnswerReader(problems, book);
    }

    /**
     * The scenarios of a file: a list, a map with {@code scenarios}, or one alone.
     *
     * @param text the file
     * @param problems takes what is wrong; the list is of use only if nothing is
     * @param book knows faults
     */
    public static List<Scenario> read(String text, Problems problems, RuleBook book) {
        return YamlNode.read(text, "the file is empty; write at least one scenario", problems)
                .map(root -> new ScenarioFile(problems, book).scenarios(root))
                .orElse(List.of());
    }

    private List<Scenario> scenarios(YamlNode root) {
        YamlNode list = root;
        if (root.isMap()) {
            Map<String, YamlNode> members = root.members(problems);
            YamlNode inner = members.get("scenarios");
            if (inner != null) {
                Map<String, YamlNode> unused = root.members("the file", List.of("scenarios"), problems);
                list = inner;
            }
        } else if (!root.isList()) {
            problems.add(root.line(), "a file of scenarios is a list of them, or a map with \"scenarios\"");
            return List.of();
        }
        List<Scenario> scenarios = new ArrayList<>();
        list.items().forEach(item -> scenarios.add(scenario(item)));
        return scenarios;
    }

    private Scenario scenario(YamlNode node) {
        Map<String, YamlNode> members = node.members("a scenario", MEMBERS, problems);
        Scenario scenario = Scenario.named(name(node, members)).when(match(members.get("when")));
        YamlNode priority = members.get("priority");
        if (priority != null) {
            scenario = priority(scenario, priority);
        }
        YamlNode answer = members.get("answer");
        if (answer == null) {
            problems.add(node.line(), "\"answer\" is missing; it is what the first request gets");
        } else {
            scenario = scenario.answer(answers.read(answer));
        }
        YamlNode then = members.get("then");
        for (YamlNode next : then == null ? List.<YamlNode>of() : then.items()) {
            scenario = scenario.then(answers.read(next));
        }
        YamlNode end = members.get("exhausted");
        return end == null ? scenario : scenario.whenExhausted(end(end));
    }

    private String name(YamlNode node, Map<String, YamlNode> members) {
        YamlNode named = members.get("name");
        String name = named == null ? "" : named.text("name", problems).orElse("?");
        if (name.isBlank()) {
            problems.add(node.line(), "\"name\" is missing; journal and messages need it");
        } else if (!names.add(name)) {
            problems.add(node.line(), "\"" + name + "\" is the name of two scenarios; each has its own");
        }
        return name;
    }

    private Scenario priority(Scenario scenario, YamlNode node) {
        String text = node.text("priority", problems).orElse("0");
        if (text.matches("-?\\d{1,9}")) {
            return scenario.priority(Integer.parseInt(text));
        }
        problems.add(node.line(), "priority is \"" + text + "\"; it is a whole number, the higher one wins");
        return scenario;
    }

    private Exhausted end(YamlNode node) {
        String text = node.text("exhausted", problems).orElse("last");
        Exhausted end = ENDS.get(text);
        if (end == null) {
            problems.add(node.line(), "exhausted is \"" + text + "\"; it is one of last, next, error");
        }
        return end == null ? Exhausted.LAST_REPEATS : end;
    }

    private Match match(@org.jspecify.annotations.Nullable YamlNode node) {
        Match match = Match.any();
        if (node == null) {
            return match;
        }
        for (Map.Entry<String, YamlNode> member :
                node.members("when", Word.words(), problems).entrySet()) {
            Word word = Word.named(member.getKey()).orElseThrow();
            for (Condition condition : conditions(word, member.getValue())) {
                match = condition.subject() == Subject.ENDPOINT
                        ? match.endpoint(condition.value())
                        : match.and(condition);
            }
        }
        return match;
    }

    private List<Condition> conditions(Word word, YamlNode node) {
        List<Condition> conditions = new ArrayList<>();
        switch (word.shape) {
            case TEXT -> node.text(word.word(), problems).ifPresent(text -> conditions.add(plain(word, node, text)));
            case LIST ->
                node.items().forEach(item -> item.text(word.word(), problems)
                        .ifPresent(key -> conditions.add(keyed(word, item, key, ""))));
            case MAP -> {
                if (!node.isMap()) {
                    problems.add(node.line(), word.word() + " is a map of names and values");
                }
                node.members(problems).forEach((key, value) -> value(word, value)
                        .ifPresent(text -> conditions.add(keyed(word, value, key, text))));
            }
        }
        return conditions;
    }

    private Condition plain(Word word, YamlNode node, String text) {
        boolean truth = text.equals("true") || text.equals("false");
        if (word == Word.STREAM && !truth) {
            problems.add(node.line(), "stream is \"" + text + "\"; it is true or false");
        }
        if (word == Word.TURN && !text.matches("[1-9]\\d{0,5}")) {
            problems.add(node.line(), "turn is \"" + text + "\"; turns of the user are counted from 1");
        }
        String value = word == Word.METHOD ? text.toUpperCase(Locale.ROOT) : text;
        boolean glob = text.contains("*") && word == Word.MODEL;
        return checked(node, new Condition(word.subject, "", glob ? Test.GLOB : word.test, value));
    }

    private Condition keyed(Word word, YamlNode node, String key, String value) {
        boolean pointer = word.subject == Subject.BODY || (word == Word.TOOL_RESULT && key.contains("/"));
        if (pointer) {
            try {
                JsonPointer unusedButChecked =
                        JsonPointer.compile(word.subject == Subject.BODY ? key : key.substring(key.indexOf('/')));
            } catch (IllegalArgumentException broken) {
                problems.add(node.line(), word.word() + " \"" + key + "\" is no JSON pointer, such as /user/name");
                return new Condition(word.subject, "", word.test, value);
            }
        }
        String name = word.subject == Subject.HEADER ? key.toLowerCase(Locale.ROOT) : key;
        return checked(node, new Condition(word.subject, name, word.test, value));
    }

    private Optional<String> value(Word word, YamlNode node) {
        if (word.comparesJson()) {
            JsonNode json = node.json();
            return Optional.of(json.toString());
        }
        return node.text(word.word(), problems);
    }

    private Condition checked(YamlNode node, Condition condition) {
        if (condition.test() == Test.MATCHES) {
            try {
                Pattern unusedButChecked = Pattern.compile(condition.value());
            } catch (PatternSyntaxException broken) {
                problems.add(
                        node.line(),
                        Word.of(condition).word() + " \"" + condition.value() + "\" is no regular expression: "
                                + broken.getDescription());
            }
        }
        return condition;
    }
}
