package dev.gateway4j.api.openai;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads how long a server says something takes. Never throws; what is not understood is empty; never more than the longest. */
final class ServerTime {
    private static final int LONGEST_TEXT = 64;
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal MOST = BigDecimal.valueOf(LimitHeaders.LONGEST.toNanos());

    /** Go writes the micro sign; others write the Greek letter or an ASCII u. */
    private static final Map<String, BigDecimal> UNITS = Map.of(
            "h", SECOND.multiply(BigDecimal.valueOf(3600)),
            "m", SECOND.multiply(BigDecimal.valueOf(60)),
            "s", SECOND,
            "ms", BigDecimal.valueOf(1_000_000),
            "us", BigDecimal.valueOf(1_000),
            "\u00b5s", BigDecimal.valueOf(1_000),
            "\u03bcs", BigDecimal.valueOf(1_000),
            "ns", BigDecimal.ONE);

    private ServerTime() {}

    /** A number of seconds, a Go duration, or the time until a date or an instant. */
    static Optional<Duration> read(@Nullable String text, Instant now) {
        return number(text, SECOND).or(() -> goDuration(text)).or(() -> until(text, now));
    }

    /** A number of units of so many nanoseconds. */
    static Optional<Duration> number(@Nullable String text, BigDecimal unitNanos) {
        String number = bounded(text);
        int end = endOf(number, 0, ServerTime::isNumber);
        return end == 0 || end < number.length()
                ? Optional.empty()
                : decimal(number).map(value -> duration(value.multiply(unitNanos)));
    }

    private static Optional<Duration> goDuration(@Nullable String text) {
        String parts = bounded(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int at = 0;
        while (at < parts.length()) {
            int unitAt = endOf(parts, at, ServerTime::isNumber);
            int next = endOf(parts, unitAt, c -> !isNumber(c));
            Optional<BigDecimal> value = decimal(parts.substring(at, unitAt));
            @Nullable BigDecimal unit = UNITS.get(parts.substring(unitAt, next));
            if (value.isEmpty() || unit == null) {
                return Optional.empty();
            }
            nanos = nanos.add(value.get().multiply(unit));
            at = next;
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(duration(nanos));
    }

    private static Optional<Duration> until(@Nullable String text, Instant now) {
        String date = bounded(text);
        return instant(date, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .or(() -> instant(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                .map(then -> clamp(Duration.between(now, then)));
    }

    private static Optional<Instant> instant(String text, DateTimeFormatter format) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(format.parse(text, Instant::from));
        } catch (DateTimeException notThisFormat) {
            return Optional.empty();
        }
    }

    private static Duration clamp(Duration time) {
        Duration positive = time.isNegative() ? Duration.ZERO : time;
        return positive.compareTo(LimitHeaders.LONGEST) > 0 ? LimitHeaders.LONGEST : positive;
    }

    /** Rounded up: who comes a nanosecond early has come too early. */
    private static Duration duration(BigDecimal nanos) {
        return Duration.ofNanos(
                nanos.min(MOST).setScale(0, RoundingMode.CEILING).longValueExact());
    }

    private static Optional<BigDecimal> decimal(String number) {
        int digits = number.replace(".", "").length();
        return digits == 0 || number.length() - digits > 1 ? Optional.empty() : Optional.of(new BigDecimal(number));
    }

    private static int endOf(String text, int from, IntPredicate wanted) {
        int end = from;
        while (end < text.length() && wanted.test(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isNumber(int c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    /** Nothing a server means is longer than this, so what is longer is not looked at. */
    private static String bounded(@Nullable String text) {
        return text == null || text.length() > LONGEST_TEXT ? "" : text.strip();
    }
}
