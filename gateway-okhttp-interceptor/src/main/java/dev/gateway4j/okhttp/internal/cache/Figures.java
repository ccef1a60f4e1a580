package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Savings;
import dev.gateway4j.api.call.Usage;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what became of calls at the cache, from their reports, so that each counts once. Thread-safe.
 *
 * <pre>
 * cache saved calls=12 tokens=3400+1200 usd=0.0123 unpriced=0
 * </pre>
 */
final class Figures implements CallListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gateway4j.cost");

    /** Complete from the start and never changed, so that threads may read it. */
    private final Map<CacheStatus, LongAdder> outcomes = new EnumMap<>(CacheStatus.class);

    private final Map<String, LongAdder> notKept = new ConcurrentHashMap<>();
    private final AtomicReference<Savings> savings = new AtomicReference<>(Savings.NONE);

    Figures() {
        for (CacheStatus status : CacheStatus.values()) {
            outcomes.put(status, new LongAdder());
        }
    }

    @Override
    public void ended(CallReport report) {
        CacheOutcome outcome = report.cache().orElse(null);
        if (outcome == null) {
            return;
        }
        Objects.requireNonNull(outcomes.get(outcome.status())).increment();
        Usage saved = outcome.saved().orElse(null);
        if (saved != null) {
            Savings unusedTotal = savings.updateAndGet(sum -> sum.plus(saved, outcome.savedCost()));
        } else if (outcome.status().saves() && isGood(report)) {
            Savings unusedTotal = savings.updateAndGet(Figures::oneMore);
        }
    }

    /** An answer was given that would have been paid for. */
    private static boolean isGood(CallReport report) {
        return report.ending() == Ending.COMPLETED
                && report.status().isPresent()
                && report.status().getAsInt() / 100 == 2;
    }

    /** A call of which nobody knows what it would have used. */
    private static Savings oneMore(Savings sum) {
        return new Savings(sum.calls() + 1, sum.inputTokens(), sum.outputTokens(), sum.usd(), sum.unpricedCalls() + 1);
    }

    /** Reasons are some of a few, or this would grow. */
    void notKept(String reason) {
        notKept.computeIfAbsent(reason, unused -> new LongAdder()).increment();
    }

    Map<CacheStatus, Long> outcomes() {
        Map<CacheStatus, Long> counts = new EnumMap<>(CacheStatus.class);
        outcomes.forEach((status, count) -> {
            if (count.sum() > 0) {
                counts.put(status, count.sum());
            }
        });
        return counts;
    }

    Map<String, Long> notKept() {
        Map<String, Long> counts = new ConcurrentHashMap<>();
        notKept.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }

    Savings savings() {
        return Objects.requireNonNull(savings.get());
    }

    /** Says what was saved, if there is something to say. */
    void log() {
        Savings saved = savings();
        if (saved.calls() > 0) {
            LOG.info(
                    "cache saved calls={} tokens={}+{} usd={} unpriced={}",
                    saved.calls(),
                    saved.inputTokens(),
                    saved.outputTokens(),
                    new Cost.Known(saved.usd()).text(),
                    saved.unpricedCalls());
        }
    }
}
