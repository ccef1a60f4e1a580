package dev.gateway4j.testkit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.cassette.CassetteRecorder;
import dev.gateway4j.cassette.Cassettes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Our recorder sits the same exam as everybody else's. */
class CassetteRecorderTest extends RecorderContract {
    @TempDir
    Path directory;

    @Override
    protected Recorder recorder(TimeSource time) {
        return CassetteRecorder.replacing(directory, time);
    }

    @Override
    protected List<String> saved(String name) {
        Cassettes cassettes = Cassettes.at(directory);
        return cassettes.names().contains(name)
                ? cassettes.load(name).interactions().stream()
                        .map(it -> it.response().body().text().orElseThrow())
                        .toList()
                : List.of();
    }
}
