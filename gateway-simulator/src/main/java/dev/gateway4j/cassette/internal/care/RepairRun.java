package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.CassetteRepair.Outcome;
import dev.gateway4j.cassette.CassetteVerifier.Call;
import dev.gateway4j.cassette.CassetteVerifier.Plan;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.Sender;
import dev.gateway4j.cassette.internal.record.Retake;
import dev.gateway4j.cassette.internal.scrub.Scrubber;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Records interactions again, one cassette after the other. Used once. */
public final class RepairRun {
    private final Scrubber scrubber;
    private final PriceBook prices;
    private final TimeSource time;
    private final Writer writer;
    private final Findings findings = new Findings();
    private final List<Call> replaced = new ArrayList<>();
    private int sent;

    /** Writes interactions into a cassette, all or none. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Writes interactions in the place of others.
         *
         * @throws CassetteException if they cannot be written; what was there is untouched
         */
        void replace(String cassette, Map<Integer, Interaction> before, Map<Integer, Interaction> after);
    }

    /** What is saved is scrubbed by this scrubber and written by this writer. */
    public RepairRun(Scrubber scrubber, PriceBook prices, TimeSource time, Writer writer) {
        this.scrubber = scrubber;
        this.prices = prices;
        this.time = time;
        this.writer = writer;
    }

    /** Sends what the budget allows. */
    public Outcome run(Plan plan, Sender sender, BigDecimal budgetUsd) {
        Purse purse = new Purse(prices, budgetUsd);
        Map<String, List<Call>> cassettes =
                plan.calls().stream().collect(Collectors.groupingBy(Call::cassette, TreeMap::new, Collectors.toList()));
        cassettes.forEach((name, calls) -> {
            Optional<String> objection = purse.objection(calls);
            if (objection.isPresent()) {
                findings.file(name).warning("not-sent", "nothing was sent for it: " + objection.get());
            } else {
                cassette(name, calls, sender, purse);
            }
        });
        return new Outcome(replaced, sent, purse.tokens(), purse.spent(), findings.sorted());
    }

    private void cassette(String name, List<Call> calls, Sender sender, Purse purse) {
        Map<Integer, Interaction> before = new TreeMap<>();
        Map<Integer, Interaction> after = new TreeMap<>();
        for (Call call : calls) {
            Findings.Spot spot = findings.interaction(name, call.interaction());
            Optional<String> objection = purse.objection(List.of(call));
            Optional<String> failure = objection.isPresent() ? objection : taken(call, sender, purse, after);
            before.put(call.interaction(), call.recorded());
            if (failure.isPresent()) {
                spot.error(
                        "not-replaced",
                        Urls.what(call.request()) + ": " + failure.get() + ". The file stays as it was");
                return;
            }
        }
        try {
            writer.replace(name, before, after);
            replaced.addAll(calls);
        } catch (CassetteException e) {
            findings.file(name).error("not-replaced", String.valueOf(e.getMessage()));
        }
    }

    /** Sends a call and keeps its answer; why it cannot be kept, or empty. */
    private Optional<String> taken(Call call, Sender sender, Purse purse, Map<Integer, Interaction> after) {
        RecordedResponse live;
        try {
            live = sender.send(call.request());
        } catch (Sender.NotSentException | CassetteException e) {
            return Optional.of("nothing was sent: " + Reasons.message(e));
        } catch (IOException e) {
            sent++;
            purse.pay(call);
            return Optional.of("no whole answer came (" + Reasons.of(e) + "); try again");
        }
        sent++;
        purse.pay(call, live, time.now());
        return kept(call, live, after);
    }

    private Optional<String> kept(Call call, RecordedResponse live, Map<Integer, Interaction> after) {
        Optional<String> objection = objection(call, live);
        if (objection.isPresent()) {
            return objection;
        }
        try {
            after.put(call.interaction(), Retake.of(call.recorded(), call.request(), live, scrubber, time.now()));
            return Optional.empty();
        } catch (CassetteException e) {
            return Optional.of(Reasons.message(e));
        }
    }

    private static Optional<String> objection(Call call, RecordedResponse live) {
        int then = call.recorded().response().code();
        int now = live.code();
        boolean passing = now == 401 || now == 403 || now == 429 || now >= 500;
        if (now >= 400 && (then < 400 || (passing && now != then))) {
            return Optional.of("the answer was " + now + " where " + then + " was recorded; find out why");
        }
        return Answered.of(call.request(), live).truncated()
                ? Optional.of("the stream stopped before its end; try again")
                : Optional.empty();
    }
}
