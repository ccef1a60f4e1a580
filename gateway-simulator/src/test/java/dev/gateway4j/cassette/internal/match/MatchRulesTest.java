package dev.gateway4j.cassette.internal.match;

import static dev.gateway4j.cassette.internal.match.Requests.CHAT;
import static dev.gateway4j.cassette.internal.match.Requests.JSON;
import static dev.gateway4j.cassette.internal.match.Requests.STRICT;
import static dev.gateway4j.cassette.internal.match.Requests.bytes;
import static dev.gateway4j.cassette.internal.match.Requests.found;
import static dev.gateway4j.cassette.internal.match.Requests.live;
import static dev.gateway4j.cassette.internal.match.Requests.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.config.CassetteConfig.Match;
import dev.gateway4j.api.config.CassetteConfig.Same;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.RecordedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatchRulesTest {
    private static final MatchRules AZURE = MatchRules.of(new Match(List.of(), true, List.of()));
    private static final String DEPLOYED = "/openai/deployments/%s/chat/completions";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":2}   | {\"b\":2, \"a\":1}",
                "{\"a\":1}           | {\"a\":1.0}",
                "{\"a\":1}           | {\"a\":1e0}",
                "{\"a\":0}           | {\"a\":-0.0}",
                "{\"a\":0.1}         | {\"a\":0.1000000000000000055511151231257827}",
                "9007199254740992    | 9007199254740993",
                "{\"a\":\"\\u00e9\"} | {\"a\":\"é\"}",
                "{\"\\u0061\":[]}    | {\"a\":[ ]}",
                "{\"a\":1,\"a\":2}   | {\"a\":2}",
                "{\"a\":{\"b\":1},\"a\":{\"c\":1}} | {\"a\":{\"c\":1}}",
                "\"\\ud83d\"         | \"\\uD83D\"",
                "{\"a\":            | {\"a\":",
            })
    void two_spellings_of_one_body_match(String live, String recorded) {
        assertThat(found(STRICT, live, recorded)).isTrue();
        assertThat(found(STRICT, recorded, live)).isTrue();
        assertThat(found(MatchRules.compatible(), live, recorded)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":null}      | {}",
                "{\"a\":[1,2]}     | {\"a\":[2,1]}",
                "{\"a\":[1]}       | {\"a\":[1,1]}",
                "{\"a\":1}         | {\"A\":1}",
                "{\"a\":1}         | {\"a\":\"1\"}",
                "{\"a\":1}         | {\"a\":true}",
                "{\"a\":0}         | {\"a\":false}",
                "{\"a\":\"\"}      | {\"a\":null}",
                "{\"a\":{}}        | {\"a\":[]}",
                "{\"a\":1}         | {\"a\":1,\"user\":\"x\"}",
                "{\"a\":\"x\"}     | {\"a\":\"X\"}",
                "{\"a\":1,\"a\":2} | {\"a\":1}",
                "{\"a\":x          | {\"a\": x",
                "1e999             | 2e999",
                "{}                | {} {}",
                "[\"a\",\"b\"]     | [\"a\\u0000b\"]",
            })
    void two_bodies_that_differ_do_not_match(String live, String recorded) {
        assertThat(found(STRICT, live, recorded)).isFalse();
        assertThat(found(STRICT, recorded, live)).isFalse();
        assertThat(found(MatchRules.compatible(), live, recorded)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '', true",
        "'', application/json, true",
        "application/vnd.api+json, application/vnd.api+json, true",
        "application/x-amz-json-1.1, '', true",
        "text/plain, application/json; charset=utf-8, true",
        "text/plain, text/plain, false",
        "'', '', false",
    })
    void a_body_is_json_if_either_side_says_so(String live, String recorded, boolean json) {
        WireRequest request = live("POST", CHAT, live, bytes("{\"a\":1}"));

        assertThat(found(STRICT, request, recorded("POST", CHAT, recorded, bytes("{ \"a\": 1.0 }"))))
                .isEqualTo(json);
        assertThat(found(STRICT, request, recorded("POST", CHAT, recorded, bytes("{\"a\":1}"))))
                .isTrue();
    }

    @Test
    void a_body_that_nests_too_deep_is_compared_as_bytes() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(found(STRICT, deep, deep)).isTrue();
        assertThat(found(STRICT, deep, deep + " ")).isFalse();
        assertThat(found(STRICT, "[".repeat(500) + "]".repeat(500), "[".repeat(500) + " " + "]".repeat(500)))
                .isTrue();
    }

    @Test
    void a_large_body_matches_whatever_the_order_of_its_members() {
        String text = "x".repeat(100_000);

        assertThat(found(STRICT, "{\"a\":\"" + text + "\",\"b\":1}", "{\"b\":1,\"a\":\"" + text + "\"}"))
                .isTrue();
        assertThat(found(STRICT, "{\"a\":\"" + text + "\",\"b\":1}", "{\"b\":2,\"a\":\"" + text + "\"}"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/a?x=1&y=2, /v1/a?y=2&x=1, true",
        "/v1/a?x=1&x=2, /v1/a?x=2&x=1, false",
        "/v1/a?x=1, /v1/a, false",
        "/v1/a?x=1, /v1/a?x=2, false",
        "/v1/a?x, /v1/a?x=, true",
        "/v1/a?q=a%20b, /v1/a?q=a+b, true",
        "/v1/a?q=%7e, /v1/a?q=~, true",
        "/v1/%7Eme, /v1/~me, true",
        "/v1/a%2fb, /v1/a%2Fb, true",
        "/v1/a%2Fb, /v1/a/b, false",
        "/v1/a, /v1/A, false",
        "/v1/a, /v1/a/, false",
        "/a, /v1/a, false",
        "/v1/a?api-version=1, /v1/a?api-version=2, true",
        "/v1/a?api-version=1, /v1/a, true",
        "/v1/a, /v1/a?key=sk-test-blue-0000, true",
        "/v1/a?x=1, /v1/a?api-key=sk-test-blue-0000&x=1, true",
        "/v1/a%zz, /v1/a%zz, true",
    })
    void paths_and_queries_compare_by_meaning(String live, String recorded, boolean same) {
        assertThat(found(STRICT, live(live, "{}"), recorded(recorded, "{}"))).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/v1/a", "HTTPS://other.example/v1/a", "/v1/a", "https://[::1]/v1/a"})
    void the_host_does_not_matter(String url) {
        RecordedRequest recorded = RecordedRequest.of(
                "POST", url, Fields.none(), recorded("/", "{}").body());

        assertThat(found(STRICT, live("/v1/a", "{}"), recorded)).isTrue();
    }

    @Test
    void the_method_matters() {
        assertThat(found(STRICT, live("GET", CHAT, "", bytes("")), recorded("DELETE", CHAT, "", bytes(""))))
                .isFalse();
        assertThat(found(STRICT, live("GET", CHAT, "", bytes("")), recorded("GET", CHAT, "", bytes(""))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "prod?api-version=1, gpt, gpt, gpt, true",
        "prod?api-version=1&x=1, gpt, gpt, gpt, true",
        "prod, '', prod, '', true",
        "prod, '', gpt, '', false",
        "gpt, a, gpt, b, false",
        "prod, gpt, other?api-version=2, gpt, true",
        "prod, gpt, other?x=1, gpt, false",
        "pr%6Fd, '', prod, '', true",
    })
    void a_deployment_counts_as_the_model_of_the_body(
            String live, String liveModel, String recorded, String recordedModel, boolean same) {
        assertThat(found(
                        STRICT,
                        live(deployed(live), model(liveModel)),
                        recorded(deployed(recorded), model(recordedModel))))
                .isEqualTo(same);
    }

    private static String deployed(String nameAndQuery) {
        int query = (nameAndQuery + "?").indexOf('?');
        return DEPLOYED.formatted(nameAndQuery.substring(0, query)) + nameAndQuery.substring(query);
    }

    private static String model(String name) {
        return name.isEmpty() ? "{\"n\":1}" : "{\"n\":1,\"model\":\"" + name + "\"}";
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/deployments/gpt/chat/completions?api-version=1, '', /v1/chat/completions, gpt, true",
        "/v1/chat/completions, gpt, /openai/deployments/gpt/chat/completions, '', true",
        "/v1/chat/completions?x=1, gpt, /openai/deployments/gpt/chat/completions, '', true",
        "/openai/v1/chat/completions, gpt, /v1/chat/completions, gpt, true",
        "/openai/v1/chat/completions, gpt, /openai/deployments/prod/chat/completions, gpt, true",
        "/openai/deployments/other/chat/completions, '', /v1/chat/completions, gpt, false",
        "/openai/deployments/gpt/embeddings, '', /v1/chat/completions, gpt, false",
    })
    void azure_paths_count_as_openais_if_asked(
            String live, String liveModel, String recorded, String recordedModel, boolean same) {
        assertThat(found(AZURE, live(live, model(liveModel)), recorded(recorded, model(recordedModel))))
                .isEqualTo(same);
        assertThat(found(STRICT, live(live, model(liveModel)), recorded(recorded, model(recordedModel))))
                .isFalse();
    }

    @Test
    void a_rule_for_the_model_holds_for_the_deployment_too() {
        MatchRules rules = Requests.rules(Requests.rule("/model", Same.IGNORE));

        assertThat(found(rules, live(deployed("a"), model("x")), recorded(deployed("b"), model("y"))))
                .isTrue();
    }

    @Test
    void headers_matter_only_if_asked_for() {
        MatchRules rules = MatchRules.of(new Match(List.of("X-Tier"), false, List.of()));
        RecordedRequest recorded = recorded(CHAT, "{}")
                .with(new Fields(Map.of("x-tier", List.of("a", "b"), "Content-Type", List.of(JSON))));
        WireHeaders type = WireHeaders.of("Content-Type", JSON);

        assertThat(found(rules, with(type.with("X-TIER", "a").with("x-tier", "b")), recorded))
                .isTrue();
        assertThat(found(rules, with(type.with("X-TIER", "b").with("x-tier", "a")), recorded))
                .isFalse();
        assertThat(found(rules, with(type), recorded)).isFalse();
        assertThat(found(STRICT, with(type), recorded)).isTrue();
    }

    private static WireRequest with(WireHeaders headers) {
        WireRequest live = live(CHAT, "{}");
        return new WireRequest(
                live.callId(),
                1,
                live.method(),
                live.scheme(),
                live.authority(),
                live.path(),
                live.query(),
                live.endpoint(),
                headers,
                live.tags(),
                live.body(),
                0);
    }

    @ParameterizedTest
    @CsvSource({
        "a=1&b=2, b=2&a=1, true",
        "a=1&a=2, a=2&a=1, false",
        "a=x%20y, a=x+y, true",
        "a=1, a=2, false",
        "a=1, a=1&b=, false",
    })
    void forms_compare_field_by_field(String live, String recorded, boolean same) {
        String type = "application/x-www-form-urlencoded";

        assertThat(found(STRICT, live("POST", "/f", type, bytes(live)), recorded("POST", "/f", type, bytes(recorded))))
                .isEqualTo(same);
        assertThat(found(STRICT, live("POST", "/f", "", bytes(live)), recorded("POST", "/f", type, bytes(recorded))))
                .isEqualTo(same);
        assertThat(found(STRICT, live("POST", "/f", JSON, bytes(live)), recorded("POST", "/f", type, bytes(recorded))))
                .isFalse();
    }

    @Test
    void it_says_its_settings() {
        MatchRules rules = MatchRules.of(new Match(List.of("X-Tier"), true, List.of(Requests.close("/n", 1))));

        assertThat(rules).hasToString("MatchRules[headers=[X-Tier], azureAsOpenAi=true, body=[/n number]]");
        assertThat(MatchRules.compatible()).hasToString("MatchRules[compatible]");
    }
}
