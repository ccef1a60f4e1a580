package dev.gateway4j.okhttp.internal.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.call.AttemptReport;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.limit.LimitOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CostLogTest {
    @Test
    void a_call_is_one_line() {
        String line = essential(report(
                "gpt-4o-mini",
                CallTags.none(),
                Optional.of(Usage.of(418, 207)),
                new Cost.Known(new BigDecimal("0.000187")),
                Ending.COMPLETED));

        assertThat(line)
                .isEqualTo("call=7f3a model=gpt-4o-mini route=openai key=blue mode=simulated cache=off attempts=1"
                        + " status=200 tokens=418+207 cost_usd=0.000187 ms=912");
    }

    @Test
    void what_is_not_known_is_said_to_be_unknown() {
        String line = essential(report(
                "gpt-4o-mini",
                CallTags.none().withUser("ada"),
                Optional.empty(),
                new Cost.Unknown("cut"),
                Ending.ABANDONED));

        assertThat(line).contains("tokens=unknown cost_usd=unknown ms=912 ending=abandoned user=ada");
    }

    @Test
    void a_name_from_outside_cannot_forge_a_field_or_a_line() {
        String line = essential(report(
                "x cost_usd=0\nlevel=ERROR",
                CallTags.none().withTenant("a\"b"),
                Optional.empty(),
                Cost.NOTHING,
                Ending.COMPLETED));

        assertThat(line)
                .contains("model=\"x cost_usd=0?level=ERROR\"")
                .contains("tenant=\"a?b\"")
                .doesNotContain("\n");
    }

    @Test
    void a_refusal_without_an_attempt_has_dashes() {
        CallReport refused = new CallReport(
                "1",
                Instant.EPOCH,
                "staging",
                Mode.PASSTHROUGH,
                Source.GATEWAY,
                "POST",
                "/v1/chat/completions",
                Optional.empty(),
                Optional.empty(),
                false,
                CallTags.none(),
                List.of(),
                OptionalInt.of(401),
                Optional.of(RefusalReason.NO_KEY),
                Optional.empty(),
                Cost.NOTHING,
                Ending.REFUSED,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO);

        assertThat(CostLog.line(refused, false))
                .isEqualTo(
                        "call=1 model=- route=- key=- mode=passthrough cache=off attempts=0 status=401 tokens=unknown"
                                + " cost_usd=0 ms=0 ending=refused refusal=no_key");
    }

    @Test
    void verbose_lines_tell_every_attempt() {
        CallReport plain = report(
                "gpt-4o-mini",
                CallTags.none().withUser("ada"),
                Optional.of(Usage.of(418, 207)),
                Cost.NOTHING,
                Ending.COMPLETED);
        AttemptReport answered = plain.attempts().get(0);
        CallReport rotated = new CallReport(
                plain.callId(),
                plain.startedAt(),
                plain.environment(),
                plain.mode(),
                plain.source(),
                plain.method(),
                plain.endpoint(),
                plain.modelAsked(),
                plain.modelServed(),
                plain.streamed(),
                plain.tags(),
                List.of(
                        tried(answered, "green", OptionalInt.of(401), Ending.COMPLETED, Optional.empty()),
                        tried(answered, "red", OptionalInt.empty(), Ending.FAILED, Optional.empty()),
                        tried(
                                answered,
                                "blue",
                                OptionalInt.of(200),
                                Ending.COMPLETED,
                                Optional.of(new LimitOutcome(
                                        LimitOutcome.Decision.WAITED,
                                        Optional.of("per_user.requests_per_minute"),
                                        Duration.ofMillis(20),
                                        105)))),
                plain.status(),
                plain.refusal(),
                plain.usage(),
                plain.cost(),
                plain.ending(),
                plain.failure(),
                Optional.of(Duration.ofMillis(340)),
                plain.duration());

        assertThat(CostLog.line(rotated, true))
                .endsWith(" ms=912 endpoint=/v1/chat/completions ending=completed first_byte_ms=340"
                        + " tries=green:401,red:failed,blue:200 decision=waited reserved_tokens=105"
                        + " limit=per_user.requests_per_minute waited_ms=20 user=ada");
        assertThat(CostLog.line(rotated, false))
                .endsWith(" ms=912 limit=per_user.requests_per_minute waited_ms=20 user=ada");
    }

    private static AttemptReport tried(
            AttemptReport like, String key, OptionalInt status, Ending ending, Optional<LimitOutcome> limit) {
        return new AttemptReport(
                like.upstream(),
                Optional.of(key),
                like.modelSent(),
                like.modelServed(),
                status,
                like.requestId(),
                like.usage(),
                like.cost(),
                ending,
                like.failure(),
                limit,
                like.duration());
    }

    private static String essential(CallReport report) {
        return CostLog.line(report, false);
    }

    private static CallReport report(String model, CallTags tags, Optional<Usage> usage, Cost cost, Ending ending) {
        return new CallReport(
                "7f3a",
                Instant.EPOCH,
                "development",
                Mode.SIMULATED,
                Source.SIMULATED,
                "POST",
                "/v1/chat/completions",
                Optional.of(model),
                Optional.of(model),
                false,
                tags,
                List.of(new AttemptReport(
                        "openai",
                        Optional.of("blue"),
                        Optional.of(model),
                        Optional.of(model),
                        OptionalInt.of(200),
                        Optional.empty(),
                        usage,
                        cost,
                        ending,
                        Optional.empty(),
                        Duration.ofMillis(900))),
                OptionalInt.of(200),
                Optional.empty(),
                usage,
                cost,
                ending,
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(912));
    }
}
