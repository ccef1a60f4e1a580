package dev.gateway4j.okhttp.internal.cache.shape;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Shares out a number by weights, so that the shares add up to exactly that number: the largest remainders get what is left. */
final class Shares {
    private static final int MAX_DIGITS = 30;

    private Shares() {}

    /** True if the number can be shared out and added up without effort. */
    static boolean isModest(BigDecimal number) {
        return number.signum() >= 0
                && number.precision() <= MAX_DIGITS
                && Math.abs((long) number.scale()) <= MAX_DIGITS;
    }

    /** One share for each weight, in units of the last digit of the number. Equal shares if no weight says anything. */
    static List<BigDecimal> of(BigDecimal number, long[] weights) {
        long sum = 0;
        for (long weight : weights) {
            sum += weight;
        }
        BigInteger units = number.unscaledValue();
        BigInteger total = BigInteger.valueOf(sum == 0 ? weights.length : sum);
        List<BigInteger> whole = new ArrayList<>();
        List<Remainder> remainders = new ArrayList<>();
        BigInteger left = units;
        for (int i = 0; i < weights.length; i++) {
            BigInteger weight = BigInteger.valueOf(sum == 0 ? 1 : weights[i]);
            BigInteger[] parts = units.multiply(weight).divideAndRemainder(total);
            whole.add(parts[0]);
            remainders.add(new Remainder(i, parts[1]));
            left = left.subtract(parts[0]);
        }
        remainders.sort(Comparator.comparing(Remainder::size).reversed().thenComparing(Remainder::index));
        for (Remainder remainder : remainders.subList(0, left.intValueExact())) {
            whole.set(remainder.index, whole.get(remainder.index).add(BigInteger.ONE));
        }
        return whole.stream()
                .map(share -> new BigDecimal(share, number.scale()))
                .toList();
    }

    private record Remainder(int index, BigInteger size) {}
}
