package dev.gateway4j.cassette.internal.format;

import dev.gateway4j.cassette.CassetteException;

/**
 * The file a cassette is read from, as messages name it.
 *
 * @param name its name
 */
record Source(String name) {
    private static final int MAX_SHOWN = 40;

    /** What is wrong with the file as a whole. */
    CassetteException refuse(String complaint) {
        return new CassetteException(name + ": " + complaint);
    }

    /** What is wrong in one line of it, counted from 1. */
    CassetteException refuse(int line, String complaint) {
        return new CassetteException(name + ":" + line + ": " + complaint);
    }

    /** The same, brought about by another failure. */
    CassetteException refuse(int line, String complaint, Throwable cause) {
        return new CassetteException(name + ":" + line + ": " + complaint, cause);
    }

    /** A short text from the file, fit for a message. */
    static String shown(String text) {
        String line = text.lines().findFirst().orElse("");
        boolean cut = line.length() < text.length() || line.length() > MAX_SHOWN;
        return '"' + line.substring(0, Math.min(line.length(), MAX_SHOWN)) + (cut ? "..." : "") + '"';
    }
}
