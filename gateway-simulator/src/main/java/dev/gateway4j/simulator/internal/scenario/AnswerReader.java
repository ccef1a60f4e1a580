package dev.gateway4j.simulator.internal.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.template.Phrase;
import dev.gateway4j.simulator.internal.yaml.Problems;
import dev.gateway4j.simulator.internal.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a scenario answers. */
final class AnswerReader {
    private static final List<String> MEMBERS = List.of(
            "text",
            "template",
            "call",
            "calls",
            "refusal",
            "json",
            "summary",
            "finish",
            "usage",
            "status",
            "headers",
            "body",
            "fault",
            "delay",
            "set_state");
    private static final Pattern DELAY = Pattern.compile("(\\d{1,7})\\s*(ms|s|m)");

    private final Problems problems;
    private final RuleBook book;

    AnswerReader(Problems problems, RuleBook book) {
        this.problems = problems;
        this.book = book;
    }

    /** The answer; a text alone is what is said. */
    Answer read(YamlNode node) {
        if (node.isScalar()) {
            return Answer.text(node.text("answer", problems).orElse(""));
        }
        Answer answer = Answer.ordinary();
        for (Map.Entry<String, YamlNode> member :
                node.members("an answer", MEMBERS, problems).entrySet()) {
            answer = member(answer, member.getKey(), member.getValue());
        }
        if (answer.isRaw() && answer.speaks()) {
            problems.add(
                    node.line(),
                    "an answer with a status or a body is sent as it stands and says nothing else; leave one of both out");
        }
        if (!answer.isRaw() && !answer.headers().entries().isEmpty()) {
            problems.add(node.line(), "headers go with a status or a body; add \"status: 200\", or leave them out");
        }
        return answer;
    }

    private Answer member(Answer answer, String name, YamlNode node) {
        return switch (name) {
            case "text" -> answer.with(Answer.text(text(name, node)));
            case "template" -> template(answer, node);
            case "call", "calls" -> calls(answer, node);
            case "refusal" -> answer.with(Answer.refusal(text(name, node)));
            case "json" -> answer.with(Answer.json(node.json()));
            case "summary" -> answer.summary(text(name, node));
            case "finish" -> finish(answer, node);
            case "usage" -> usage(answer, node);
            case "status" -> status(answer, node);
            case "headers" -> headers(answer, node);
            case "body" -> answer.body(node.json());
            case "fault" -> fault(answer, node);
            case "delay" -> delay(answer, node);
            default -> states(answer, node);
        };
    }

    private String text(String name, YamlNode node) {
        return node.text(name, problems).orElse("");
    }

    private Answer template(Answer answer, YamlNode node) {
        Optional<String> text = node.text("template", problems);
        Optional<Phrase> unusedButChecked = text.flatMap(it -> Phrase.compile(it, node.textLine(), problems));
        return answer.with(Answer.template(text.orElse("")));
    }

    private Answer calls(Answer answer, YamlNode node) {
        Answer more = answer;
        for (YamlNode item : node.items()) {
            Map<String, YamlNode> call = item.members("a call", List.of("name", "arguments"), problems);
            YamlNode name = call.get("name");
            if (name == null) {
                problems.add(item.line(), "\"name\" is missing; it is the tool that is called");
                continue;
            }
            YamlNode arguments = call.get("arguments");
            JsonNode json = arguments == null ? JsonNodeFactory.instance.objectNode() : arguments.json();
            more = more.andCall(text("name", name), json);
        }
        return more;
    }

    private Answer finish(Answer answer, YamlNode node) {
        String id = text("finish", node);
        List<String> known = List.of(Finish.values()).stream().map(Finish::id).toList();
        if (!known.contains(id)) {
            problems.add(node.line(), "finish is \"" + id + "\"; it is one of " + String.join(", ", known));
        }
        return answer.finish(id);
    }

    private Answer usage(Answer answer, YamlNode node) {
        Answer more = answer;
        for (Map.Entry<String, YamlNode> member : node.members(
                        "usage", List.of("input", "cached", "output", "reasoning"), problems)
                .entrySet()) {
            String text = text(member.getKey(), member.getValue());
            if (text.matches("\\d{1,15}")) {
                more = more.tokens(member.getKey(), Long.parseLong(text));
            } else {
                problems.add(
                        member.getValue().line(),
                        "usage." + member.getKey() + " is \"" + text + "\"; it is a number of tokens, 0 or more");
            }
        }
        return more;
    }

    private Answer status(Answer answer, YamlNode node) {
        String text = text("status", node);
        if (text.matches("[2-5]\\d\\d")) {
            return answer.with(Answer.status(Integer.parseInt(text)));
        }
        problems.add(node.line(), "status is \"" + text + "\"; an HTTP status here lies between 200 and 599");
        return answer;
    }

    private Answer headers(Answer answer, YamlNode node) {
        Answer more = answer;
        for (Map.Entry<String, YamlNode> header : map("headers", node).entrySet()) {
            more = more.header(header.getKey(), text(header.getKey(), header.getValue()));
        }
        return more;
    }

    private Answer states(Answer answer, YamlNode node) {
        Answer more = answer;
        for (Map.Entry<String, YamlNode> state : map("set_state", node).entrySet()) {
            more = more.setState(state.getKey(), text(state.getKey(), state.getValue()));
        }
        return more;
    }

    private Map<String, YamlNode> map(String name, YamlNode node) {
        if (!node.isMap()) {
            problems.add(node.line(), name + " is a map of names and values");
        }
        return node.members(problems);
    }

    private Answer fault(Answer answer, YamlNode node) {
        String fault = text("fault", node);
        book.faultProblem(fault).ifPresent(problem -> problems.add(node.line(), problem));
        return answer.withFault(fault);
    }

    private Answer delay(Answer answer, YamlNode node) {
        String text = text("delay", node);
        Matcher matcher = DELAY.matcher(text.strip());
        if (!matcher.matches()) {
            problems.add(node.line(), "delay is \"" + text + "\"; it is a time such as 250ms, 2s or 1m");
            return answer;
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration delay =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    default -> Duration.ofMinutes(amount);
                };
        try {
            return answer.after(delay);
        } catch (IllegalArgumentException tooLong) {
            problems.add(node.line(), String.valueOf(tooLong.getMessage()));
            return answer;
        }
    }
}
