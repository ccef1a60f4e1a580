package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.CassetteVerifier.Call;
import dev.gateway4j.cassette.CassetteVerifier.Drift;
import dev.gateway4j.cassette.CassetteVerifier.Plan;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.Sender;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends the calls of a plan and compares. Immutable. */
public final class VerifyRun {
    private final PriceBook prices;
    private final TimeSource time;

    /** With these prices. */
    public VerifyRun(PriceBook prices, TimeSource time) {
        this.prices = prices;
        this.time = time;
    }

    /** Sends what the budget allows. */
    public Drift run(Plan plan, Sender sender, BigDecimal budgetUsd) {
        Purse purse = new Purse(prices, budgetUsd);
        Findings findings = new Findings();
        List<Call> notSent = new ArrayList<>();
        boolean stopped = false;
        for (Call call : plan.calls()) {
            Findings.Spot spot = findings.interaction(call.cassette(), call.interaction());
            Optional<String> objection =
                    stopped ? Optional.of("an earlier call had met the budget") : purse.objection(List.of(call));
            if (objection.isPresent()) {
                // One dear call does not let a cheap one slip past it: what is sent is a beginning of the plan.
                stopped |= call.cost() instanceof Cost.Known;
                notSent.add(call);
                spot.at("/request")
                        .warning("not-sent", Urls.what(call.request()) + " was not sent: " + objection.get());
            } else {
                send(call, sender, purse, spot).ifPresent(why -> {
                    notSent.add(call);
                    spot.at("/request").error("not-sent", Urls.what(call.request()) + " was not sent: " + why);
                });
            }
        }
        int sent = plan.calls().size() - notSent.size();
        return new Drift(sent, notSent, purse.tokens(), purse.spent(), findings.sorted());
    }

    /** Sends a call and compares its answer; why it was not sent, or empty. */
    private Optional<String> send(Call call, Sender sender, Purse purse, Findings.Spot spot) {
        RecordedResponse live;
        try {
            live = sender.send(call.request());
        } catch (Sender.NotSentException | CassetteException e) {
            return Optional.of(Reasons.message(e));
        } catch (IOException e) {
            purse.pay(call);
            spot.at("/request")
                    .error(
                            "call-failed",
                            Urls.what(call.request()) + " brought no whole answer (" + Reasons.of(e) + "); try again");
            return Optional.empty();
        }
        purse.pay(call, live, time.now());
        AnswerDrift.report(Urls.path(call.request().url()), call.recorded().response(), live, spot.at("/response"));
        return Optional.empty();
    }
}
