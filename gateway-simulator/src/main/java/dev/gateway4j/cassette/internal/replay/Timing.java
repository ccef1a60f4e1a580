package dev.gateway4j.cassette.internal.replay;

import java.time.Duration;
import java.util.regex.Pattern;

/** When the bytes of a replayed answer arrive. Immutable and thread-safe. */
public final class Timing {
    private static final String RECORDED = "recorded";

    /** As the settings are checked; digits are few enough for any number to be a sensible factor. */
    private static final Pattern KNOWN =
            Pattern.compile("instant|compat|recorded(\\*(\\d{1,6}(\\.\\d{1,6})?|\\.\\d{1,6}))?");

    /** Far enough for every test, and short enough to be added to any clock. */
    private static final long MAX_NANOS = Duration.ofDays(3650).toNanos();

    private static final long COMPATIBLE_HEAD = Duration.ofMillis(2).toNanos();
    private static final long COMPATIBLE_GAP = Duration.ofMillis(1).toNanos();

    /** Everything at once. */
    public static final Timing INSTANT = new Timing(false, 0);

    /** As Envoy AI Gateway's test server: 2 ms to the first event and 1 ms after each. */
    public static final Timing COMPATIBLE = new Timing(true, 0);

    private final boolean compatible;
    private final double factor;

    private Timing(boolean compatible, double factor) {
        this.compatible = compatible;
        this.factor = factor;
    }

    /**
     * A timing as the settings write it: {@code instant}, {@code compat}, {@code recorded} or {@code recorded*FACTOR}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Timing of(String setting) {
        if (!KNOWN.matcher(setting).matches()) {
            throw new IllegalArgumentException('"' + setting + '"'
                    + " is not a timing; write instant, compat, recorded or recorded*FACTOR, such as recorded*0.1");
        }
        if (setting.equals("compat")) {
            return COMPATIBLE;
        }
        if (!setting.startsWith(RECORDED)) {
            return INSTANT;
        }
        return new Timing(
                false, setting.equals(RECORDED) ? 1 : Double.parseDouble(setting.substring(RECORDED.length() + 1)));
    }

    /** How a body is cut into pieces. The test server knows events of one kind and sends all else in one write. */
    EventCutter cutter(EventCutter ofItsType) {
        return compatible && ofItsType != EventCutter.SSE ? EventCutter.WHOLE : ofItsType;
    }

    /** True if recorded times count. */
    boolean followsTheRecording() {
        return factor > 0;
    }

    /** How long after the request the headers arrive. The test server sends them together with the first event of a stream. */
    long head(Duration recorded, boolean stream) {
        if (compatible) {
            return COMPATIBLE_HEAD + (stream ? COMPATIBLE_GAP : 0);
        }
        return followsTheRecording() ? scaled(nanos(recorded)) : 0;
    }

    /** How long after the headers a piece of the body arrives. */
    long piece(int index, long recordedNanos) {
        return compatible ? index * COMPATIBLE_GAP : scaled(recordedNanos);
    }

    private long scaled(long nanos) {
        return (long) Math.min((double) nanos * factor, (double) MAX_NANOS);
    }

    private static long nanos(Duration recorded) {
        boolean absurd = recorded.compareTo(Duration.ofNanos(MAX_NANOS)) > 0;
        return absurd ? MAX_NANOS : Math.max(0, recorded.toNanos());
    }
}
