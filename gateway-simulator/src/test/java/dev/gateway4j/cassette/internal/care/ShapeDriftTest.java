package dev.gateway4j.cassette.internal.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeDriftTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | {} | error /a member-removed",
                "{} | {\"a\":1} | info /a member-added",
                "{\"a\":1} | {\"a\":\"1\"} | error /a type-changed",
                "{\"a\":1} | {\"a\":null} | warning /a null-changed",
                "{\"a\":null} | {\"a\":{}} | warning /a null-changed",
                "{\"a\":{\"b/c\":[{\"d\":1}]}} | {\"a\":{\"b/c\":[{}]}} | error /a/b~1c/*/d member-removed",
                "[{\"a\":1},{\"a\":2}] | [{\"a\":1},{}] | warning /*/a member-removed",
                "[{\"a\":1},{}] | [{}] | info /*/a member-removed",
                "[1] | [1,\"x\"] | error /* type-changed",
                "[1,null] | [1] | ``",
                "[1,\"x\"] | [1] | ``",
                "[] | [1] | ``",
                "[{\"a\":1}] | [] | ``",
                "{\"a\":1} | {\"a\":1.5e9} | ``",
                "{\"a\":\"x\"} | {\"a\":\"y\"} | ``",
                "{\"a\":true} | {\"a\":false} | ``",
                "{\"finish_reason\":\"stop\"} | {\"finish_reason\":\"length\"} | warning /finish_reason word-changed",
                "{\"type\":\"free text!\"} | {\"type\":\"other text!\"} | ``",
            })
    void each_change_has_its_severity(String recorded, String live, String expected) {
        assertThat(drift(parsed(recorded), parsed(live)))
                .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void a_value_never_drifts_from_itself() {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            JsonNode value = value(random, 5);

            assertThat(drift(value, value)).as(value.toString()).isEmpty();
        }
    }

    @Test
    void values_alone_never_matter() {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            JsonNode value = value(random, 5);

            assertThat(drift(value, revalued(value))).as(value.toString()).isEmpty();
        }
    }

    @Test
    void what_a_list_has_seen_it_may_show_again_in_any_order() {
        Random random = new Random(6);
        for (int i = 0; i < 300; i++) {
            ArrayNode list = list(random);
            ArrayNode backwards = JsonNodeFactory.instance.arrayNode();
            for (int at = list.size() - 1; at >= 0; at--) {
                backwards.add(list.get(at));
            }

            assertThat(Shape.of(list)).as(list.toString()).isEqualTo(Shape.of(backwards));
            assertThat(Shape.of(list).and(Shape.of(backwards))).isEqualTo(Shape.of(list));
        }
    }

    @Test
    void a_member_that_is_taken_away_anywhere_is_an_error() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            ObjectNode outer = JsonNodeFactory.instance.objectNode();
            ObjectNode inner = outer.putObject("in").putObject("side");
            inner.set("gone", value(random, 3));
            inner.set("stays", value(random, 3));
            ObjectNode live = outer.deepCopy();
            ((ObjectNode) live.at("/in/side")).remove("gone");

            assertThat(drift(outer, live)).containsExactly("error /in/side/gone member-removed");
        }
    }

    private static List<String> drift(JsonNode recorded, JsonNode live) {
        Findings findings = new Findings();
        ShapeDrift.report(Shape.of(recorded), Shape.of(live), findings.file("c"));
        return findings.sorted().stream()
                .map(found -> found.severity().text() + " " + found.place() + " " + found.rule())
                .toList();
    }

    private static JsonNode parsed(String json) {
        return CareJson.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static ArrayNode list(Random random) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(4); i >= 0; i--) {
            list.add(value(random, 3));
        }
        return list;
    }

    private static JsonNode value(Random random, int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> json.nullNode();
            case 1 -> json.booleanNode(random.nextBoolean());
            case 2 -> json.numberNode(random.nextInt(100));
            case 3 -> json.textNode("t" + random.nextInt(100));
            case 4 -> {
                ArrayNode list = json.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
            default -> {
                ObjectNode object = json.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set("m" + random.nextInt(6), value(random, depth - 1));
                }
                yield object;
            }
        };
    }

    /** The same with other numbers, texts and booleans. */
    private static JsonNode revalued(JsonNode value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value.isArray()) {
            ArrayNode list = json.arrayNode();
            value.forEach(element -> list.add(revalued(element)));
            return list;
        }
        if (value.isObject()) {
            ObjectNode object = json.objectNode();
            value.properties().forEach(member -> object.set(member.getKey(), revalued(member.getValue())));
            return object;
        }
        if (value.isTextual()) {
            return json.textNode(value.textValue() + "!");
        }
        return value.isNumber()
                ? json.numberNode(value.asInt() + 0.5)
                : value.isBoolean() ? json.booleanNode(!value.booleanValue()) : value;
    }
}
