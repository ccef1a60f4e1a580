package dev.gateway4j.testkit.cli;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code serve} about cassettes. */
final class CassetteOptions {
    @Option(
            names = "--cassettes",
            paramLabel = "DIR",
            description = "Replays the cassettes of DIR, or of classpath:NAME, instead of simulating.")
    private @Nullable String directory;

    @Option(
            names = "--compat",
            description = "Replays exactly as Envoy AI Gateway's test server does: matching, errors, timing.")
    private boolean compatible;

    @Option(
            names = "--timing",
            paramLabel = "TIMING",
            description =
                    "When bytes arrive: instant, compat, recorded or recorded*FACTOR. Default: instant; with --compat, compat.")
    private @Nullable String timing;

    @Option(
            names = "--record",
            description = {
                "Records what X-Cassette-Name names and DIR does not have yet, with OPENAI_API_KEY or, for names that",
                "begin with azure-, AZURE_OPENAI_API_KEY, _ENDPOINT, _DEPLOYMENT and OPENAI_API_VERSION."
            })
    private boolean record;

    /** Where cassettes lie, if they are wanted. */
    Optional<Place> place() {
        return Optional.ofNullable(directory).map(Place::of);
    }

    boolean compatible() {
        return compatible;
    }

    boolean record() {
        return record;
    }

    Optional<String> timing() {
        return Optional.ofNullable(timing).or(() -> compatible ? Optional.of("compat") : Optional.empty());
    }

    /** Finds what is wrong with them; {@code others} are the options for the simulator that were given. */
    void check(List<String> others, Problems problems) {
        if (directory == null) {
            needCassettes("--compat", compatible, problems);
            needCassettes("--timing", timing != null, problems);
            needCassettes("--record", record, problems);
            return;
        }
        others.forEach(option -> problems.add(
                option + " is for the simulator, and --cassettes " + directory + " replays; leave one of them"));
        Place place = Place.of(directory);
        if (record && place.directory().isEmpty()) {
            problems.add("--record needs a directory; nothing is recorded into " + directory);
        }
        if (!record
                && place.directory().filter(path -> !Files.isDirectory(path)).isPresent()) {
            problems.add("--cassettes " + directory + " is not a directory");
        }
    }

    private static void needCassettes(String option, boolean given, Problems problems) {
        if (given) {
            problems.add(option + " needs --cassettes DIR, which says what is replayed");
        }
    }
}
