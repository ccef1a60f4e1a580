package dev.gateway4j.simulator.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileSchemasTest {
    private static List<String> hostile() {
        return List.of(
                pattern("^((((a{9999}){9999}){9999}){9999}){9999}$"),
                pattern("^((){9999}){9999}b$"),
                pattern("^(a+)+b\\\\1$"),
                "{\"type\": \"string\", \"examples\": [\"" + "a".repeat(60)
                        + "\"], \"pattern\": \"^(a+)+(a+)+$|^(.*a)*x$\"}",
                "{\"const\": \"" + "a".repeat(60) + "\", \"pattern\": \"^(a|a|aa)*$(?!)\"}",
                pattern("(".repeat(20_000)),
                "{\"type\": \"string\", \"minLength\": 90000, \"pattern\": \"(?<a\"}",
                doubling("\"allOf\": [{\"$ref\": \"#/$defs/s%d\"}, {\"$ref\": \"#/$defs/s%d\"}]"),
                doubling("\"anyOf\": [{\"$ref\": \"#/$defs/s%d\"}, {\"$ref\": \"#/$defs/s%d\"}]"),
                doubling("\"type\": \"object\", \"required\": [\"a\", \"b\"], \"properties\":"
                        + " {\"a\": {\"$ref\": \"#/$defs/s%d\"}, \"b\": {\"$ref\": \"#/$defs/s%d\"}}"),
                choices(),
                "{\"\\u0000choices\": 1, \"\\u0000conditions\": {\"a\": 1}, \"type\": \"string\"}");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @Timeout(300)
    void a_schema_that_would_never_end_is_refused_or_answered(String text) {
        JsonNode schema = Judge.parse(text);

        String outcome = outcome(schema);

        assertThat(outcome).isNotEmpty();
    }

    private static String outcome(JsonNode schema) {
        try {
            return SchemaJson.compact(SchemaJson.value(schema, Hints.none(), new Draws(7)));
        } catch (UnsatisfiableSchema refused) {
            return refused.reason();
        }
    }

    private static String pattern(String pattern) {
        return "{\"type\": \"string\", \"pattern\": \"" + pattern + "\"}";
    }

    /** Each schema leads twice to the next one. */
    private static String doubling(String body) {
        String schemas = IntStream.range(0, 40)
                .mapToObj(i -> "\"s" + i + "\": {" + body.replace("%d", Integer.toString(i + 1)) + "}")
                .collect(Collectors.joining(", "));
        return "{\"$ref\": \"#/$defs/s0\", \"$defs\": {" + schemas + ", \"s40\": {\"type\": \"integer\"}}}";
    }

    /** Every group leaves open what the last one forbids. */
    private static String choices() {
        String group = "{\"anyOf\": [{\"minimum\": 1}, {\"minimum\": 2}, {\"minimum\": 3}]}";
        String groups = IntStream.range(0, 30).mapToObj(i -> group).collect(Collectors.joining(", "));
        return "{\"type\": \"integer\", \"maximum\": 0, \"allOf\": [" + groups + "]}";
    }
}
