package dev.gateway4j.api.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values as people write them. Everything answers empty for what it does not understand. */
final class Values {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
    private static final Map<String, Long> SIZES =
            Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);
    private static final Map<String, Duration> TIMES = Map.ofEntries(
            Map.entry("ms", Duration.ofMillis(1)),
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("seconds", Duration.ofSeconds(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("minutes", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("hours", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("day", Duration.ofDays(1)),
            Map.entry("days", Duration.ofDays(1)));

    private Values() {}

    /** How names of choices are compared: any case, {@code -} and {@code _} alike. */
    static String normal(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** The constant a checked choice stands for. */
    static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Enum.valueOf(type, normal(text).toUpperCase(Locale.ROOT));
    }

    static Optional<Boolean> truth(String text) {
        return switch (normal(text)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static OptionalLong whole(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    static boolean isCount(String text) {
        return whole(text).orElse(0) >= 1;
    }

    static boolean isSmallCount(String text) {
        return isCount(text) && whole(text).orElse(0) <= Integer.MAX_VALUE;
    }

    /** A number that is not negative, of a length that cannot be abused. */
    static Optional<BigDecimal> decimal(String text) {
        boolean plain = text.strip().matches("\\d{1,18}(\\.\\d{1,18})?");
        return plain ? Optional.of(new BigDecimal(text.strip())) : Optional.empty();
    }

    static boolean isPercent(String text) {
        return text.strip().endsWith("%")
                && decimal(text.strip().substring(0, text.strip().length() - 1)).isPresent();
    }

    /** {@code 0.1} or {@code 10%}; more than 0. */
    static Optional<BigDecimal> factor(String text) {
        return ratio(text).filter(value -> value.signum() > 0);
    }

    /** {@code 0.01} or {@code 1%}; from nothing to everything. */
    static Optional<BigDecimal> share(String text) {
        return ratio(text).filter(value -> value.compareTo(BigDecimal.ONE) <= 0);
    }

    private static Optional<BigDecimal> ratio(String text) {
        String number = text.strip();
        return number.endsWith("%")
                ? decimal(number.substring(0, number.length() - 1)).map(value -> value.movePointLeft(2))
                : decimal(number);
    }

    /** {@code 33554432}, {@code 32MB}, {@code 64 kb}; at least one byte. */
    static OptionalLong bytes(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        Long unit = SIZES.get(matcher.group(2).toLowerCase(Locale.ROOT));
        long number = Long.parseLong(matcher.group(1));
        if (unit == null || number < 1 || number > Long.MAX_VALUE / unit) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number * unit);
    }

    /** {@code 2026-12-01T00:00:00Z}, {@code 2026-12-01T01:00:00+01:00}, or {@code 2026-12-01}, which is the beginning of that day in UTC. */
    static Optional<Instant> instant(String text) {
        String value = text.strip();
        try {
            return Optional.of(
                    value.contains("T")
                            ? OffsetDateTime.parse(value).toInstant()
                            : LocalDate.parse(value)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** {@code 250ms}, {@code 2s}, {@code 5m}, {@code 7 days}. */
    static Optional<Duration> duration(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration unit = TIMES.get(matcher.group(2).toLowerCase(Locale.ROOT));
        long number = Long.parseLong(matcher.group(1));
        if (unit == null || number > Long.MAX_VALUE / unit.toMillis()) {
            return Optional.empty();
        }
        return Optional.of(unit.multipliedBy(number));
    }
}
