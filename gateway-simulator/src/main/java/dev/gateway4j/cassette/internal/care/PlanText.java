package dev.gateway4j.cassette.internal.care;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.cassette.CassetteRepair.Outcome;
import dev.gateway4j.cassette.CassetteVerifier.Basis;
import dev.gateway4j.cassette.CassetteVerifier.Call;
import dev.gateway4j.cassette.CassetteVerifier.Drift;
import dev.gateway4j.cassette.CassetteVerifier.Plan;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Plans and their outcome as text and as JSON. */
public final class PlanText {
    private PlanText() {}

    /** A line for each call and each refusal, then the sum. */
    public static String text(Plan plan) {
        StringBuilder text = new StringBuilder();
        plan.calls().forEach(call -> text.append(line(call)).append('\n'));
        text.append(ReportText.lines(plan.refused()));
        text.append(ReportText.many(plan.calls().size(), "call")).append(" to send, ");
        text.append(plan.refused().size()).append(" refused: about ");
        text.append(plan.expectedTokens()).append(" tokens, ").append(usd(plan.expectedUsd()));
        if (!plan.unpriced().isEmpty()) {
            text.append(", and ")
                    .append(ReportText.many(plan.unpriced().size(), "call"))
                    .append(" of unknown price");
        }
        return text.append('\n').toString();
    }

    private static String line(Call call) {
        return "send " + call.cassette() + " /interactions/" + call.interaction() + " " + Urls.what(call.request())
                + call.model().map(model -> " model=" + model).orElse("")
                + " tokens=" + call.tokens().inputTokens() + "+" + call.tokens().outputTokens()
                + (call.basis() == Basis.ESTIMATED ? " (estimated)" : "")
                + " cost_usd=" + call.cost().text();
    }

    /** The plan as JSON. */
    public static String json(Plan plan) {
        ObjectNode object = CareJson.object();
        object.put("expected_tokens", plan.expectedTokens());
        object.put("expected_usd", plain(plan.expectedUsd()));
        object.put("unpriced", plan.unpriced().size());
        calls(object.putArray("calls"), plan.calls());
        ReportText.add(object.putObject("refused"), plan.refused());
        return CareJson.text(object);
    }

    /** A line for each finding, then the sum. */
    public static String text(Drift drift) {
        return ReportText.lines(drift.findings())
                + ReportText.many(drift.sent(), "call") + " sent, "
                + drift.notSent().size() + " not sent, "
                + drift.tokens() + " tokens, " + usd(drift.spentUsd()) + ": " + ReportText.sum(drift.findings()) + "\n";
    }

    /** The outcome as JSON. */
    public static String json(Drift drift) {
        ObjectNode object = CareJson.object();
        object.put("sent", drift.sent());
        object.put("tokens", drift.tokens());
        object.put("spent_usd", plain(drift.spentUsd()));
        calls(object.putArray("not_sent"), drift.notSent());
        ReportText.add(object, drift.findings());
        return CareJson.text(object);
    }

    /** A line for each replaced interaction and each finding, then the sum. */
    public static String text(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        outcome.replaced().forEach(call -> text.append("replaced ")
                .append(call.cassette())
                .append(" /interactions/")
                .append(call.interaction())
                .append('\n'));
        return text + ReportText.lines(outcome.findings()) + ReportText.many(outcome.sent(), "call") + " sent, "
                + outcome.replaced().size() + " replaced, " + outcome.tokens() + " tokens, " + usd(outcome.spentUsd())
                + ": " + ReportText.sum(outcome.findings()) + "\n";
    }

    /** The outcome as JSON. */
    public static String json(Outcome outcome) {
        ObjectNode object = CareJson.object();
        object.put("sent", outcome.sent());
        object.put("tokens", outcome.tokens());
        object.put("spent_usd", plain(outcome.spentUsd()));
        calls(object.putArray("replaced"), outcome.replaced());
        ReportText.add(object, outcome.findings());
        return CareJson.text(object);
    }

    private static void calls(ArrayNode array, List<Call> calls) {
        calls.forEach(call -> array.addObject()
                .put("cassette", call.cassette())
                .put("interaction", call.interaction())
                .put("request", Urls.what(call.request()))
                .put("model", call.model().orElse(null))
                .put("input_tokens", call.tokens().inputTokens())
                .put("output_tokens", call.tokens().outputTokens())
                .put("basis", call.basis().name().toLowerCase(Locale.ROOT))
                .put("cost_usd", call.cost().text()));
    }

    private static String usd(BigDecimal amount) {
        return plain(amount) + " USD";
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
