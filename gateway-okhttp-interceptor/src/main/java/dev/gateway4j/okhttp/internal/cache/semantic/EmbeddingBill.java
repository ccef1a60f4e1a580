package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.call.Cost;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** What embedding has cost so far. Calls without a known price are left out. Thread-safe. */
public final class EmbeddingBill implements Consumer<Cost> {
    private final AtomicReference<BigDecimal> sum = new AtomicReference<>(BigDecimal.ZERO);

    /** Nothing yet. */
    public EmbeddingBill() {}

    @Override
    public void accept(Cost cost) {
        if (cost instanceof Cost.Known known && known.usd().signum() > 0) {
            sum.accumulateAndGet(known.usd(), BigDecimal::add);
        }
    }

    /** The sum, in US dollars. */
    public BigDecimal usd() {
        return Objects.requireNonNull(sum.get());
    }
}
