package dev.gateway4j.simulator.internal.fault;

import dev.gateway4j.simulator.internal.timing.GoDuration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** What the value of a setting looks like. */
enum Form {
    FROM_ZERO("a whole number, from 0"),
    FROM_ONE("a whole number, from 1"),
    DURATION("a duration such as 500ms, 2s or 1m30s, of 30 days (720h) at most"),
    PROBABILITY("a probability, from 0 to 1"),
    BURST("ON/OFF/SLOT such as 0.05/0.2/10s: probabilities that together are at most 1, and a duration"),
    PATTERN("a text in which * stands for anything, without quotation marks and semicolons");

    private static final int LONGEST = 200;

    private final String wanted;

    Form(String wanted) {
        this.wanted = wanted;
    }

    String wanted() {
        return wanted;
    }

    /** The value in its one form; empty if it is none. */
    Optional<String> normal(String value) {
        return switch (this) {
            case FROM_ZERO -> count(value);
            case FROM_ONE -> count(value).filter(number -> !number.equals("0"));
            case DURATION -> GoDuration.parse(value).map(Duration::toMillis).map(GoDuration::text);
            case PROBABILITY -> probability(value);
            case BURST -> Burst.normal(value);
            case PATTERN -> pattern(value);
        };
    }

    private static Optional<String> count(String value) {
        return value.matches("\\d{1,9}") ? Optional.of(Integer.toString(Integer.parseInt(value))) : Optional.empty();
    }

    private static Optional<String> probability(String value) {
        boolean percent = value.endsWith("%");
        String number = percent ? value.substring(0, value.length() - 1) : value;
        if (!number.matches("\\d{0,3}\\.?\\d{1,20}")) {
            return Optional.empty();
        }
        BigDecimal probability = new BigDecimal(number).movePointLeft(percent ? 2 : 0);
        return probability.compareTo(BigDecimal.ONE) > 0
                ? Optional.empty()
                : Optional.of(
                        probability.signum() == 0
                                ? "0"
                                : probability.stripTrailingZeros().toPlainString());
    }

    private static Optional<String> pattern(String value) {
        boolean clean = value.chars().noneMatch(c -> Character.isISOControl(c) || c == '"' || c == ';');
        return Optional.of(value).filter(text -> clean && !text.isEmpty() && text.length() <= LONGEST);
    }
}
