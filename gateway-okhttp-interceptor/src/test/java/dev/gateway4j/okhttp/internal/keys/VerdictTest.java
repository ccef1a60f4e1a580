package dev.gateway4j.okhttp.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.api.openai.LimitHeaders.Reading;
import dev.gateway4j.okhttp.internal.keys.Verdict.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers blame, in the words of OpenAI, Azure and their edges. */
class VerdictTest {
    @ParameterizedTest(name = "{0} {1} {2} {3} blames {4}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "200 | - | - | - | NONE",
                "400 | invalid_request_error | invalid_type | - | NONE",
                "404 | invalid_request_error | model_not_found | - | NONE",
                "401 | invalid_request_error | invalid_api_key | Incorrect API key provided: bad. | KEY",
                "401 | invalid_request_error | - | Missing bearer or basic authentication in header | KEY",
                "401 | invalid_request_error | mismatched_organization | - | KEY",
                "401 | - | 401 | Access denied due to invalid subscription key | KEY",
                "401 | invalid_request_error | missing_scope | - | KEY_FOR_MODEL",
                "401 | - | - | You have insufficient permissions for this operation. Missing scopes: model.read. | KEY_FOR_MODEL",
                "401 | invalid_request_error | ip_not_authorized | - | ELSEWHERE",
                "401 | invalid_request_error | - | Your IP address is not authorized for this project | ELSEWHERE",
                "403 | request_forbidden | unsupported_country_region_territory | - | ELSEWHERE",
                "403 | invalid_request_error | model_not_found | Project `proj` does not have access to model | KEY_FOR_MODEL",
                "402 | - | - | - | MONEY",
                "429 | insufficient_quota | insufficient_quota | You exceeded your current quota | MONEY",
                "429 | insufficient_quota | credit_balance_exhausted | - | MONEY",
                "429 | insufficient_quota | project_spend_limit_exceeded | - | MONEY",
                "429 | - | organization_usage_limit_exceeded | - | MONEY",
                "429 | tokens | rate_limit_exceeded | Rate limit reached for gpt-4.1 | TOKENS",
                "429 | requests | rate_limit_exceeded | Rate limit reached for gpt-4.1 | REQUESTS",
                "429 | tokens | rate_limit_exceeded | Request too large for gpt-4o | ELSEWHERE",
                "429 | rate_limit_error | slow_down | - | REQUESTS",
                "429 | rate_limit_error | resource_unavailable | - | ELSEWHERE",
                "429 | - | 429 | Requests have exceeded token rate limit of your current tier. | TOKENS",
                "429 | - | RateLimitReached | Your requests have exceeded rate limit. | REQUESTS",
                "500 | server_error | - | - | ELSEWHERE",
                "503 | service_unavailable_error | server_is_overloaded | - | ELSEWHERE",
                "101 | - | - | - | NONE"
            })
    void an_answer_blames_what_its_code_says(int status, String type, String code, String message, Fault blamed) {
        ErrorAnswer error = ErrorAnswer.read(body(type, code, message).getBytes(StandardCharsets.UTF_8));

        Verdict verdict = Verdict.of(status, error, LimitHeaders.NONE);

        assertThat(verdict.fault()).isEqualTo(blamed);
    }

    @Test
    void what_the_server_said_of_the_time_is_believed_in_this_order_and_up_to_a_day() {
        Optional<Reading> used = Optional.of(new Reading(100, 0, Optional.of(Duration.ofSeconds(40))));
        LimitHeaders both = new LimitHeaders(Optional.empty(), used, Optional.of(Duration.ofMillis(494)));
        LimitHeaders reset = new LimitHeaders(Optional.empty(), used, Optional.empty());
        LimitHeaders absurd = new LimitHeaders(Optional.empty(), used, Optional.of(Duration.ofDays(4_000)));

        assertThat(tokens(both)).isEqualTo(Duration.ofMillis(494));
        assertThat(tokens(reset)).isEqualTo(Duration.ofSeconds(40));
        assertThat(tokens(absurd)).isEqualTo(Duration.ofDays(1));
        assertThat(tokens(LimitHeaders.NONE)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void where_the_body_names_no_kind_the_empty_one_of_the_headers_counts() {
        Optional<Reading> full = Optional.of(new Reading(100, 99, Optional.empty()));
        Optional<Reading> empty = Optional.of(new Reading(100, 0, Optional.empty()));

        Verdict verdict = Verdict.of(429, ErrorAnswer.SILENT, new LimitHeaders(full, empty, Optional.empty()));

        assertThat(verdict.fault()).isEqualTo(Fault.TOKENS);
    }

    @ParameterizedTest
    @CsvSource({"sk-test-verdict-canary-0000", "'has blanks'", "'a\nline'"})
    void a_code_that_looks_like_none_is_not_repeated(String code) {
        ErrorAnswer error = ErrorAnswer.read(
                ("{\"error\":{\"code\":\"" + code.replace("\n", "\\n") + "\"}}").getBytes(StandardCharsets.UTF_8));

        assertThat(Verdict.of(401, error, LimitHeaders.NONE).why()).isEqualTo("401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "null", "{\"error\":\"text\"}", "{\"error\":[{\"code\":\"x\"}]}", "{\"err", "\u0000"})
    void bodies_of_other_shapes_say_nothing(String body) {
        assertThat(ErrorAnswer.read(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(ErrorAnswer.SILENT);
    }

    @Test
    void the_beginning_of_a_body_is_enough() {
        String cut =
                "{\"request\":{\"deep\":[1]},\"error\":{\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\",\"message\":\"Rate";

        assertThat(ErrorAnswer.read(cut.getBytes(StandardCharsets.UTF_8)).type())
                .isEqualTo("tokens");
    }

    private static Duration tokens(LimitHeaders said) {
        ErrorAnswer error = ErrorAnswer.read(
                body("tokens", "rate_limit_exceeded", "Rate limit reached").getBytes(StandardCharsets.UTF_8));
        return Verdict.of(429, error, said).cooling();
    }

    private static String body(String type, String code, String message) {
        return "{\"error\":{\"message\":" + json(message) + ",\"type\":" + json(type) + ",\"param\":null,\"code\":"
                + json(code) + "}}";
    }

    @SuppressWarnings("ConstantValue") // null stands for a member that is null
    private static String json(String value) {
        return value == null ? "null" : "\"" + value + "\"";
    }
}
