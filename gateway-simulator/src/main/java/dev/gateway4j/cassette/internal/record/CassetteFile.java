package dev.gateway4j.cassette.internal.record;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Interaction;
import java.nio.file.Path;
import java.util.Map;

/** A cassette on the disk: written whole or not at all. */
public final class CassetteFile {
    private CassetteFile() {}

    /**
     * Writes a cassette in place of what was there, in one step.
     *
     * @throws CassetteException if it cannot be written, or if another process is recording it; what was there is untouched
     */
    public static void save(Path directory, Cassette cassette) {
        String name = cassette.name();
        CassetteConfig.objectionToName(name).ifPresent(objection -> {
            throw new CassetteException("\"" + Redaction.text(name) + "\" " + objection + ".");
        });
        try (Tapes.Hold hold = Tapes.hold(directory, name, Tapes.Existing.REPLACE, Disk.REAL)) {
            hold.tape().replace(cassette);
        }
    }

    /**
     * Writes other interactions in the place of some, in one step, and leaves every other line of the file as it is.
     *
     * @param name the cassette
     * @param before what stands at each place now
     * @param after what comes there
     * @throws CassetteException if something else stands there by now, if it cannot be written, or if another process is recording it;
     *     what was there is untouched
     */
    public static void replace(
            Path directory, String name, Map<Integer, Interaction> before, Map<Integer, Interaction> after) {
        try (Tapes.Hold hold = Tapes.hold(directory, name, Tapes.Existing.KEEP, Disk.REAL)) {
            hold.tape().replace(before, after);
        }
    }
}
