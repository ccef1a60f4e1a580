package dev.gateway4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RefusalTest {
    @Test
    void a_refusal_says_why_and_that_a_retry_will_not_help() {
        WireHeaders headers = Refusal.of(RefusalReason.RATE_LIMITED, "limit").headers();

        assertThat(headers)
                .isEqualTo(WireHeaders.of(
                        "content-type",
                        "application/json",
                        "x-gateway-refusal",
                        RefusalReason.RATE_LIMITED.id(),
                        "x-should-retry",
                        "false"));
    }

    @Test
    void every_reason_has_an_error_status_and_a_code_of_its_own() {
        RefusalReason[] reasons = RefusalReason.values();

        assertThat(reasons).allSatisfy(reason -> {
            assertThat(reason.status()).isBetween(400, 599);
            assertThat(reason.code()).startsWith("gateway_").isEqualTo("gateway_" + reason.id());
        });
        assertThat(Arrays.stream(reasons).map(RefusalReason::code)).doesNotHaveDuplicates();
    }
}
