package dev.gateway4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.spi.PriceBook;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link PriceBook} promises. Extend it in your tests, say how to make your price book, and its tests run with yours. */
public abstract class PriceBookContract {
    /** For subclasses. */
    protected PriceBookContract() {}

    /** A price book. */
    protected abstract PriceBook priceBook();

    /** The name of a model that it has a price for. */
    protected abstract String knownModel();

    /** A time at which that model has a price. */
    protected Instant at() {
        return Instant.parse("2026-06-01T00:00:00Z");
    }

    @Test
    void a_model_without_a_price_costs_an_unknown_amount_and_never_nothing() {
        assertInstanceOf(Cost.Unknown.class, priceBook().price("no-such-model-0000", Usage.of(1000, 1000), at()));
        assertInstanceOf(Cost.Unknown.class, priceBook().price("", Usage.of(1000, 1000), at()));
    }

    @Test
    void more_tokens_never_cost_less() {
        BigDecimal little = usd(Usage.of(1_000, 1_000));

        assertTrue(little.signum() >= 0, "a negative price");
        assertTrue(usd(Usage.of(1_000_000, 1_000)).compareTo(little) >= 0, "more input costs less");
        assertTrue(usd(Usage.of(1_000, 1_000_000)).compareTo(little) >= 0, "more output costs less");
    }

    @Test
    void some_usage_costs_something() {
        assertTrue(usd(Usage.of(1_000_000, 1_000_000)).signum() > 0, "a known model that costs nothing");
    }

    @Test
    void input_from_the_prompt_cache_never_costs_more_than_other_input() {
        BigDecimal fresh = usd(new Usage(100_000, 0, 0, 10, 0));

        BigDecimal cached = usd(new Usage(100_000, 90_000, 0, 10, 0));

        assertTrue(cached.compareTo(fresh) <= 0, "cached input costs more");
    }

    @Test
    void the_same_question_has_the_same_answer() {
        Usage usage = new Usage(1234, 200, 100, 567, 89);

        assertEquals(priceBook().price(knownModel(), usage, at()), priceBook().price(knownModel(), usage, at()));
    }

    private BigDecimal usd(Usage usage) {
        return assertInstanceOf(Cost.Known.class, priceBook().price(knownModel(), usage, at()))
                .usd();
    }
}
