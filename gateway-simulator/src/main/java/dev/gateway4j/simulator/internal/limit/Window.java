package dev.gateway4j.simulator.internal.limit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a limit counts, and over what time. */
public enum Window {
    /** Requests a minute. */
    RPM("requests", "requests per min (RPM)", 60_000),
    /** Requests a day. */
    RPD("requests", "requests per day (RPD)", 86_400_000),
    /** Tokens a minute. */
    TPM("tokens", "tokens per min (TPM)", 60_000),
    /** Tokens a day. */
    TPD("tokens", "tokens per day (TPD)", 86_400_000);

    private final String counts;
    private final String words;
    private final long millis;

    Window(String counts, String words, long millis) {
        this.counts = counts;
        this.words = words;
        this.millis = millis;
    }

    /** What it counts: {@code requests} or {@code tokens}, which is also the type of its error. */
    public String counts() {
        return counts;
    }

    /** Its name in error messages. */
    public String words() {
        return words;
    }

    /** How long it is. */
    public long millis() {
        return millis;
    }

    boolean tokens() {
        return this == TPM || this == TPD;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Window> named(String text) {
        return Arrays.stream(values())
                .filter(window -> window.text().equals(text))
                .findFirst();
    }
}
