package dev.gateway4j.api.config;

import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The amounts of one environment, by their places; later ones replace earlier ones at the same place. */
final class LimitAmounts {
    private final Map<Place, Long> amounts = new LinkedHashMap<>();

    /**
     * Where an amount stands.
     *
     * @param group the section, such as {@code per_user}, or the map, such as {@code users}; empty for the environment's own
     * @param subject the name in the map, else empty
     * @param amount such as {@code requests_per_minute}
     */
    record Place(String group, String subject, String amount) {
        /** The path below {@code rate_limits}. */
        String path() {
            return Stream.of(group, subject, amount)
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("."));
        }

        Place with(String otherAmount) {
            return new Place(group, subject, otherAmount);
        }

        private LimitKeys.Counted counted() {
            return Optional.ofNullable(LimitKeys.AMOUNTS.get(amount)).orElseThrow();
        }

        private LimitRule rule(long value) {
            LimitScope scope = Optional.ofNullable(LimitKeys.SCOPES.get(group))
                    .or(() -> Optional.ofNullable(LimitKeys.NAMED.get(group)))
                    .orElse(LimitScope.ENVIRONMENT);
            String whom = subject.isEmpty() ? LimitRule.EACH : subject;
            return new LimitRule(scope, whom, counted().kind(), value, counted().window(), path());
        }
    }

    void put(Place place, long amount) {
        amounts.put(place, amount);
    }

    void putAll(LimitAmounts others) {
        amounts.putAll(others.amounts);
    }

    boolean isEmpty() {
        return amounts.isEmpty();
    }

    List<LimitRule> rules() {
        return amounts.entrySet().stream()
                .map(entry -> entry.getKey().rule(entry.getValue()))
                .toList();
    }

    /** Every amount times the factor, rounded down, but at least 1. Those that become too large are handed to {@code tooLarge}. */
    LimitAmounts times(BigDecimal factor, Consumer<String> tooLarge) {
        LimitAmounts scaled = new LimitAmounts();
        amounts.forEach((place, amount) -> {
            BigDecimal exact = BigDecimal.valueOf(amount).multiply(factor).setScale(0, RoundingMode.DOWN);
            long largest = place.counted().largest();
            if (exact.compareTo(BigDecimal.valueOf(largest)) > 0) {
                tooLarge.accept(place.path() + " " + amount + " times " + factor.toPlainString() + " is more than "
                        + largest + ", the largest amount it can have");
            }
            scaled.put(
                    place,
                    exact.max(BigDecimal.ONE).min(BigDecimal.valueOf(largest)).longValueExact());
        });
        return scaled;
    }

    /** A sentence for every amount that can never be reached, since a longer window allows less. */
    List<String> idle() {
        return amounts.entrySet().stream()
                .filter(entry -> entry.getKey().counted().kind() != LimitKind.CONCURRENCY)
                .flatMap(entry -> tighter(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private Optional<String> tighter(Place place, long amount) {
        LimitKeys.Counted counted = place.counted();
        for (Map.Entry<String, Duration> window : LimitKeys.WINDOWS.entrySet()) {
            Place longer = place.with(counted.kind().id() + "_per_" + window.getKey());
            Long allowed = amounts.get(longer);
            if (window.getValue().compareTo(counted.window()) > 0 && allowed != null && allowed < amount) {
                return Optional.of("gateway.rate_limits." + place.path() + " is " + amount
                        + " and never reached, since " + longer.path() + " is " + allowed + ".");
            }
        }
        return Optional.empty();
    }
}
