package dev.gateway4j.simulator.internal.timing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The profile that explains recorded calls best: a line through their totals over their tokens, fitted so that half of the calls lie above
 * it, and around it a lognormal factor with an exponential stall now and then, chosen by the distance of Kolmogorov and Smirnov.
 *
 * @param profile the profile
 * @param distance the largest difference between the share of recorded and of explained calls that take no longer than any time; 0 to 1
 * @param calls how many calls were fitted
 */
public record LatencyFit(LatencyProfile profile, double distance, int calls) {
    private static final int FEWEST = 8;
    private static final int MOST_POINTS = 400;
    private static final int STEPS = 48;
    private static final double[] MEANS = {0.2, 0.3, 0.4, 0.6, 0.9, 1.4, 2, 3.2, 6.4};

    /**
     * Fits a profile.
     *
     * @param name the name it gets
     * @param samples at least eight calls
     * @throws IllegalArgumentException if there are fewer
     */
    public static LatencyFit of(String name, List<Sample> samples) {
        if (samples.size() < FEWEST) {
            throw new IllegalArgumentException(
                    "there are " + samples.size() + " recorded calls; a fit needs " + FEWEST + " or more");
        }
        double token = slope(samples);
        double base = intercept(samples, token);
        double[] ratios = ratios(samples, base, token);
        Shape best = Shape.of(ratios, 0.05, 0, 0.2);
        for (int c = 1; c <= 16; c++) {
            for (int p = 0; p <= 10; p++) {
                double core = c * 0.05;
                double spike = p * 0.05;
                for (int m = 0; m < (p == 0 ? 1 : 9); m++) {
                    double mean = MEANS[m];
                    // Half of the calls lie above the line, stalls included: the core is that much lower.
                    Shape shape = Shape.of(ratios, core, spike, mean);
                    best = shape.distance < best.distance ? shape : best;
                }
            }
        }
        LatencyProfile fitted = LatencyProfile.plain(name, base * best.scale, token * best.scale)
                .scattered(best.core, best.spike, best.mean, headers(samples, base * best.scale));
        return new LatencyFit(fitted, best.distance, samples.size());
    }

    /** The median of the slopes between all pairs of calls (Theil and Sen), of at most some thousands of pairs. */
    private static double slope(List<Sample> samples) {
        int stride = Math.max(1, samples.size() / 120);
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += stride) {
            for (int j = i + 1; j < samples.size(); j += stride) {
                long tokens = samples.get(j).tokens() - samples.get(i).tokens();
                if (tokens != 0) {
                    slopes.add((samples.get(j).total() - samples.get(i).total()) / tokens);
                }
            }
        }
        return slopes.isEmpty() ? 0 : Math.max(0, median(slopes));
    }

    private static double intercept(List<Sample> samples, double token) {
        List<Double> rests = new ArrayList<>();
        for (Sample sample : samples) {
            rests.add(sample.total() - token * sample.tokens());
        }
        return Math.max(1, median(rests));
    }

    private static double[] ratios(List<Sample> samples, double base, double token) {
        double[] all = samples.stream()
                .mapToDouble(sample -> sample.total() / (base + token * sample.tokens()))
                .sorted()
                .toArray();
        if (all.length <= MOST_POINTS) {
            return all;
        }
        double[] some = new double[MOST_POINTS];
        for (int i = 0; i < MOST_POINTS; i++) {
            some[i] = all[(int) ((i + 0.5) * all.length / MOST_POINTS)];
        }
        return some;
    }

    /** Headers of a stream come with its first token, as far as recordings tell. */
    private static double headers(List<Sample> samples, double base) {
        List<Double> firsts = new ArrayList<>();
        for (Sample sample : samples) {
            sample.first().ifPresent(firsts::add);
        }
        return firsts.isEmpty() ? base : median(firsts);
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    /** One guess at the factor on the line: {@code scale * (lognormal(core) + [spike] exponential(mean))}. */
    private record Shape(double core, double spike, double mean, double scale, double distance) {
        static Shape of(double[] sorted, double core, double spike, double mean) {
            double low = 0.2;
            double high = 1.5;
            for (int i = 0; i < 30; i++) {
                double scale = (low + high) / 2;
                if (share(1 / scale, core, spike, mean) > 0.5) {
                    low = scale;
                } else {
                    high = scale;
                }
            }
            double scale = (low + high) / 2;
            double distance = 0;
            for (int i = 0; i < sorted.length; i++) {
                double share = share(sorted[i] / scale, core, spike, mean);
                distance = Math.max(distance, Math.abs(share - (double) i / sorted.length));
                distance = Math.max(distance, Math.abs(share - (i + 1.0) / sorted.length));
            }
            return new Shape(core, spike, mean, scale, distance);
        }

        /** The share of factors up to {@code x}, by the midpoint rule over the core's quantiles. */
        static double share(double x, double core, double spike, double mean) {
            double plain = normal(Math.log(x) / core);
            if (spike == 0) {
                return plain;
            }
            double stalled = 0;
            for (int i = 0; i < STEPS; i++) {
                double value = Math.exp(core * QUANTILES[i]);
                stalled += value < x ? 1 - Math.exp(-(x - value) / mean) : 0;
            }
            return (1 - spike) * plain + spike * stalled / STEPS;
        }
    }

    private static final double[] QUANTILES = quantiles();

    private static double[] quantiles() {
        double[] quantiles = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double share = (i + 0.5) / STEPS;
            double low = -6;
            double high = 6;
            for (int step = 0; step < 60; step++) {
                double middle = (low + high) / 2;
                if (normal(middle) < share) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            quantiles[i] = (low + high) / 2;
        }
        return quantiles;
    }

    /**
     * The share of a standard normal distribution up to {@code z}; Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26, right
     * to 1.5e-7.
     */
    private static double normal(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * x);
        double poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        double half = poly * Math.exp(-x * x) / 2;
        return z > 0 ? 1 - half : half;
    }
}
