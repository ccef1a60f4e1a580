package dev.gateway4j.cassette.internal.format;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.CassetteException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Cassettes as text: go-vcr's format, version 2. */
public final class CassetteFormat {
    /** The most bytes a cassette may have, to whoever reads or writes it. */
    public static final int MAX_BYTES = 128 << 20;

    private static final String TOO_LONG =
            "; a cassette has at most " + MAX_BYTES + ". Spread its interactions over several cassettes.";

    private CassetteFormat() {}

    /**
     * Reads a cassette, whatever the dialect of its YAML.
     *
     * @param name the name it gets
     * @param source the file, for messages
     * @param yaml one document in UTF-8
     * @throws CassetteException if it is no cassette; the message names file, line, rule and way out
     */
    public static Cassette read(String name, String source, byte[] yaml) {
        Source file = new Source(source);
        return new CassetteReader(file).cassette(name, YamlReader.read(file, yaml));
    }

    /**
     * The cassette as go-vcr 4.0.6 and later write it: four blanks, literal blocks, its order of keys, ours after them.
     *
     * @throws CassetteException if it would be longer than anybody reads
     */
    public static byte[] write(Cassette cassette) {
        // Known before anything is written, since the text of what is far too long would fill the memory.
        long bodies = cassette.interactions().stream()
                .mapToLong(one -> (long) one.request().body().length()
                        + one.response().body().length())
                .sum();
        requireWritable(cassette.name(), bodies);
        byte[] yaml = new CassetteWriter().write(cassette).getBytes(StandardCharsets.UTF_8);
        requireWritable(cassette.name(), yaml.length);
        return yaml;
    }

    /**
     * Refuses a file of so many bytes.
     *
     * @throws CassetteException if nobody could read it
     */
    public static void requireWritable(String name, long bytes) {
        if (bytes > MAX_BYTES) {
            throw new CassetteException(
                    "Cassette \"" + name + "\" was not written: it would have " + bytes + " bytes or more" + TOO_LONG);
        }
    }

    /** What is wrong with a file of so many bytes, beginning with a verb; empty if it can be read. */
    static Optional<String> objection(long bytes) {
        return bytes > MAX_BYTES ? Optional.of("is " + bytes + " bytes long" + TOO_LONG) : Optional.empty();
    }
}
