package dev.gateway4j.cassette;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.internal.library.Library;
import dev.gateway4j.cassette.internal.library.Shelved;
import dev.gateway4j.cassette.internal.match.MatchRules;
import dev.gateway4j.cassette.internal.record.CassetteFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** A directory of cassettes, or a folder of them on the class path. Thread-safe. */
public final class Cassettes {
    private final Library library;
    private final Optional<Path> directory;

    private Cassettes(Library library, Optional<Path> directory) {
        this.library = library;
        this.directory = directory;
    }

    /** The cassettes of a directory; none if it is missing. */
    public static Cassettes at(Path directory) {
        return new Cassettes(Library.at(directory.toString(), rules()), Optional.of(directory));
    }

    /** The cassettes below a folder of the class path, such as {@code cassettes}. */
    public static Cassettes onClasspath(String folder) {
        return onClasspath(folder, Cassettes.class.getClassLoader());
    }

    /** The cassettes below a folder of the class path of this loader. */
    public static Cassettes onClasspath(String folder, ClassLoader loader) {
        return new Cassettes(Library.onClasspath(loader, folder, rules()), Optional.empty());
    }

    /** Nothing is compared here, so any rules will do. */
    private static MatchRules rules() {
        return MatchRules.of(CassetteConfig.Match.STRICT);
    }

    /**
     * The names of all cassettes, sorted.
     *
     * @throws CassetteException if the directory cannot be read
     */
    public SortedSet<String> names() {
        return library.names();
    }

    /**
     * The cassette of this name, as its file is now.
     *
     * @throws CassetteException if there is none, or if it cannot be read
     */
    public Cassette load(String name) {
        library.refresh(name);
        return library.named(name)
                .map(Shelved::cassette)
                .orElseThrow(() -> new CassetteException("There is no cassette \""
                        + name + "\" in " + library.shown()
                        + "; a name is the path of a .yaml file below it, without .yaml"));
    }

    /**
     * The first request of the cassette of this name, to be sent again.
     *
     * @throws CassetteException if there is none, or if it cannot be read
     */
    public RecordedRequest request(String name) {
        return load(name).interactions().stream()
                .map(Interaction::request)
                .findFirst()
                .orElseThrow(() -> new CassetteException(library.shown(name) + " holds no interaction; record one"));
    }

    /**
     * Writes a cassette in place of its namesake, in one step.
     *
     * @throws CassetteException if it cannot be written, as on the class path; what was there is untouched
     */
    public void save(Cassette cassette) {
        CassetteFile.save(writable(), cassette);
    }

    /**
     * Writes other interactions in the place of some and leaves every other line of the file as it is.
     *
     * @throws CassetteException if something else stands there by now, or it cannot be written; what was there is untouched
     */
    void replace(String name, Map<Integer, Interaction> before, Map<Integer, Interaction> after) {
        CassetteFile.replace(writable(), name, before, after);
    }

    private Path writable() {
        return directory.orElseThrow(() -> new CassetteException(
                library.shown() + " cannot be written; save to a directory, with Cassettes.at(directory)"));
    }

    /** Where they lie. */
    @Override
    public String toString() {
        return "Cassettes[" + library.shown() + "]";
    }
}
