package dev.gateway4j.okhttp.internal.limit;

import java.util.Locale;

/** Durations as people and as limit headers say them, rounded up so that nobody comes too early. */
final class Durations {
    private static final long MILLI = 1_000_000;
    private static final long TENTH = 100 * MILLI;

    private Durations() {}

    /** Such as {@code 11.8 s}, {@code 12 min} or {@code 5.3 h}. */
    static String words(long nanos) {
        long tenths = Math.max(1, up(nanos, TENTH));
        if (tenths < 1_200) {
            return tenths % 10 == 0
                    ? tenths / 10 + " s"
                    : String.format(Locale.ROOT, "%d.%d s", tenths / 10, tenths % 10);
        }
        long minutes = up(tenths, 600);
        return minutes < 120
                ? minutes + " min"
                : String.format(Locale.ROOT, "%d.%d h", up(minutes, 6) / 10, up(minutes, 6) % 10);
    }

    /** As Go prints them and OpenAI sends them: {@code 0s}, {@code 17ms}, {@code 6.596s}, {@code 1m4.8s}, {@code 23h47m36s}. */
    static String go(long nanos) {
        long millis = nanos <= 0 ? 0 : up(nanos, MILLI);
        if (millis == 0) {
            return "0s";
        }
        if (millis < 1_000) {
            return millis + "ms";
        }
        long hours = millis / 3_600_000;
        long minutes = millis / 60_000 % 60;
        StringBuilder text = new StringBuilder();
        if (hours > 0) {
            text.append(hours).append('h');
        }
        if (hours > 0 || minutes > 0) {
            text.append(minutes).append('m');
        }
        return text.append(seconds(millis % 60_000)).append('s').toString();
    }

    private static String seconds(long millis) {
        if (millis % 1_000 == 0) {
            return Long.toString(millis / 1_000);
        }
        String fraction = Long.toString(1_000 + millis % 1_000).substring(1);
        int end = fraction.length();
        while (fraction.charAt(end - 1) == '0') {
            end--;
        }
        return millis / 1_000 + "." + fraction.substring(0, end);
    }

    private static long up(long value, long unit) {
        return value / unit + (value % unit == 0 ? 0 : 1);
    }
}
