package dev.gateway4j.api.spi;

import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import java.time.Instant;

/** Turns usage into money. Asked once per answer, from the thread that reads its end. Thread-safe. */
@FunctionalInterface
public interface PriceBook {
    /**
     * What this usage costs.
     *
     * @param model the model that answered, as the answer names it
     * @param usage what was used
     * @param at when, since prices change
     * @return a known cost, or unknown with the reason; never zero for want of a price
     */
    Cost price(String model, Usage usage, Instant at);
}
