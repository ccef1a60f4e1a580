package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses", "/v1/responses/resp_7", "/v1/responses/resp_7/cancel"})
    void a_rule_covers_its_endpoint_and_what_lies_below_it(String endpoint) {
        ResponseRule rule = rule(Optional.empty());

        assertThat(rule.matches(endpoint, Optional.empty())).isTrue();
        assertThat(rule.matches(endpoint, Optional.of("gpt-4o"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses-beta", "/v1/response", "/v1", "/", "", "/v2/v1/responses"})
    void a_rule_covers_nothing_beside_or_above_its_endpoint(String endpoint) {
        assertThat(rule(Optional.empty()).matches(endpoint, Optional.empty())).isFalse();
    }

    @Test
    void a_rule_with_a_model_matches_only_calls_that_name_it() {
        ResponseRule rule = rule(Optional.of("gpt-4o*"));

        assertThat(rule.matches("/v1/responses", Optional.of("gpt-4o-mini"))).isTrue();
        assertThat(rule.matches("/v1/responses", Optional.of("o3"))).isFalse();
        assertThat(rule.matches("/v1/responses", Optional.empty())).isFalse();
        assertThat(rule.matches("/v1/responses/resp_7", Optional.empty())).isFalse();
    }

    private static ResponseRule rule(Optional<String> model) {
        return new ResponseRule("/v1/responses", model, ResponseType.PASSTHROUGH, Optional.empty(), Optional.empty());
    }
}
