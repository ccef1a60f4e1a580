package dev.gateway4j.simulator.internal.http;

/** Keys as errors show them. */
public final class Masked {
    private static final int SHOWN_WHOLE = 12;
    private static final int HEAD = 8;
    private static final int TAIL = 4;

    private Masked() {}

    /** A key with stars for all but its beginning and its end; a short one whole. */
    public static String key(String key) {
        int hidden = key.length() - SHOWN_WHOLE;
        return hidden <= 0 ? key : key.substring(0, HEAD) + "*".repeat(hidden) + key.substring(key.length() - TAIL);
    }
}
