package dev.gateway4j.simulator.internal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.request.Ask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a template can name. */
final class Helpers {
    static final List<String> VARIABLES =
            List.of("model", "last_message", "system", "counter", "index", "random.int", "random.hex", "random.uuid");
    static final List<String> SECTIONS = List.of("upper", "lower", "trim", "pick");

    private static final int RANDOM_BOUND = 1_000;

    private Helpers() {}

    /** The values for one answer. Draws made by the template depend on the question, so a streamed answer says the same as a whole one. */
    static Map<String, Object> values(Ask ask, Chance chance, int index) {
        Draws draws = chance.about(ask.question()).draws(Chance.Purpose.TEMPLATE, index);
        Map<String, Object> values = new HashMap<>();
        values.put("request", value(ask.body()));
        values.put("model", ask.model().id());
        values.put("last_message", ask.conversation().lastUserMessage());
        values.put("system", ask.conversation().system());
        values.put("counter", chance.occurrence() + 1);
        values.put("index", index);
        values.put("random", (Mustache.CustomContext) name -> random(name, draws));
        values.put("upper", changed(text -> text.toUpperCase(Locale.ROOT)));
        values.put("lower", changed(text -> text.toLowerCase(Locale.ROOT)));
        values.put("trim", changed(String::strip));
        values.put("pick", changed(text -> pick(text, draws)));
        return values;
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

    private static String pick(String text, Draws draws) {
        String[] options = text.split("\\|", -1);
        return options[draws.below(options.length)];
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
