package dev.gateway4j.cassette.internal.match;

import static dev.gateway4j.cassette.internal.match.Requests.CHAT;
import static dev.gateway4j.cassette.internal.match.Requests.STRICT;
import static dev.gateway4j.cassette.internal.match.Requests.found;
import static dev.gateway4j.cassette.internal.match.Requests.live;
import static dev.gateway4j.cassette.internal.match.Requests.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.config.CassetteConfig.BodyRule;
import dev.gateway4j.api.config.CassetteConfig.Match;
import dev.gateway4j.api.config.CassetteConfig.Same;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for any body. */
class MatchPropertiesTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of("a", "b", "c/d", "e~f", "", "é", "model");

    private final Random random = new Random(7);

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> NODES.numberNode(random.nextInt(3));
            case 1 -> NODES.numberNode(random.nextInt(100) / 8.0);
            case 2 -> NODES.textNode("text " + random.nextInt(3));
            case 3 -> NODES.booleanNode(random.nextBoolean());
            case 4 -> NODES.nullNode();
            case 5 -> array(depth);
            default -> object(depth);
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            array.add(value(depth - 1));
        }
        return array;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(NAMES.get(random.nextInt(NAMES.size())), value(depth - 1));
        }
        return object;
    }

    /** The same value in another spelling. */
    private String spelled(JsonNode value) {
        String blank = random.nextBoolean() ? "\n  " : "";
        if (value.isObject()) {
            List<String> members = new ArrayList<>();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                members.add(blank + NODES.textNode(member.getKey()) + blank + ":" + spelled(member.getValue()));
            }
            Collections.shuffle(members, random);
            return "{" + String.join(",", members) + blank + "}";
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(blank + spelled(item)));
            return "[" + String.join(",", items) + "]";
        }
        return value.isInt() && random.nextBoolean() ? value.intValue() + ".0" : value.toString();
    }

    private BodyRule anyRule() {
        StringBuilder pointer = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            List<String> steps = List.of("a", "b", "0", "1", "2", "*", "c~1d");
            pointer.append('/').append(steps.get(random.nextInt(steps.size())));
        }
        return switch (random.nextInt(3)) {
            case 0 -> Requests.close(pointer.toString(), 1);
            case 1 -> Requests.regex(pointer.toString(), "text [01]");
            default -> Requests.rule(pointer.toString(), Same.IGNORE);
        };
    }

    @Test
    void the_spelling_never_matters() {
        for (int i = 0; i < 3000; i++) {
            JsonNode value = value(4);

            assertThat(found(STRICT, spelled(value), spelled(value)))
                    .as(value.toString())
                    .isTrue();
        }
    }

    @Test
    void two_bodies_match_exactly_if_they_are_the_same_value() {
        int same = 0;
        for (int i = 0; i < 3000; i++) {
            JsonNode one = value(2);
            JsonNode other = value(2);
            boolean equal = Trees.of(Requests.bytes(one.toString()), Optional.empty())
                    .equals(Trees.of(Requests.bytes(other.toString()), Optional.empty()));
            if (equal) {
                assertThat(found(STRICT, one.toString(), other.toString())).isTrue();
                same++;
            } else if (found(STRICT, one.toString(), other.toString())) {
                // 1 and 1.0
                assertThat(one.toString().replace(".0", ""))
                        .isEqualTo(other.toString().replace(".0", ""));
            }
        }
        assertThat(same).isGreaterThan(50);
    }

    @Test
    void under_any_rules_what_matches_is_found_and_what_does_not_has_differences() {
        int matched = 0;
        for (int i = 0; i < 20_000; i++) {
            MatchRules rules = Requests.rules(anyRule(), anyRule());
            JsonNode one = value(3);
            JsonNode other = random.nextInt(3) == 0 ? value(3) : edited(one.deepCopy());

            // Fails if matching, fingerprints and differences disagree.
            matched += found(rules, spelled(one), spelled(other)) ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(1000);
    }

    @Test
    void whatever_types_and_deployments_are_named_matching_and_fingerprints_agree() {
        List<String> types = List.of("", "application/json", "text/plain", "multipart/form-data; boundary=x");
        List<String> paths = List.of("/v1/a", "/openai/deployments/d/a", "/openai/deployments/e/a", "/openai/v1/a");
        List<String> bodies = List.of("{\"n\":1}", "{ \"n\":1}", "{\"model\":\"d\",\"n\":1}", "{", "[1]");
        int matched = 0;
        for (boolean azure : new boolean[] {false, true}) {
            MatchRules rules = MatchRules.of(new Match(List.of(), azure, List.of()));
            for (int i = 0; i < 5000; i++) {
                String live = any(paths);
                String liveType = any(types);
                byte[] body = Requests.bytes(any(bodies));

                // Fails if matching, fingerprints and differences disagree.
                matched += found(
                                rules,
                                live("POST", live, liveType, body),
                                recorded("POST", any(paths), any(types), Requests.bytes(any(bodies))))
                        ? 1
                        : 0;
                assertThat(found(rules, live("POST", live, liveType, body), recorded("POST", live, any(types), body)))
                        .as(live + " " + liveType)
                        .isTrue();
            }
        }
        assertThat(matched).isGreaterThan(500);
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The same with an item put in, taken out or changed somewhere. */
    private JsonNode edited(JsonNode value) {
        if (value instanceof ArrayNode array) {
            int at = random.nextInt(array.size() + 1);
            if (at == array.size() || random.nextInt(3) == 0) {
                array.insert(at, value(1));
            } else if (random.nextBoolean()) {
                array.remove(at);
            } else {
                array.set(at, edited(array.get(at)));
            }
            return array;
        }
        if (value instanceof ObjectNode object) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            JsonNode member = object.get(name);
            if (member != null && random.nextInt(3) == 0) {
                object.remove(name);
            } else {
                object.set(name, member == null ? value(1) : edited(member));
            }
            return object;
        }
        return value(1);
    }

    @Test
    void any_single_edit_is_reported_at_its_pointer() {
        for (int i = 0; i < 3000; i++) {
            ObjectNode one = object(4);
            ObjectNode other = one.deepCopy();
            String pointer = editMember(other, "");
            Question asked = STRICT.question(live(CHAT, other.toString()));
            Question recorded = STRICT.question("any", recorded(CHAT, one.toString()));

            assertThat(STRICT.differences(asked, recorded))
                    .as(one + " " + other)
                    .singleElement()
                    .extracting(Difference::place)
                    .isEqualTo("body " + pointer);
        }
    }

    /** Changes one member somewhere and says where. */
    private String editMember(ObjectNode object, String path) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        String here = path + "/" + name.replace("~", "~0").replace("/", "~1");
        JsonNode member = object.get(name);
        if (member instanceof ObjectNode inner && random.nextInt(4) > 0) {
            return editMember(inner, here);
        }
        if (member instanceof ArrayNode array && !array.isEmpty()) {
            int at = random.nextInt(array.size());
            array.set(at, "something else");
            return here + "/" + at;
        }
        if (member != null && random.nextBoolean()) {
            object.remove(name);
        } else {
            object.put(name, "something else");
        }
        return here;
    }

    @Test
    void equal_spellings_are_rare_by_chance() {
        java.util.Set<Long> fingerprints = new java.util.HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            fingerprints.add(STRICT.question("any", recorded(CHAT, "{\"n\":" + i + ",\"m\":[" + i % 7 + "]}"))
                    .fingerprints()[0]);
        }
        assertThat(fingerprints).hasSize(20_000);
    }
}
