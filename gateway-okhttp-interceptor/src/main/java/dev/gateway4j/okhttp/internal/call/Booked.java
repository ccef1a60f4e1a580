package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.call.AttemptReport;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds what a call used by itself to what was used in its place before. */
final class Booked {
    private Booked() {}

    static List<AttemptReport> attempts(CallReport before, List<AttemptReport> own) {
        List<AttemptReport> all = new ArrayList<>(before.attempts());
        all.addAll(own);
        return all;
    }

    static Optional<Usage> usage(CallReport before, Optional<Usage> own) {
        if (before.usage().isEmpty() || own.isEmpty()) {
            return before.usage().or(() -> own);
        }
        Usage one = before.usage().get();
        Usage other = own.get();
        return Optional.of(new Usage(
                one.inputTokens() + other.inputTokens(),
                one.cachedInputTokens() + other.cachedInputTokens(),
                one.cacheWriteTokens() + other.cacheWriteTokens(),
                one.outputTokens() + other.outputTokens(),
                one.reasoningTokens() + other.reasoningTokens()));
    }

    /** Unknown if one of them is. */
    static Cost cost(CallReport before, Cost own) {
        if (!(before.cost() instanceof Cost.Known one)) {
            return before.cost();
        }
        if (!(own instanceof Cost.Known other)) {
            return own;
        }
        BigDecimal sum = one.usd().add(other.usd());
        return sum.signum() == 0 ? Cost.NOTHING : new Cost.Known(sum);
    }
}
