package dev.gateway4j.api.call;

import java.math.BigDecimal;

/**
 * What replay did not spend: the calls that recordings answered, as far as the answers say what they used.
 *
 * @param calls how many there were
 * @param inputTokens what they would have sent
 * @param outputTokens what they would have received
 * @param usd what that would have cost, the calls without a price left out
 * @param unpricedCalls how many of the calls have no price
 */
public record Savings(long calls, long inputTokens, long outputTokens, BigDecimal usd, long unpricedCalls) {
    /** Nothing saved so far. */
    public static final Savings NONE = new Savings(0, 0, 0, BigDecimal.ZERO, 0);

    /** These savings and one more call. */
    public Savings plus(Usage usage, Cost price) {
        boolean priced = price instanceof Cost.Known;
        return new Savings(
                calls + 1,
                inputTokens + usage.inputTokens(),
                outputTokens + usage.outputTokens(),
                price instanceof Cost.Known known ? usd.add(known.usd()) : usd,
                priced ? unpricedCalls : unpricedCalls + 1);
    }
}
