package dev.gateway4j.simulator.internal.timing;

import dev.gateway4j.simulator.internal.model.Resources;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long answers take. Times in milliseconds; the meaning of each is told at the head of the data file.
 *
 * @param name the name used in settings
 * @param base before the first token
 * @param token per token
 * @param header before the headers of a streamed response
 * @param core deviation of the lognormal factor on an answer
 * @param gap deviation of the lognormal factor on a token
 * @param spike probability of a stall before the answer
 * @param spikeMean its mean, in times of the whole answer
 * @param pause probability of a pause between two tokens
 * @param pauseMean its mean
 * @param tail median wait between the last token and the end of a stream
 */
public record LatencyProfile(
        String name,
        double base,
        double token,
        double header,
        double core,
        double gap,
        double spike,
        double spikeMean,
        double pause,
        double pauseMean,
        double tail) {
    private static final Map<String, LatencyProfile> PROFILES = profiles();

    /** The profile of this name. */
    public static Optional<LatencyProfile> named(String name) {
        return Optional.ofNullable(PROFILES.get(name));
    }

    /** The names of all profiles. */
    public static Set<String> names() {
        return PROFILES.keySet();
    }

    /** True if nothing takes any time. */
    public boolean instant() {
        return base == 0 && token == 0 && header == 0 && tail == 0;
    }

    private static Map<String, LatencyProfile> profiles() {
        Map<String, LatencyProfile> profiles = new LinkedHashMap<>();
        for (String line : Resources.lines("latency.csv")) {
            LatencyProfile profile = parsed(line.split(",", -1));
            profiles.put(profile.name(), profile);
        }
        return Collections.unmodifiableMap(profiles);
    }

    private static LatencyProfile parsed(String[] cells) {
        double[] n = new double[cells.length];
        for (int i = 1; i < cells.length; i++) {
            n[i] = Double.parseDouble(cells[i]);
        }
        return new LatencyProfile(cells[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10]);
    }
}
