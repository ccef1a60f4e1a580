package dev.gateway4j.simulator.internal.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be set about a fault, in the order of texts. */
public enum Setting {
    /** After how many events it strikes. */
    AFTER(false, Form.FROM_ZERO),
    /** By how long. */
    BY(false, Form.DURATION),
    /** How many bytes. */
    BYTES(false, Form.FROM_ONE),
    /** With what probability. */
    P(true, Form.PROBABILITY),
    /** At the n-th request only. */
    NTH(true, Form.FROM_ONE),
    /** At the first requests only. */
    FIRST(true, Form.FROM_ONE),
    /** At every k-th request. */
    EVERY(true, Form.FROM_ONE),
    /** At the first arrivals of one and the same request. */
    TRIES(true, Form.FROM_ONE),
    /** From when on, counted from the start of the simulator. */
    FROM(true, Form.DURATION),
    /** Until when, counted from the start of the simulator. */
    TO(true, Form.DURATION),
    /** In bursts. */
    BURST(true, Form.BURST),
    /** For endpoints. */
    ENDPOINT(true, Form.PATTERN),
    /** For models. */
    MODEL(true, Form.PATTERN),
    /** For keys. */
    KEY(true, Form.PATTERN),
    /** For users. */
    USER(true, Form.PATTERN),
    /** For tenants. */
    TENANT(true, Form.PATTERN),
    /** For features. */
    FEATURE(true, Form.PATTERN);

    private final boolean everywhere;
    private final Form form;

    Setting(boolean everywhere, Form form) {
        this.everywhere = everywhere;
        this.form = form;
    }

    /** The name in texts. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean everywhere() {
        return everywhere;
    }

    /**
     * The value in its one form.
     *
     * @throws IllegalArgumentException if it is none
     */
    String checked(String value) {
        return form.normal(value)
                .orElseThrow(() -> new IllegalArgumentException(
                        text() + "=" + value + " does not work; " + text() + " is " + form.wanted()));
    }

    static Optional<Setting> named(String text) {
        return Arrays.stream(values())
                .filter(setting -> setting.text().equals(text))
                .findFirst();
    }

    static List<String> all() {
        return Arrays.stream(values()).map(Setting::text).toList();
    }
}
