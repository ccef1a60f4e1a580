package dev.gateway4j.cassette.internal.match;

import static dev.gateway4j.cassette.internal.match.Requests.bytes;
import static dev.gateway4j.cassette.internal.match.Requests.found;
import static dev.gateway4j.cassette.internal.match.Requests.live;
import static dev.gateway4j.cassette.internal.match.Requests.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibleRulesTest {
    private static final MatchRules RULES = MatchRules.compatible();

    @ParameterizedTest
    @CsvSource({
        "chat, /v1/a?x=1&y=2, /v1/a?x=1&y=2, true",
        "chat, /v1/a?y=2&x=1, /v1/a?x=1&y=2, false",
        "chat, /v1/a?q=%7e, /v1/a?q=~, false",
        "chat, /v1/a?api-version=1, /v1/a, false",
        "chat, /openai/deployments/d/chat/completions?api-version=1, /openai/deployments/d/chat/completions, false",
        "azure-chat, /openai/deployments/d/chat/completions?api-version=1, /openai/deployments/d/chat/completions, true",
        "azure-chat, /openai/deployments/e/chat/completions, /openai/deployments/d/chat/completions, false",
        "azure-chat, /openai/deployments/d/a?x=1, /openai/deployments/d/a?x=1, false",
        "azure-chat, /openai/v1/chat/completions?api-version=1, /openai/v1/chat/completions, false",
        "sub/azure-chat, /openai/deployments/d/a?x=1, /openai/deployments/d/a, false",
    })
    void urls_compare_letter_by_letter_but_for_the_query_of_azure(
            String cassette, String live, String recorded, boolean same) {
        assertThat(found(RULES, live(live, "{\"model\":\"m\"}"), cassette, recorded(recorded, "{\"model\":\"m\"}")))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json, true",
        "application/json; charset=utf-8, '', true",
        "'', application/json, true",
        "Application/JSON, '', false",
        "application/vnd.api+json, application/vnd.api+json, false",
        "multipart/form-data; boundary=x, '', true",
        "'', multipart/form-data, true",
        "text/plain, multipart/form-data, true",
        "multipart/mixed, multipart/mixed, false",
        "text/plain, text/plain, false",
    })
    void the_content_type_of_either_side_decides(String live, String recorded, boolean same) {
        assertThat(found(
                        RULES,
                        live("POST", "/v1/a", live, bytes("{\"a\":1}")),
                        recorded("POST", "/v1/a", recorded, bytes("{ \"a\": 1 }"))))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"application/json, multipart/form-data", "multipart/form-data, application/json"})
    void json_goes_before_multipart(String live, String recorded) {
        assertThat(found(
                        RULES,
                        live("POST", "/v1/a", live, bytes("{\"a\":1}")),
                        recorded("POST", "/v1/a", recorded, bytes("other"))))
                .isFalse();
        assertThat(found(
                        RULES,
                        live("POST", "/v1/a", live, bytes("other")),
                        recorded("POST", "/v1/a", recorded, bytes("other"))))
                .isTrue();
    }
}
