package dev.gateway4j.simulator.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaJsonTest {
    private static final int SEEDS = 8;

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/schemas.csv", delimiter = '\u00a7', quoteCharacter = '`')
    void every_keyword_is_kept(String name, String schema) {
        JsonNode parsed = Judge.parse(schema);
        for (int seed = 0; seed < SEEDS; seed++) {
            JsonNode value = SchemaJson.value(parsed, Hints.none(), new Draws(seed));

            assertThat(Judge.complaints(parsed, value)).as("%s %s", name, value).isEmpty();
        }
    }

    @Test
    void made_up_schemas_are_satisfied_too() {
        for (int seed = 0; seed < 250; seed++) {
            JsonNode schema = new SchemaMaker(new Draws(seed)).schema();

            JsonNode value = SchemaJson.value(schema, Hints.none(), new Draws(seed));

            assertThat(Judge.complaints(schema, value))
                    .as("seed %d: %s for %s", seed, value, schema)
                    .isEmpty();
        }
    }

    @Test
    void the_same_seed_gives_the_same_value() {
        JsonNode schema = new SchemaMaker(new Draws(5)).schema();

        assertThat(SchemaJson.compact(SchemaJson.value(schema, Hints.none(), new Draws(1))))
                .isEqualTo(SchemaJson.compact(SchemaJson.value(schema, Hints.none(), new Draws(1))));
    }

    @Test
    void members_come_in_the_order_of_the_properties() {
        JsonNode schema = Judge.parse("""
                {"type":"object","properties":{"z":{"type":"string"},"a":{"type":"integer"},"m":{"type":"boolean"}},
                 "required":["m","a","z"]}""");

        JsonNode value = SchemaJson.value(schema, Hints.none(), new Draws(3));

        List<String> names = new ArrayList<>();
        value.fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactly("z", "a", "m");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "number|{\"type\":\"number\",\"minimum\":5,\"maximum\":4}||no number lies between its limits",
                "length|{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"string\",\"minLength\":9,\"maxLength\":3}}}|/properties/a|'minLength' is more than 'maxLength'",
                "enum|{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"integer\",\"enum\":[\"a\"]}}|/items|no member of 'enum' satisfies the rest",
                "false|{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":false}}||without end",
                "closed|{\"type\":\"object\",\"required\":[\"b\"],\"properties\":{\"a\":{}},\"additionalProperties\":false}||'b' is required but neither declared",
                "endless|{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"$ref\":\"#/$defs/a\"}}}}}||without end",
                "reference|{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"$ref\":\"#/$defs/x\"}}}||points to nothing",
                "types|{\"allOf\":[{\"type\":\"string\"},{\"type\":\"array\"}]}||no value is of type",
                "unique|{\"type\":\"array\",\"minItems\":3,\"uniqueItems\":true,\"items\":{\"type\":\"boolean\"}}||more different items than there are",
                "not|{\"type\":\"string\",\"enum\":[\"a\"],\"not\":{\"const\":\"a\"}}||excluded by 'not'"
            })
    void a_schema_that_cannot_be_satisfied_says_where_and_why(String name, String schema, String pointer, String why) {
        JsonNode parsed = Judge.parse(schema);

        assertThatThrownBy(() -> SchemaJson.value(parsed, Hints.none(), new Draws(1)))
                .as(name)
                .isInstanceOfSatisfying(UnsatisfiableSchema.class, unsatisfiable -> {
                    assertThat(unsatisfiable.pointer()).isEqualTo(pointer == null ? "" : pointer);
                    assertThat(unsatisfiable.reason()).contains(why);
                });
    }

    @Test
    void a_violation_breaks_one_keyword_and_names_it() {
        Set<String> keywords = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            JsonNode schema = new SchemaMaker(new Draws(seed)).schema();

            SchemaJson.Violation violation = SchemaJson.violating(schema, Hints.none(), new Draws(seed));

            assertThat(Judge.complaints(schema, violation.value()))
                    .as("seed %d: %s for %s", seed, violation, schema)
                    .isNotEmpty();
            keywords.add(violation.keyword());
        }
        assertThat(keywords)
                .contains(
                        "type",
                        "required",
                        "enum",
                        "additionalProperties",
                        "minimum",
                        "maximum",
                        "pattern",
                        "minItems");
    }

    @Test
    void values_are_lifted_from_the_prompt() {
        JsonNode schema = Judge.parse("""
                {"type":"object","required":["location","unit","days","date"],"additionalProperties":false,"properties":{
                 "location":{"type":"string"},"unit":{"type":"string","enum":["celsius","fahrenheit"]},
                 "days":{"type":"integer","minimum":1,"maximum":14},"date":{"type":"string","format":"date"}}}""");
        Hints hints =
                Hints.of("How warm (in Fahrenheit) will it be in San Francisco, CA for 5 days from 2026-03-04?", "en");

        JsonNode value = SchemaJson.value(schema, hints.forCall(), new Draws(1));

        assertThat(SchemaJson.compact(value))
                .isEqualTo(
                        "{\"location\":\"San Francisco, CA\",\"unit\":\"fahrenheit\",\"days\":5,\"date\":\"2026-03-04\"}");
    }

    @Test
    void a_journey_has_two_ends() {
        JsonNode schema = Judge.parse("""
                {"type":"object","required":["origin","destination"],"properties":{"origin":{"type":"string"},
                 "destination":{"type":"string"}}}""");

        JsonNode value = SchemaJson.value(
                schema,
                Hints.of("Book a flight from Paris to New York please", "en").forCall(),
                new Draws(1));

        assertThat(SchemaJson.spaced(value)).isEqualTo("{\"origin\": \"Paris\", \"destination\": \"New York\"}");
    }
}
