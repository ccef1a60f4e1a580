package dev.gateway4j.simulator.internal.scenario;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.Match;
import dev.gateway4j.simulator.Match.Condition;
import dev.gateway4j.simulator.Scenario;
import dev.gateway4j.simulator.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes scenarios as a file has them. */
public final class ScenarioText {
    private ScenarioText() {}

    /** One scenario, as an element of the list in a file. */
    public static String of(Scenario scenario) {
        StringBuilder text =
                new StringBuilder("- name: ").append(Json.of(scenario.name())).append('\n');
        scenario.priority()
                .ifPresent(
                        priority -> text.append("  priority: ").append(priority).append('\n'));
        Map<Word, Map<String, Condition>> words = new LinkedHashMap<>();
        for (Condition condition : scenario.match().conditions()) {
            words.computeIfAbsent(Word.of(condition), key -> new LinkedHashMap<>())
                    .put(condition.key(), condition);
        }
        if (!words.isEmpty()) {
            text.append("  when:\n");
            words.forEach((word, conditions) -> text.append("    ")
                    .append(word.word())
                    .append(": ")
                    .append(value(word, conditions))
                    .append('\n'));
        }
        List<Answer> answers = scenario.answers();
        text.append("  answer: ").append(answers.get(0).toJson()).append('\n');
        if (answers.size() > 1) {
            text.append("  then:\n");
            answers.subList(1, answers.size())
                    .forEach(answer ->
                            text.append("    - ").append(answer.toJson()).append('\n'));
        }
        String end =
                switch (scenario.exhausted()) {
                    case LAST_REPEATS -> "";
                    case NEXT_RULE -> "  exhausted: next\n";
                    case ERROR -> "  exhausted: error\n";
                };
        return text.append(end).toString();
    }

    /**
     * A scenario that matches just this request, as far as it says something.
     *
     * @param answer what it answers
     */
    public static Scenario suggestion(
            String method, String endpoint, WireHeaders headers, byte[] body, String name, Answer answer) {
        Facts facts = Facts.of(method, endpoint, Optional.empty(), body, headers, CallTags.none());
        Match match = Match.any().endpoint(endpoint);
        if (!method.equals("POST")) {
            match = match.method(method);
        }
        if (!facts.model().isEmpty()) {
            match = match.model(facts.model());
        }
        String said = facts.said().lastUserMessage();
        if (!said.isEmpty()) {
            match = match.userSaysExactly(said);
        }
        for (String tool : facts.tools()) {
            match = match.tool(tool).answered();
        }
        return Scenario.named(name).when(match).answer(answer);
    }

    /** What the user said last in this body. */
    public static String lastUserMessage(String endpoint, byte[] body) {
        return Facts.of("POST", endpoint, Optional.empty(), body, WireHeaders.empty(), CallTags.none())
                .said()
                .lastUserMessage();
    }

    /** A name for a scenario, made of the first words of what the user said. */
    public static String nameFor(String endpoint, byte[] body) {
        String said = lastUserMessage(endpoint, body);
        String words = (said.isBlank() ? endpoint : said)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
        return words.length() <= 40 ? words : words.substring(0, 40).strip();
    }

    private static String value(Word word, Map<String, Condition> conditions) {
        return switch (word.shape) {
            case TEXT -> Json.of(conditions.values().iterator().next().value());
            case LIST -> Json.of(List.copyOf(conditions.keySet()));
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                conditions.forEach((key, condition) -> map.put(
                        key,
                        word.comparesJson()
                                ? Json.read(Json.bytes(condition.value())).orElseThrow()
                                : condition.value()));
                yield Json.of(map);
            }
        };
    }
}
