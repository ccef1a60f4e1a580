package dev.gateway4j.testkit;

import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.spi.PriceBook;
import java.math.BigDecimal;

/** Shows that the contract can be passed; a gateway's own price book is internal to it. */
class SamplePriceBookTest extends PriceBookContract {
    @Override
    protected PriceBook priceBook() {
        return (model, usage, at) -> model.equals("sample")
                ? new Cost.Known(BigDecimal.valueOf(usage.totalTokens(), 6))
                : new Cost.Unknown("no price for " + model);
    }

    @Override
    protected String knownModel() {
        return "sample";
    }
}
