package dev.gateway4j.okhttp.internal.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListPricesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private final ListPrices prices = ListPrices.bundled();

    /** Figures worked out by hand from OpenAI's public list of 2026-11-20. */
    @ParameterizedTest
    @CsvSource({
        "gpt-4o-mini,             1000, 0,   0,   500, 0.00045",
        "gpt-4o-mini-2024-07-18,  1000, 0,   0,   500, 0.00045",
        "gpt-4o,                  2000, 1024,0,   100, 0.00472",
        "gpt-5.6-sol,             4020, 0,   4012,10,  0.020292",
        "gpt-6-luna,              1,    0,   0,   0,   0.0000001",
        "gpt-5.4,                 272000, 0, 0,   1000, 0.695",
        "gpt-5.4,                 272001, 0, 0,   1000, 1.382505",
        "text-embedding-3-small,  5,    0,   0,   0,   0.0000001",
    })
    void a_listed_model_costs(String model, long input, long cached, long written, long output, String usd) {
        Cost cost = prices.price(model, new Usage(input, cached, written, output, 0), NOW);

        assertThat(cost.text()).isEqualTo(usd);
    }

    @Test
    void a_model_that_is_not_listed_has_no_price_rather_than_none() {
        Cost cost = prices.price("gpt-99", Usage.of(1, 1), NOW);

        assertThat(cost).isEqualTo(new Cost.Unknown("no price for model gpt-99 in the list of 2026-11-20"));
    }

    @Test
    void a_snapshot_with_prices_of_its_own_does_not_cost_what_its_family_does() {
        assertThat(prices.price("gpt-4o-2024-05-13", Usage.of(1_000_000, 0), NOW)
                        .text())
                .isEqualTo("5");
    }
}
