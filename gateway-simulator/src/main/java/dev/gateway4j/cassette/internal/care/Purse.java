package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.cassette.CassetteVerifier.Call;
import dev.gateway4j.cassette.RecordedResponse;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a run may spend and has spent. Used by one thread. */
final class Purse {
    private final PriceBook prices;
    private final BigDecimal budget;
    private BigDecimal spent = BigDecimal.ZERO;
    private long tokens;

    Purse(PriceBook prices, BigDecimal budgetUsd) {
        this.prices = prices;
        this.budget = budgetUsd;
    }

    /** Why these calls must not be sent; empty if they may. */
    Optional<String> objection(List<Call> calls) {
        BigDecimal after = spent;
        for (Call call : calls) {
            if (call.cost() instanceof Cost.Unknown unknown) {
                return Optional.of("the price of " + Urls.what(call.request()) + " is not known (" + unknown.reason()
                        + "); give the model a price");
            }
            after = after.add(usd(call.cost()));
        }
        return after.compareTo(budget) > 0
                ? Optional.of("it would bring what is spent to " + after.toPlainString() + " USD and the budget is "
                        + budget.toPlainString() + " USD; raise it")
                : Optional.empty();
    }

    /** Takes what the answer says it cost, or what was expected if it does not say. */
    void pay(Call call, RecordedResponse answer, Instant at) {
        Answered answered = Answered.of(call.request(), answer);
        tokens += answered.usage().map(Usage::totalTokens).orElse(0L);
        if (answer.code() >= 400) {
            return;
        }
        Cost cost = answered.usage()
                .map(used -> answered.cost(prices, call.model(), used, at))
                .filter(Cost.Known.class::isInstance)
                .orElse(call.cost());
        spent = spent.add(usd(cost));
    }

    /** Takes what was expected, since nobody knows what a call that broke off cost. */
    void pay(Call call) {
        spent = spent.add(usd(call.cost()));
    }

    BigDecimal spent() {
        return spent;
    }

    long tokens() {
        return tokens;
    }

    private static BigDecimal usd(Cost cost) {
        return cost instanceof Cost.Known known ? known.usd() : BigDecimal.ZERO;
    }
}
