package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.openai.LimitHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes what a call needs from learned limits as the gateway does: all or nothing. */
final class LearnedClient {
    final LearnedLimits limits;
    final ManualTime time;

    LearnedClient(ManualTime time) {
        this.time = time;
        this.limits = new LearnedLimits(time);
    }

    Optional<Flight> tryDepart(long tokens) {
        List<Charge> charges = new ArrayList<>();
        Flight flight = limits.addCharges("openai", "blue", "gpt-4o", new Estimate(tokens, 0), charges);
        List<Charge> taken = new ArrayList<>();
        for (Charge charge : charges) {
            if (!charge.allowance().tryTake(charge.amount())) {
                taken.forEach(one -> one.allowance().giveBack(one.amount()));
                return Optional.empty();
            }
            taken.add(charge);
        }
        flight.departed();
        return Optional.of(flight);
    }

    /** A call that is answered at once. */
    void call(long tokens, LimitHeaders headers, int status) {
        tryDepart(tokens).orElseThrow().answered(headers, status);
    }

    Allowance requests() {
        return charges(1).get(0).allowance();
    }

    Allowance tokens() {
        return charges(1).get(1).allowance();
    }

    private List<Charge> charges(long tokens) {
        List<Charge> charges = new ArrayList<>();
        Flight unused = limits.addCharges("openai", "blue", "gpt-4o", new Estimate(tokens, 0), charges);
        return charges;
    }
}
