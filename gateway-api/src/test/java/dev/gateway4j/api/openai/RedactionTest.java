package dev.gateway4j.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.WireHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "PROXY-AUTHORIZATION",
                "api-key",
                "x-api-key",
                "X-Goog-Api-Key",
                "Ocp-Apim-Subscription-Key",
                "cookie",
                "Set-Cookie",
                "x-amz-security-token"
            })
    void a_header_with_a_credential_is_secret_in_any_case(String name) {
        assertThat(Redaction.isSecretHeader(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-organization", "x-request-id", "content-type", "authorizations", ""})
    void other_headers_are_not(String name) {
        assertThat(Redaction.isSecretHeader(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "api-key=sk-test-blue-0000, ''",
        "a=b&api-key=sk-test-blue-0000&c=d%20e, a=b&c=d%20e",
        "KEY=sk-test-blue-0000&key=sk-test-red-0000&a, a",
        "api%2Dkey=sk-test-blue-0000&a=b, a=b",
        "keys=a&monkey=b&%zz=c, keys=a&monkey=b&%zz=c",
    })
    void a_query_loses_the_parameters_that_carry_a_credential(String query, String clean) {
        assertThat(Redaction.query(query)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({
        "'', false, ''",
        "sig=abc&se=2026-01-01&sp=r, false, sig=scrubbed&se=2026-01-01&sp=r",
        "a=b&api%2Dkey=x&c=d%20e, false, a=b&api%2Dkey=scrubbed&c=d%20e",
        "X-Amz-Signature=ab&X-Amz-Date=1, false, X-Amz-Signature=scrubbed&X-Amz-Date=1",
        "X-Goog-Signature=ab&Signature=cd&apikey=ef, false, X-Goog-Signature=scrubbed&Signature=scrubbed&apikey=scrubbed",
        "key=user1&token=page-2, false, key=user1&token=page-2",
        "key=user1&token=page-2&key, true, key=scrubbed&token=scrubbed&key",
        "key=AIzaTest0000canary, false, key=scrubbed",
        "key=sk%2Dtest%2Dblue%2D0000, false, key=scrubbed",
        "key=averylongnamewithoutdigits, false, key=averylongnamewithoutdigits",
        "keys=a&monkey=b&%zz=c, true, keys=a&monkey=b&%zz=c",
    })
    void a_query_that_is_saved_keeps_the_names_of_its_credentials(String query, boolean upstream, String clean) {
        assertThat(Redaction.scrubbedQuery(query, upstream)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({
        "sig=abc&a=b, sig=scrubbed&a=b, true",
        "key=AIzaTest0000canary&a=b, key=scrubbed&a=b, true",
        "key=scrubbed&a=b, a=b, true",
        "key=user1, key=user2, false",
        "key=user1, '', false",
    })
    void queries_that_differ_in_credentials_only_compare_as_equal(String one, String other, boolean same) {
        assertThat(Redaction.comparableQuery(one).equals(Redaction.comparableQuery(other)))
                .isEqualTo(same);
    }

    @Test
    void a_known_secret_is_a_credential_however_short() {
        Secret secret = Secret.of("pin", "canary-pin");

        assertThat(Redaction.scrubbedQuery("key=" + secret.reveal(), false)).isEqualTo("key=scrubbed");
    }

    @Test
    void what_follows_a_secret_of_the_environment_goes_with_it() {
        Secret secret = Secret.of("env BLUE_KEY", "canary-env-tail");

        assertThat(Redaction.text("x " + secret.reveal() + "0123456789abcdef y"))
                .isEqualTo("x [key] y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "realtime, openai-insecure-api-key.sk-test-blue-0000,openai-beta.realtime-v1 | realtime, openai-beta.realtime-v1",
                "OpenAI-Insecure-API-Key.sk-test-blue-0000 | ''",
                "realtime | realtime",
            })
    void offered_protocols_lose_the_one_that_carries_a_key(String offered, String clean) {
        assertThat(Redaction.protocols(offered)).isEqualTo(clean);
    }

    @Test
    void headers_keep_their_order_and_lose_their_secrets() {
        Secret secret = Secret.of("blue", "sk-test-redaction-header-0000");
        WireHeaders headers = WireHeaders.of(
                "Accept", "*/*", "API-Key", "short", "x-debug", "key=" + secret.reveal(), "Accept", "text/plain");

        WireHeaders clean = Redaction.headers(headers);

        assertThat(clean)
                .isEqualTo(WireHeaders.of(
                        "Accept",
                        "*/*",
                        "API-Key",
                        "[redacted]",
                        "x-debug",
                        "key=[secret:blue]",
                        "Accept",
                        "text/plain"));
    }

    @Test
    void text_loses_known_secrets_and_whatever_looks_like_a_key() {
        Secret secret = Secret.of("green", "azure-test-redaction-text-0000");

        String clean = Redaction.text(
                "a " + secret.reveal() + " b sk-proj-AAAA_bbbb-0000-1111, sk-short, task-0123456789abcdef.");

        assertThat(clean).isEqualTo("a [secret:green] b [key], sk-short, ta[key].");
    }

    @Test
    void long_text_is_cut_after_it_is_cleaned() {
        String clean = Redaction.text("x".repeat(990) + "sk-" + "0".repeat(40) + "😀".repeat(100));

        assertThat(clean).hasSizeLessThanOrEqualTo(1000).endsWith("x[key]😀😀…").doesNotContain("sk-");
        assertThat(Redaction.text("y".repeat(1000))).hasSize(1000).endsWith("y");
    }
}
