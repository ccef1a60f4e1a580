package dev.gateway4j.okhttp.internal.meter;

import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Savings;
import dev.gateway4j.api.call.Usage;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what replay did not spend, for one gateway. Thread-safe.
 *
 * <pre>
 * replay saved calls=12 tokens=3400+1200 usd=0.0123 unpriced=0
 * </pre>
 */
public final class SavingsBook {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gateway4j.cost");

    private final AtomicReference<Savings> total = new AtomicReference<>(Savings.NONE);

    void replayed(Usage usage, Cost price) {
        total.updateAndGet(sum -> sum.plus(usage, price));
    }

    /** What was saved so far. */
    public Savings total() {
        return Objects.requireNonNull(total.get());
    }

    /** Says it, if there is something to say. */
    public void log() {
        Savings saved = total();
        if (saved.calls() > 0) {
            LOG.info(
                    "replay saved calls={} tokens={}+{} usd={} unpriced={}",
                    saved.calls(),
                    saved.inputTokens(),
                    saved.outputTokens(),
                    new Cost.Known(saved.usd()).text(),
                    saved.unpricedCalls());
        }
    }

    @Override
    public String toString() {
        return "SavingsBook[" + total() + "]";
    }
}
