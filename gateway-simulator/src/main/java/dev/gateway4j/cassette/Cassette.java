package dev.gateway4j.cassette;

import java.util.List;

/**
 * What a cassette file holds: interactions in the order of the file. Immutable and thread-safe.
 *
 * @param name the path of its file below the directory, without {@code .yaml}, such as {@code chat-basic} or {@code azure/chat}
 * @param version the version of the format; 2
 * @param interactions the recorded exchanges
 * @param extras members of the document that the format does not know
 */
public record Cassette(String name, int version, List<Interaction> interactions, Extras extras) {
    /** The version of the format that go-vcr v4 reads and writes. */
    public static final int VERSION = 2;

    /** Copies the list. */
    public Cassette {
        interactions = List.copyOf(interactions);
    }

    /** A cassette of these interactions and nothing else. */
    public static Cassette of(String name, List<Interaction> interactions) {
        return new Cassette(name, VERSION, interactions, Extras.none());
    }

    /** This cassette with other interactions. */
    public Cassette with(List<Interaction> others) {
        return new Cassette(name, version, others, extras);
    }
}
