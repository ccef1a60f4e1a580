package dev.gateway4j.cassette.internal.match;

import static dev.gateway4j.cassette.internal.match.Requests.STRICT;
import static dev.gateway4j.cassette.internal.match.Requests.bytes;
import static dev.gateway4j.cassette.internal.match.Requests.differences;
import static dev.gateway4j.cassette.internal.match.Requests.live;
import static dev.gateway4j.cassette.internal.match.Requests.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.config.CassetteConfig.Same;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static List<String> between(String recordedTarget, String liveTarget) {
        return STRICT
                .differences(
                        STRICT.question(live("GET", liveTarget, "", bytes(""))),
                        STRICT.question("any", recorded("POST", recordedTarget, "", bytes(""))))
                .stream()
                .map(Difference::toString)
                .toList();
    }

    @Test
    void method_path_and_query_are_told_apart() {
        assertThat(between("/v1/a?x=1&y=2&gone=1", "/v1/b?x=1&y=3&sig=abc"))
                .containsExactly(
                        "method (recorded POST, got GET)",
                        "path (recorded /v1/a, got /v1/b)",
                        "query gone (recorded \"1\", got absent)",
                        "query y (recorded \"2\", got \"3\")");
    }

    @Test
    void values_are_shown_as_json_changed_ones_before_added_and_removed_ones() {
        assertThat(differences(
                        STRICT,
                        "{\"model\":\"a\",\"n\":1.0,\"stop\":null,\"deep\":{\"x\":[1]},\"gone\":{\"a\":[1,\"b\"]}}",
                        "{\"model\":\"b\",\"n\":\"1\",\"stop\":false,\"deep\":{\"x\":[2]},\"new\":{}}"))
                .containsExactly(
                        "body /model (recorded \"a\", got \"b\")",
                        "body /n (recorded 1.0, got \"1\")",
                        "body /stop (recorded null, got false)",
                        "body /deep/x/0 (recorded 1, got 2)",
                        "body /new (recorded absent, got {})",
                        "body /gone (recorded {\"a\":[1,\"b\"]}, got absent)");
    }

    @Test
    void pointers_are_escaped() {
        assertThat(differences(STRICT, "{\"a/b\":{\"c~d\":1}}", "{\"a/b\":{\"c~d\":2}}"))
                .containsExactly("body /a~1b/c~0d (recorded 1, got 2)");
    }

    @Test
    void an_inserted_message_is_one_addition() {
        assertThat(differences(
                        STRICT,
                        "{\"m\":[{\"c\":1},{\"c\":2},{\"c\":3}]}",
                        "{\"m\":[{\"c\":1},{\"c\":9},{\"c\":2},{\"c\":3}]}"))
                .containsExactly("body /m/1 (recorded absent, got {\"c\":9})");
        assertThat(differences(STRICT, "[1,2,3,4]", "[2,3,9,4,5]"))
                .containsExactly(
                        "body /2 (recorded absent, got 9)",
                        "body /4 (recorded absent, got 5)",
                        "body /0 (recorded 1, got absent)");
    }

    @Test
    void long_lists_are_compared_item_by_item() {
        String list = "0,".repeat(3000);

        assertThat(differences(STRICT, "[" + list + "1]", "[7," + list.substring(2) + "2]"))
                .containsExactly("body /0 (recorded 0, got 7)", "body /3000 (recorded 1, got 2)");
        assertThat(differences(STRICT, "[" + list + "0]", "[" + list.replace('0', '1') + "1]"))
                .hasSize(1000);
    }

    @Test
    void long_texts_are_shown_around_what_differs() {
        String before = "The quick brown fox jumps over the lazy dog. ".repeat(50);

        assertThat(differences(STRICT, "{\"c\":\"" + before + "one" + before + "\"}", "{\"c\":\"" + before + "two\"}"))
                .containsExactly("body /c (recorded \"… over the lazy dog. oneThe quick brown fox jumps over the la…\","
                        + " got \"…e lazy dog. The quick brown fox jumps over the lazy dog. two\")");
    }

    @Test
    void texts_stay_on_one_line_and_whole_characters_stay_whole() {
        assertThat(differences(STRICT, "{\"c\":\"a\\n\\\"\\u0000\\ud83d\"}", "{\"c\":\"" + "😀".repeat(99) + "\"}"))
                .containsExactly("body /c (recorded \"a\\n\\\"??\", got \"" + "😀".repeat(30) + "…\")");
    }

    @Test
    void no_secret_is_shown_not_even_the_end_of_one() {
        String known = "correct-horse-battery-staple-0000";
        Secret secret = Secret.of("blue", known);
        String likeAKey = "sk-test-blue-0000-" + "a".repeat(40);

        List<String> shown = differences(
                STRICT,
                "{\"a\":\"" + known + "x\",\"b\":{\"c\":\"" + known + "\"},\"c\":\"" + likeAKey + "b\"}",
                "{\"a\":\"" + known + "y\",\"c\":\"" + likeAKey + "c\",\"" + likeAKey + "\":1}");

        assertThat(secret.alias()).isEqualTo("blue");
        assertThat(shown).hasSize(4).noneMatch(text -> text.contains("staple")).noneMatch(text -> text.contains("aaa"));
    }

    @Test
    void bodies_that_are_no_json_differ_as_a_whole() {
        assertThat(differences(STRICT, "hello world", "hello {}"))
                .containsExactly("body (recorded \"hello world\", got \"hello {}\")");
        assertThat(STRICT.differences(
                        STRICT.question(live("POST", "/a", "audio/wav", new byte[] {1, -1, 3})),
                        STRICT.question("any", recorded("POST", "/a", "audio/wav", new byte[] {1, -1}))))
                .extracting(Difference::toString)
                .containsExactly(
                        "body (recorded 2 bytes, different from byte 2 on, got 3 bytes, different from byte 2 on)");
    }

    @Test
    void what_a_rule_allows_is_no_difference() {
        MatchRules rules = Requests.rules(Requests.rule("/m/*/id", Same.IGNORE), Requests.close("/t", 1));

        assertThat(differences(
                        rules,
                        "{\"t\":1,\"m\":[{\"id\":1,\"c\":1},{\"c\":2}]}",
                        "{\"t\":2,\"m\":[{\"c\":0},{\"c\":1},{\"id\":3,\"c\":2}]}"))
                .containsExactly("body /m/0 (recorded absent, got {\"c\":0})");
    }
}
