package dev.gateway4j.okhttp.internal.meter;

import dev.gateway4j.api.call.AttemptReport;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cost line: one INFO line per call on {@code dev.gateway4j.cost}.
 *
 * <pre>
 * call=7f3a model=gpt-4o-mini route=openai key=blue mode=simulated cache=off attempts=1 status=200 tokens=418+207 cost_usd=0.000187 ms=912
 * </pre>
 *
 * After these, only where they say something: {@code ending}, {@code refusal}, {@code user}, {@code tenant}, {@code feature}.
 */
public final class CostLog implements CallListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gateway4j.cost");
    private static final int MAX_VALUE = 256;

    @Override
    public void ended(CallReport report) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{}", line(report));
        }
    }

    static String line(CallReport report) {
        List<AttemptReport> attempts = report.attempts();
        Optional<AttemptReport> last =
                attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
        StringBuilder line = new StringBuilder(192);
        field(line, "call", report.callId());
        field(line, "model", report.modelServed().or(report::modelAsked).orElse("-"));
        field(line, "route", last.map(AttemptReport::upstream).orElse("-"));
        field(line, "key", last.flatMap(AttemptReport::key).orElse("-"));
        field(line, "mode", report.mode().id());
        field(line, "cache", "off");
        field(line, "attempts", Integer.toString(attempts.size()));
        field(
                line,
                "status",
                report.status().isPresent() ? Integer.toString(report.status().getAsInt()) : "-");
        field(line, "tokens", report.usage().map(CostLog::tokens).orElse("unknown"));
        field(line, "cost_usd", report.cost().text());
        field(line, "ms", Long.toString(report.duration().toMillis()));
        if (report.ending() != Ending.COMPLETED) {
            field(line, "ending", report.ending().id());
        }
        report.refusal().ifPresent(reason -> field(line, "refusal", reason.id()));
        report.tags().user().ifPresent(user -> field(line, "user", user));
        report.tags().tenant().ifPresent(tenant -> field(line, "tenant", tenant));
        report.tags().feature().ifPresent(feature -> field(line, "feature", feature));
        return line.toString();
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
        return "CostLog";
    }
}
