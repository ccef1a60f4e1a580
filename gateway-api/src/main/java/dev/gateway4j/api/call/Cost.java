package dev.gateway4j.api.call;

import java.math.BigDecimal;

/** What a call cost. A price that is not known is unknown, never zero. */
public sealed interface Cost {
    /** A cost of nothing: errors, refusals, cached and replayed answers. Simulated answers cost what the real ones would have. */
    Cost NOTHING = new Known(BigDecimal.ZERO);

    /** The amount in plain decimals, or {@code unknown}; as in the cost line. */
    String text();

    /**
     * A cost in US dollars.
     *
     * @param usd the exact amount, not negative
     */
    record Known(BigDecimal usd) implements Cost {
        @Override
        public String text() {
            return usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString();
        }
    }

    /**
     * No price, or no usage to price.
     *
     * @param reason why, in a few words for people
     */
    record Unknown(String reason) implements Cost {
        @Override
        public String text() {
            return "unknown";
        }
    }
}
