package dev.gateway4j.cassette.internal.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.internal.format.CassetteFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real exchanges, which other recorders had cleaned before. They are not part of the repository. */
@Tag("recordings")
class RecordedScrubTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("gateway4j.shared", "../../shared")).resolve("data/cassettes");

    private final Scrubber scrubber = Scrubber.of(CassetteConfig.Scrub.CREDENTIALS);

    @Test
    void what_was_recorded_is_clean_after_one_scrub_and_says_what_it_said() throws IOException {
        Map<String, Integer> before = new TreeMap<>();
        List<String> changed = new ArrayList<>();
        int count = 0;
        for (Path file : files()) {
            String name = FOLDER.relativize(file).toString();
            for (Interaction interaction :
                    CassetteFormat.read(name, name, Files.readAllBytes(file)).interactions()) {
                Interaction clean = scrubber.scrub(interaction);
                assertThat(LeakGuard.find(clean)).as(name).isEmpty();
                assertThat(scrubber.scrub(clean)).as(name).isEqualTo(clean);
                LeakGuard.find(interaction)
                        .ifPresent(found ->
                                before.merge(found.replaceAll("interaction \\d+|byte \\d+", "#"), 1, Integer::sum));
                if (!clean.request().body().equals(interaction.request().body())
                        || !clean.response()
                                .body()
                                .equals(interaction.response().body())) {
                    changed.add(name + " " + interaction.id());
                }
                count++;
            }
        }

        assertThat(count).isGreaterThan(350);
        // What these recorders left: the project of whoever recorded it, and nothing else.
        assertThat(before).containsOnlyKeys("#, response header Openai-Project: is never saved");
        assertThat(changed).isEmpty();
    }

    private static List<Path> files() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), () -> "no recordings at " + FOLDER.toAbsolutePath());
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
