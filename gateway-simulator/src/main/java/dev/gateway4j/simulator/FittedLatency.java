package dev.gateway4j.simulator;

import dev.gateway4j.simulator.internal.timing.Latency;
import dev.gateway4j.simulator.internal.timing.LatencyFit;
import dev.gateway4j.simulator.internal.timing.LatencyProfile;
import java.nio.file.Path;

/**
 * A latency profile that explains recorded calls. Put {@link #line()} into a file, and name it: {@code file:latency.csv#ours}.
 *
 * @param line the profile, in the columns of {@link #COLUMNS}
 * @param distance the largest difference between the share of recorded and of explained calls that take no longer than any time; 0 to 1, the
 *     distance of Kolmogorov and Smirnov
 * @param calls how many calls were fitted
 */
public record FittedLatency(String line, double distance, int calls) {
    /** What the cells of a line mean, in their order; times in milliseconds. */
    public static final String COLUMNS = LatencyProfile.COLUMNS;

    /**
     * Fits a profile.
     *
     * @param name the name it gets
     * @param calls JSON lines, each an object with {@code total_ms}, {@code output_tokens} and, for streams, {@code ttft_ms}; at least eight
     * @throws IllegalArgumentException if the file cannot be read, a line of it is wrong, or there are too few
     */
    public static FittedLatency of(String name, Path calls) {
        if (!name.matches("[^,#\\s]+")) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a profile; it has no comma, no # and no white space");
        }
        LatencyFit fit = LatencyFit.of(name, Latency.samples(calls));
        return new FittedLatency(fit.profile().line(), fit.distance(), fit.calls());
    }
}
