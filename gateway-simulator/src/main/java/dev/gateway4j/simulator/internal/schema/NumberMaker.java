package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Makes numbers: those of the prompt where they fit, or some that suit the name. Used by one generator. */
final class NumberMaker {
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final BigDecimal WIDTH = BigDecimal.valueOf(100);

    private final Hints hints;
    private final Draws draws;

    NumberMaker(Hints hints, Draws draws) {
        this.hints = hints;
        this.draws = draws;
    }

    JsonNode number(ObjectNode flat, Place place, boolean whole) {
        Bounds bounds = Bounds.of(flat);
        BigDecimal step = step(flat, whole, place);
        Kind kind = Kind.of(place.name(), Place.description(flat));
        if (kind.lifted()) {
            for (BigDecimal said : hints.numbers()) {
                if (!bounds.below(said)
                        && !bounds.above(said)
                        && said.remainder(step).signum() == 0) {
                    hints.usedNumber(said);
                    return Nodes.number(said);
                }
            }
        }
        boolean free = !whole && !flat.path("multipleOf").isNumber();
        return Nodes.number(drawn(bounds, step, free, kind, place));
    }

    private static BigDecimal step(ObjectNode flat, boolean whole, Place place) {
        JsonNode multiple = flat.path("multipleOf");
        BigDecimal step = multiple.isNumber() ? multiple.decimalValue() : whole ? BigDecimal.ONE : CENT;
        if (step.signum() <= 0) {
            throw place.impossible("'multipleOf' must be more than 0");
        }
        return whole && multiple.isNumber() ? Flattener.Steps.common(step, BigDecimal.ONE) : step;
    }

    private BigDecimal drawn(Bounds bounds, BigDecimal step, boolean free, Kind kind, Place place) {
        BigDecimal low = bounds.low();
        BigDecimal high = bounds.high();
        BigDecimal from = BigDecimal.valueOf(kind.low());
        BigDecimal to = BigDecimal.valueOf(kind.high());
        boolean overlaps = !bounds.below(to) && !bounds.above(from);
        BigDecimal width = WIDTH.max(step.multiply(WIDTH));
        if (overlaps) {
            from = low == null ? from : low.max(from);
            to = high == null ? to : high.min(to);
        } else if (low != null) {
            from = low;
            to = high == null ? low.add(width) : high;
        } else if (high != null) {
            from = high.subtract(width);
            to = high;
        }
        BigDecimal fine = free ? finer(from, to, step) : step;
        return between(from, to, fine, bounds, free, place);
    }

    /** In a narrow range a hundredth of a number may be too coarse. */
    private static BigDecimal finer(BigDecimal from, BigDecimal to, BigDecimal step) {
        BigDecimal width = to.subtract(from);
        if (width.signum() <= 0 || width.compareTo(BigDecimal.ONE) >= 0) {
            return step;
        }
        return BigDecimal.ONE
                .movePointLeft(2 + width.scale() - width.precision() + 1)
                .min(step);
    }

    private BigDecimal between(
            BigDecimal from, BigDecimal to, BigDecimal step, Bounds bounds, boolean free, Place place) {
        BigInteger first = from.divide(step, 0, RoundingMode.CEILING).toBigInteger();
        BigInteger last = to.divide(step, 0, RoundingMode.FLOOR).toBigInteger();
        if (bounds.below(times(first, step))) {
            first = first.add(BigInteger.ONE);
        }
        if (bounds.above(times(last, step))) {
            last = last.subtract(BigInteger.ONE);
        }
        if (first.compareTo(last) > 0) {
            return remaining(from, step, bounds, free, place);
        }
        int count = last.subtract(first)
                .add(BigInteger.ONE)
                .min(BigInteger.valueOf(1_000_000))
                .intValue();
        return times(first.add(BigInteger.valueOf(draws.below(count))), step);
    }

    /** The typical range held none: the nearest that is allowed, or none at all. */
    private static BigDecimal remaining(BigDecimal from, BigDecimal step, Bounds bounds, boolean free, Place place) {
        BigDecimal start = bounds.low() != null ? bounds.low() : bounds.high() != null ? bounds.high() : from;
        if (free && !bounds.below(start) && !bounds.above(start)) {
            return start;
        }
        BigInteger near = start.divide(step, 0, RoundingMode.FLOOR).toBigInteger();
        for (int i = -1; i <= 2; i++) {
            BigDecimal value = times(near.add(BigInteger.valueOf(i)), step);
            if (!bounds.below(value) && !bounds.above(value)) {
                return value;
            }
        }
        throw place.impossible("no number lies between its limits");
    }

    private static BigDecimal times(BigInteger count, BigDecimal step) {
        return new BigDecimal(count).multiply(step);
    }
}
