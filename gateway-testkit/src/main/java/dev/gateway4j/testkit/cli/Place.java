package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.Cassettes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where cassettes lie, as a command line says it.
 *
 * @param text as it was written
 * @param directory the directory; empty for the class path
 */
record Place(String text, Optional<Path> directory) {
    private static final String CLASSPATH = "classpath:";

    /** The place; empty if there is no such directory, which has been said. */
    static Optional<Place> of(String text, PrintWriter err) {
        Place place = of(text);
        if (place.directory.filter(path -> !Files.isDirectory(path)).isPresent()) {
            err.println("gateway-cli: " + text + " is not a directory");
            return Optional.empty();
        }
        return Optional.of(place);
    }

    static Place of(String text) {
        return new Place(
                text,
                text.startsWith(CLASSPATH)
                        ? Optional.empty()
                        : Optional.of(Path.of(text).toAbsolutePath().normalize()));
    }

    Cassettes cassettes() {
        return directory.map(Cassettes::at).orElseGet(() -> Cassettes.onClasspath(text.substring(CLASSPATH.length())));
    }

    /** As {@code openai.cassettes.directory} wants it. */
    String setting() {
        return directory.map(Path::toString).orElse(text);
    }

    /** True if a cassette of this name lies here, readable or not. */
    boolean holds(String name) {
        return CassetteConfig.objectionToName(name).isEmpty()
                && directory
                        .filter(path -> Files.exists(path.resolve(name + ".yaml"), LinkOption.NOFOLLOW_LINKS))
                        .isPresent();
    }

    /** How many bytes the file of a cassette has; empty if nobody can say. */
    OptionalLong size(String name) {
        if (directory.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Files.size(directory.get().resolve(name + ".yaml")));
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }
}
