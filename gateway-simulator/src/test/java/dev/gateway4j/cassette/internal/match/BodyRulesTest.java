package dev.gateway4j.cassette.internal.match;

import static dev.gateway4j.cassette.internal.match.Requests.close;
import static dev.gateway4j.cassette.internal.match.Requests.found;
import static dev.gateway4j.cassette.internal.match.Requests.regex;
import static dev.gateway4j.cassette.internal.match.Requests.rule;
import static dev.gateway4j.cassette.internal.match.Requests.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.config.CassetteConfig.Same;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyRulesTest {
    private static final String ONE = "123e4567-e89b-12d3-a456-426614174000";
    private static final String OTHER = "00000000-0000-0000-0000-00000000000A";

    @Test
    void an_ignored_value_may_differ_or_be_absent() {
        MatchRules rules = rules(rule("/a", Same.IGNORE));

        assertThat(found(rules, "{\"a\":1,\"b\":2}", "{\"a\":{\"c\":3},\"b\":2}"))
                .isTrue();
        assertThat(found(rules, "{\"b\":2}", "{\"a\":1,\"b\":2}")).isTrue();
        assertThat(found(rules, "{\"a\":1,\"b\":2}", "{\"b\":2}")).isTrue();
        assertThat(found(rules, "{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":3}")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/a/0     | {\"a\":[1,2]}   | {\"a\":[9,2]} | true",
                "/a/0     | {\"a\":[1]}     | {\"a\":[]}    | true",
                "/a/0     | {\"a\":[1,2]}   | {\"a\":[2]}   | false",
                "/a/*     | {\"a\":[1,2,3]} | {\"a\":[]}    | true",
                "/a/*     | {\"a\":[1]}     | {}            | false",
                "/a/*     | {\"a\":[1]}     | {\"a\":{}}    | false",
                "/a/1     | {\"a\":[1,2,3]} | {\"a\":[1,9,3]} | true",
                "/a/1     | {\"a\":[1,2]}   | {\"a\":[1]}   | true",
                "/a/2     | {\"a\":[1,2,9,3]} | {\"a\":[1,2,3]} | false",
                "/*/id    | {\"x\":{\"id\":1},\"y\":{\"id\":2}} | {\"x\":{\"id\":3},\"y\":{}} | true",
                "/*/id    | {\"x\":{\"id\":1,\"n\":1}} | {\"x\":{\"id\":1,\"n\":2}} | false",
                "/a~1b/~0 | {\"a/b\":{\"~\":1}} | {\"a/b\":{\"~\":2}} | true",
                "/        | {\"\":1}        | {\"\":2}      | true",
                "/m/*/c   | {\"m\":[{\"c\":1},{\"c\":2,\"r\":3}]} | {\"m\":[{\"c\":4},{\"r\":3}]} | true",
            })
    void pointers_reach_members_and_items(String at, String live, String recorded, boolean same) {
        assertThat(found(rules(rule(at, Same.IGNORE)), live, recorded)).isEqualTo(same);
    }

    @Test
    void two_values_that_match_an_expression_are_the_same() {
        MatchRules rules = rules(regex("/id", "call_[a-z]+"));

        assertThat(found(rules, "{\"id\":\"call_a\"}", "{\"id\":\"call_b\"}")).isTrue();
        assertThat(found(rules, "{\"id\":\"call_a\"}", "{\"id\":\"call_B\"}")).isFalse();
        assertThat(found(rules, "{\"id\":\"other\"}", "{\"id\":\"other\"}")).isTrue();
        assertThat(found(rules, "{\"id\":\"call_a\"}", "{}")).isFalse();
        assertThat(found(rules, "{\"id\":{\"a\":1}}", "{\"id\":{\"a\":1.0}}")).isTrue();
    }

    @Test
    void two_uuids_are_the_same() {
        MatchRules rules = rules(rule("/id", Same.UUID));

        assertThat(found(rules, "{\"id\":\"" + ONE + "\"}", "{\"id\":\"" + OTHER + "\"}"))
                .isTrue();
        assertThat(found(rules, "{\"id\":\"" + ONE + "\"}", "{\"id\":\"" + OTHER + "0\"}"))
                .isFalse();
        assertThat(found(rules, "{\"id\":\"" + ONE + "\"}", "{\"id\":1}")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2024-05-01T10:00:00Z\"', 1714557600, true",
        "'\"2024-05-01T10:00:00.123+02:00\"', '\"20240501T100000Z\"', true",
        "'\"2024-05-01\"', 1714557600000, true",
        "'\"2024-05-01T10:00\"', '\"2024-05-01 10:00\"', false",
        "'\"2024-13-01\"', 1714557600, false",
        "5, 1714557600, false",
        "1714557600.5, 1714557600, false",
    })
    void two_times_are_the_same(String live, String recorded, boolean same) {
        assertThat(found(rules(rule("/t", Same.TIMESTAMP)), "{\"t\":" + live + "}", "{\"t\":" + recorded + "}"))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "0.7, 0.6, 0.1, true",
        "0.7, 0.59, 0.1, false",
        "1, 1.0, 0, true",
        "1, '\"1\"', 5, false",
        "1e-999999999, 0, 0, true",
        "1e400, 1, 5, false",
    })
    void two_numbers_that_are_close_are_the_same(String live, String recorded, double tolerance, boolean same) {
        assertThat(found(rules(close("/n", tolerance)), "{\"n\":" + live + "}", "{\"n\":" + recorded + "}"))
                .isEqualTo(same);
    }

    @Test
    void several_rules_may_be_about_one_value() {
        MatchRules rules = rules(rule("/m/*/id", Same.UUID), regex("/m/0/id", "call_.*"), rule("/m/1/id", Same.IGNORE));

        assertThat(found(rules, "{\"m\":[{\"id\":\"call_a\"}]}", "{\"m\":[{\"id\":\"call_b\"}]}"))
                .isTrue();
        assertThat(found(rules, "{\"m\":[{\"id\":\"" + ONE + "\"}]}", "{\"m\":[{\"id\":\"" + OTHER + "\"}]}"))
                .isTrue();
        assertThat(found(rules, "{\"m\":[1,{\"id\":1}]}", "{\"m\":[1,{}]}")).isTrue();
        assertThat(found(rules, "{\"m\":[1,2,{\"id\":\"call_a\"}]}", "{\"m\":[1,2,{\"id\":\"call_b\"}]}"))
                .isFalse();
    }
}
