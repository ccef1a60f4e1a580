package dev.gateway4j.okhttp.internal.meter;

import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.call.AttemptReport;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.limit.LimitOutcome;
import dev.gateway4j.okhttp.internal.call.CacheText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cost line: one INFO line per call on {@code dev.gateway4j.cost}.
 *
 * <pre>
 * call=7f3a model=gpt-4o-mini route=openai key=blue mode=simulated cache=off attempts=1 status=200 tokens=418+207 cost_usd=0.000187 ms=912
 * </pre>
 *
 * With {@code gateway.monitoring.logging: verbose} it goes on with what became of every attempt, as key and status, or key and ending where no
 * answer came:
 *
 * <pre>
 * endpoint=/v1/chat/completions ending=completed first_byte_ms=340 tries=green:401,blue:200 decision=admitted reserved_tokens=105
 * </pre>
 *
 * After these, only where they say something: {@code ending}, {@code refusal}, {@code cache_age_s}, {@code
 * similarity}, {@code flight} (the call upstream that several share), {@code saved_usd}, {@code limit} (the rate limit that refused or held up the
 * last attempt, or would have refused it), {@code waited_ms} (at limits, all attempts together), {@code user}, {@code tenant}, {@code
 * feature}.
 */
public final class CostLog implements CallListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gateway4j.cost");
    private static final int MAX_VALUE = 256;

    private final boolean verbose;

    /** Says as much as this. */
    public CostLog(LogLevel level) {
        this.verbose = level == LogLevel.VERBOSE;
    }

    @Override
    public void ended(CallReport report) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{}", line(report, verbose));
        }
    }

    static String line(CallReport report, boolean verbose) {
        List<AttemptReport> attempts = report.attempts();
        Optional<AttemptReport> last =
                attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
        StringBuilder line = new StringBuilder(192);
        field(line, "call", report.callId());
        field(line, "model", report.modelServed().or(report::modelAsked).orElse("-"));
        field(line, "route", last.map(AttemptReport::upstream).orElse("-"));
        field(line, "key", last.flatMap(AttemptReport::key).orElse("-"));
        field(line, "mode", report.mode().id());
        field(
                line,
                "cache",
                report.cache().map(outcome -> outcome.status().id()).orElse("off"));
        field(line, "attempts", Integer.toString(attempts.size()));
        field(
                line,
                "status",
                report.status().isPresent() ? Integer.toString(report.status().getAsInt()) : "-");
        field(line, "tokens", report.usage().map(CostLog::tokens).orElse("unknown"));
        field(line, "cost_usd", report.cost().text());
        field(line, "ms", Long.toString(report.duration().toMillis()));
        if (verbose) {
            field(line, "endpoint", report.endpoint());
        }
        if (verbose || report.ending() != Ending.COMPLETED) {
            field(line, "ending", report.ending().id());
        }
        if (verbose) {
            details(line, report, last);
        }
        report.refusal().ifPresent(reason -> field(line, "refusal", reason.id()));
        report.cache().ifPresent(outcome -> cache(line, outcome));
        limits(line, attempts, last);
        report.tags().user().ifPresent(user -> field(line, "user", user));
        report.tags().tenant().ifPresent(tenant -> field(line, "tenant", tenant));
        report.tags().feature().ifPresent(feature -> field(line, "feature", feature));
        return line.toString();
    }

    private static void details(StringBuilder line, CallReport report, Optional<AttemptReport> last) {
        report.firstByte().ifPresent(time -> field(line, "first_byte_ms", Long.toString(time.toMillis())));
        if (!report.attempts().isEmpty()) {
            field(line, "tries", report.attempts().stream().map(CostLog::tried).collect(Collectors.joining(",")));
        }
        last.flatMap(AttemptReport::limit).ifPresent(limit -> {
            field(line, "decision", limit.decision().id());
            if (limit.reservedTokens() > 0) {
                field(line, "reserved_tokens", Long.toString(limit.reservedTokens()));
            }
        });
    }

    private static String tried(AttemptReport attempt) {
        String came = attempt.status().isPresent()
                ? Integer.toString(attempt.status().getAsInt())
                : attempt.ending().id();
        return attempt.key().orElse("-") + ":" + came;
    }

    private static void limits(StringBuilder line, List<AttemptReport> attempts, Optional<AttemptReport> last) {
        last.flatMap(AttemptReport::limit).flatMap(LimitOutcome::limit).ifPresent(name -> field(line, "limit", name));
        Duration waited = Duration.ZERO;
        for (AttemptReport attempt : attempts) {
            waited = waited.plus(attempt.limit().map(LimitOutcome::waited).orElse(Duration.ZERO));
        }
        if (!waited.isZero()) {
            field(line, "waited_ms", Long.toString(waited.toMillis()));
        }
    }

    private static void cache(StringBuilder line, CacheOutcome outcome) {
        outcome.age().ifPresent(age -> field(line, "cache_age_s", Long.toString(age.toSeconds())));
        if (outcome.similarity().isPresent()) {
            field(line, "similarity", CacheText.similarity(outcome.similarity().getAsDouble()));
        }
        outcome.flight().ifPresent(flight -> field(line, "flight", flight));
        if (outcome.status().saves()) {
            field(line, "saved_usd", outcome.savedCost().text());
        }
    }

    private static String tokens(Usage usage) {
        return usage.inputTokens() + "+" + usage.outputTokens();
    }

    private static void field(StringBuilder line, String name, String value) {
        if (line.length() > 0) {
            line.append(' ');
        }
        line.append(name).append('=').append(quoted(value));
    }

    /** Model and tag names come from outside: quoted where they could be taken for another field, and never with a line end. */
    private static String quoted(String text) {
        String value = text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) : text;
        boolean plain = !value.isEmpty();
        for (int i = 0; i < value.length() && plain; i++) {
            char c = value.charAt(i);
            plain = c > ' ' && c != '"' && c != '=' && c < 0x7f;
        }
        return plain ? value : '"' + value.replaceAll("[\\p{Cntrl}\\u2028\\u2029\"]", "?") + '"';
    }

    @Override
    public String toString() {
        return verbose ? "CostLog[verbose]" : "CostLog[essential]";
    }
}
