package dev.gateway4j.simulator.internal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.fake.Fakes;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.Talk;
import dev.gateway4j.simulator.internal.request.ToolResults;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a template can name. */
final class Helpers {
    static final List<String> VARIABLES = variables();
    /** Sections that change the text they enclose. */
    static final List<String> SECTIONS =
            List.of("upper", "lower", "trim", "pick", "between", "date", "count", "at", "result", "number");
    /** Sections that repeat the text they enclose; the names inside are their own. */
    static final List<String> LISTS = List.of("conversation", "tool_results");

    private static final int RANDOM_BOUND = 1_000;

    private Helpers() {}

    private static List<String> variables() {
        List<String> names = new ArrayList<>(List.of(
                "model",
                "last_message",
                "system",
                "turn",
                "tool_result",
                "counter",
                "index",
                "random.int",
                "random.hex",
                "random.uuid"));
        Fakes.KINDS.forEach(kind -> names.add("fake." + kind));
        return List.copyOf(names);
    }

    /** The values for one answer. Draws made by the template depend on the question, so a streamed answer says the same as a whole one. */
    static Map<String, Object> values(Ask ask, Chance chance, int index, Counters counters) {
        Draws draws = chance.about(ask.question()).draws(Chance.Purpose.TEMPLATE, index);
        Fakes fakes = new Fakes(draws);
        Conversation said = Talk.of(ask);
        List<ToolResults.Result> results = ToolResults.of(said);
        String result = results.isEmpty() ? "" : results.get(results.size() - 1).text();
        Map<String, Object> values = new HashMap<>();
        values.put("request", value(ask.body()));
        values.put("model", ask.model().id());
        values.put("last_message", said.lastUserMessage());
        values.put("system", said.system());
        values.put(
                "turn",
                said.turns().stream().filter(turn -> turn.role().equals("user")).count());
        values.put("tool_result", result);
        values.put("counter", chance.occurrence() + 1);
        values.put("index", index);
        values.put("random", (Mustache.CustomContext) name -> random(name, draws));
        values.put("fake", (Mustache.CustomContext)
                name -> Fakes.KINDS.contains(name) ? fakes.of(name) : Template.NO_FETCHER_FOUND);
        values.put("conversation", conversation(said));
        values.put(
                "tool_results",
                results.stream()
                        .map(it -> Map.of("tool", it.tool(), "text", it.text()))
                        .toList());
        values.put("upper", changed(text -> text.toUpperCase(Locale.ROOT)));
        values.put("lower", changed(text -> text.toLowerCase(Locale.ROOT)));
        values.put("trim", changed(String::strip));
        values.put("number", changed(String::strip));
        values.put("pick", changed(text -> fakes.one(List.of(text.split("\\|", -1)))));
        values.put("between", changed(text -> between(text, fakes)));
        values.put("date", changed(text -> date(text, fakes)));
        values.put("count", changed(name -> Long.toString(counters.next(name.strip()))));
        values.put("at", changed(pointer -> at(ask.body(), pointer)));
        values.put(
                "result",
                changed(pointer -> at(Json.read(Json.bytes(result)).orElse(MissingNode.getInstance()), pointer)));
        return values;
    }

    private static List<Map<String, String>> conversation(Conversation said) {
        return said.turns().stream()
                .filter(turn -> !turn.text().isEmpty())
                .map(turn -> Map.of("role", turn.role(), "text", turn.text()))
                .toList();
    }

    private static Object random(String name, Draws draws) {
        return switch (name) {
            case "int" -> draws.below(RANDOM_BOUND);
            case "hex" -> draws.hex(8);
            case "uuid" ->
                String.join("-", draws.hex(8), draws.hex(4), "4" + draws.hex(3), "a" + draws.hex(3), draws.hex(12));
            default -> Template.NO_FETCHER_FOUND;
        };
    }

    /** {@code 1|6} is a number from 1 to 6; what is no range stays as it is. */
    private static String between(String range, Fakes fakes) {
        String[] ends = range.split("\\|", -1);
        try {
            return Long.toString(fakes.between(Long.parseLong(ends[0].strip()), Long.parseLong(ends[1].strip())));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException noRange) {
            return range;
        }
    }

    /** {@code 2025-01-01|2025-12-31} is a day of that year; what is no range stays as it is. */
    private static String date(String range, Fakes fakes) {
        String[] ends = range.split("\\|", -1);
        try {
            return fakes.date(LocalDate.parse(ends[0].strip()), LocalDate.parse(ends[1].strip()));
        } catch (DateTimeException | ArrayIndexOutOfBoundsException noRange) {
            return range;
        }
    }

    private static String at(JsonNode json, String pointer) {
        try {
            JsonNode value = json.at(pointer.strip());
            return value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : value.toString();
        } catch (IllegalArgumentException noPointer) {
            return "";
        }
    }

    private static Mustache.Lambda changed(UnaryOperator<String> change) {
        return (fragment, out) -> out.write(change.apply(fragment.execute()));
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            return (Mustache.CustomContext) name -> node.has(name) ? value(node.path(name)) : Template.NO_FETCHER_FOUND;
        }
        if (node.isArray()) {
            List<Object> elements = new ArrayList<>();
            node.forEach(element -> elements.add(value(element)));
            return elements;
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        return node.isNull() ? "" : node.asText();
    }
}
