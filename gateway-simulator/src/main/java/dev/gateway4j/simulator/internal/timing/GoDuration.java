package dev.gateway4j.simulator.internal.timing;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go prints them, and as OpenAI does in headers and messages: {@code 0s}, {@code 17ms}, {@code 6.596s}, {@code 1m4.8s}. */
public final class GoDuration {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final Pattern PARTS = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,3})?(?:ms|h|m|s))+");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|h|m|s)");

    private static final BigDecimal LONGEST = BigDecimal.valueOf(30 * 24 * HOUR);

    private GoDuration() {}

    /** So many milliseconds as text. */
    public static String text(long millis) {
        if (millis == 0) {
            return "0s";
        }
        if (millis < SECOND) {
            return millis + "ms";
        }
        long hours = millis / HOUR;
        long minutes = millis % HOUR / MINUTE;
        String seconds =
                BigDecimal.valueOf(millis % MINUTE, 3).stripTrailingZeros().toPlainString() + "s";
        if (hours > 0) {
            return hours + "h" + minutes + "m" + seconds;
        }
        return minutes == 0 ? seconds : minutes + "m" + seconds;
    }

    /** The duration a text means, to the millisecond; empty if it means none or more than 30 days. */
    public static Optional<Duration> parse(String text) {
        if (!PARTS.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal millis = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            millis = millis.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))));
        }
        return millis.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis.longValue()));
    }

    private static long unit(String name) {
        return switch (name) {
            case "h" -> HOUR;
            case "m" -> MINUTE;
            case "s" -> SECOND;
            default -> 1;
        };
    }
}
