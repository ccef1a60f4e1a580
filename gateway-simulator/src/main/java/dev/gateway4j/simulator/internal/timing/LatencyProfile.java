package dev.gateway4j.simulator.internal.timing;

import dev.gateway4j.simulator.internal.model.Resources;
import java.math.BigDecimal;
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
 * @param join probability that a token arrives together with the one before it
 * @param tail median wait between the last token and the end of a stream
 * @param prefill per million uncached input tokens
 * @param prefill2 per million uncached input tokens, squared
 * @param upload per megabyte of request body
 * @param slots how many answers are worked on at once; 0 for any number
 * @param max the longest an answer takes, apart from waiting for a slot; 0 for no end
 * @param quick median of embeddings and listings
 * @param refused median of refused requests
 * @param picture median of a picture
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
        double join,
        double tail,
        double prefill,
        double prefill2,
        double upload,
        int slots,
        double max,
        double quick,
        double refused,
        double picture) {
    /** The columns of a profile in a file, in order. */
    public static final String COLUMNS =
            "name,base,token,header,core,gap,spike,spike_mean,pause,pause_mean,join,tail,prefill,prefill2,upload,slots,max,"
                    + "quick,refused,picture";

    private static final int CELLS = COLUMNS.split(",", -1).length;
    private static final Map<String, LatencyProfile> PROFILES = profiles();

    /** The built-in profile of this name. */
    public static Optional<LatencyProfile> named(String name) {
        return Optional.ofNullable(PROFILES.get(name));
    }

    /** The names of all built-in profiles. */
    public static Set<String> names() {
        return PROFILES.keySet();
    }

    /** True if nothing takes any time. */
    public boolean instant() {
        return base == 0 && token == 0 && header == 0 && tail == 0;
    }

    /** This profile so many times as fast. */
    public LatencyProfile faster(double speed) {
        return new LatencyProfile(
                name,
                base / speed,
                token / speed,
                header / speed,
                core,
                gap,
                spike,
                spikeMean,
                pause,
                pauseMean / speed,
                join,
                tail / speed,
                prefill / speed,
                prefill2 / speed,
                upload / speed,
                slots,
                max / speed,
                quick / speed,
                refused / speed,
                picture / speed);
    }

    /** This profile with so many slots; 0 for any number. */
    public LatencyProfile withSlots(int count) {
        return changed(count, max);
    }

    /** This profile with another longest time in milliseconds; 0 for no end. */
    public LatencyProfile withMax(double millis) {
        return changed(slots, millis);
    }

    /**
     * Reads a line of {@link #COLUMNS}.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static LatencyProfile of(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != CELLS) {
            throw new IllegalArgumentException(
                    "it has " + cells.length + " columns; a latency profile has " + CELLS + ": " + COLUMNS);
        }
        double[] n = new double[cells.length];
        for (int i = 1; i < cells.length; i++) {
            n[i] = number(cells[i].strip(), COLUMNS.split(",", -1)[i]);
        }
        return new LatencyProfile(
                cells[0].strip(),
                n[1],
                n[2],
                n[3],
                n[4],
                n[5],
                n[6],
                n[7],
                n[8],
                n[9],
                n[10],
                n[11],
                n[12],
                n[13],
                n[14],
                (int) n[15],
                n[16],
                n[17],
                n[18],
                n[19]);
    }

    /** A profile that leaves nothing to chance. */
    public static LatencyProfile plain(String name, double base, double token) {
        return new LatencyProfile(name, base, token, base, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, base, base, base);
    }

    /** This profile with chance: the factor and the stalls of its answers, and a usual scatter of its tokens. */
    LatencyProfile scattered(double factor, double stall, double stallMean, double headers) {
        return new LatencyProfile(
                name, base, token, headers, factor, 0.3, stall, stallMean, 0, 0, 0.1, 0, prefill, prefill2, upload,
                slots, max, base, base, base);
    }

    /** This profile as a line of {@link #COLUMNS}. */
    public String line() {
        StringBuilder line = new StringBuilder(name);
        for (double cell : new double[] {
            base, token, header, core, gap, spike, spikeMean, pause, pauseMean, join, tail, prefill, prefill2, upload,
            slots, max, quick, refused, picture
        }) {
            line.append(',')
                    .append(BigDecimal.valueOf(Math.round(cell * 1000), 3)
                            .stripTrailingZeros()
                            .toPlainString());
        }
        return line.toString();
    }

    private LatencyProfile changed(int count, double longest) {
        return new LatencyProfile(
                name, base, token, header, core, gap, spike, spikeMean, pause, pauseMean, join, tail, prefill, prefill2,
                upload, count, longest, quick, refused, picture);
    }

    private static double number(String cell, String column) {
        try {
            double value = Double.parseDouble(cell);
            if (value >= 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of range.
        }
        throw new IllegalArgumentException(column + " is \"" + cell + "\"; it is a number, 0 or more");
    }

    private static Map<String, LatencyProfile> profiles() {
        Map<String, LatencyProfile> profiles = new LinkedHashMap<>();
        for (String line : Resources.lines("latency.csv")) {
            LatencyProfile profile = of(line);
            profiles.put(profile.name(), profile);
        }
        return Collections.unmodifiableMap(profiles);
    }
}
