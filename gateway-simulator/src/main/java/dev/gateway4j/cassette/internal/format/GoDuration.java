package dev.gateway4j.cassette.internal.format;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Durations in the notation of Go, such as {@code 1m2.5s}. */
final class GoDuration {
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    /** More digits after the point make no nanosecond. */
    private static final int MAX_DIGITS = 30;

    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", MICROSECOND,
            "\u00b5s", MICROSECOND, // the micro sign
            "\u03bcs", MICROSECOND, // the Greek letter
            "ms", MILLISECOND,
            "s", SECOND,
            "m", MINUTE,
            "h", HOUR);

    private final String text;
    private int at;

    private GoDuration(String text) {
        this.text = text;
    }

    /** The duration; empty if Go would not read it: a number without a unit, an unknown unit, or more than 292 years. */
    static Optional<Duration> parse(String text) {
        boolean negative = text.startsWith("-");
        String unsigned = negative || text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        if (unsigned.isEmpty()) {
            return Optional.empty();
        }
        try {
            long nanos = new GoDuration(unsigned).nanos();
            return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(negative ? -nanos : nanos));
        } catch (ArithmeticException | NumberFormatException tooLong) {
            return Optional.empty();
        }
    }

    /** The duration as Go prints it: the largest unit that leaves no zero before the point, or hours, minutes and seconds. */
    static String print(Duration duration) {
        long nanos = nanos(duration);
        String sign = nanos < 0 ? "-" : "";
        BigDecimal size = BigDecimal.valueOf(nanos).abs();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos > -MICROSECOND && nanos < MICROSECOND) {
            return nanos + "ns";
        }
        if (size.compareTo(BigDecimal.valueOf(MILLISECOND)) < 0) {
            return sign + in(MICROSECOND, size) + "\u00b5s";
        }
        if (size.compareTo(BigDecimal.valueOf(SECOND)) < 0) {
            return sign + in(MILLISECOND, size) + "ms";
        }
        return sign + clock(size);
    }

    private static String clock(BigDecimal size) {
        BigDecimal[] hours = size.divideAndRemainder(BigDecimal.valueOf(HOUR));
        BigDecimal[] minutes = hours[1].divideAndRemainder(BigDecimal.valueOf(MINUTE));
        boolean whole = hours[0].signum() > 0;
        return (whole ? hours[0].toPlainString() + "h" : "")
                + (whole || minutes[0].signum() > 0 ? minutes[0].toPlainString() + "m" : "")
                + in(SECOND, minutes[1]) + "s";
    }

    private static String in(long unit, BigDecimal nanos) {
        BigDecimal number = nanos.divide(BigDecimal.valueOf(unit));
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** Go counts nanoseconds in 64 bits and no further. */
    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? -Long.MAX_VALUE : Long.MAX_VALUE;
        }
    }

    /** All parts together; -1 if one of them is malformed. */
    private long nanos() {
        long sum = 0;
        while (at < text.length()) {
            long part = part();
            if (part < 0) {
                return -1;
            }
            sum = Math.addExact(sum, part);
        }
        return sum;
    }

    private long part() {
        String whole = digits();
        String fraction = "";
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            fraction = digits();
        }
        Long unit = UNITS.get(unit());
        if (unit == null || (whole.isEmpty() && fraction.isEmpty())) {
            return -1;
        }
        long nanos = Math.multiplyExact(whole.isEmpty() ? 0 : Long.parseLong(whole), unit);
        return Math.addExact(nanos, fraction(fraction, unit));
    }

    private static long fraction(String digits, long unit) {
        String telling = digits.substring(0, Math.min(digits.length(), MAX_DIGITS));
        return new BigDecimal("0." + telling + "0")
                .multiply(BigDecimal.valueOf(unit))
                .longValue();
    }

    private String digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return text.substring(from, at);
    }

    private String unit() {
        int from = at;
        while (at < text.length() && text.charAt(at) != '.' && (text.charAt(at) < '0' || text.charAt(at) > '9')) {
            at++;
        }
        return text.substring(from, at);
    }
}
