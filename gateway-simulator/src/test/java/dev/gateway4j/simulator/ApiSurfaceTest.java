package dev.gateway4j.simulator;

import dev.gateway4j.build.ApiSurface;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiSurfaceTest {
    @Test
    void the_public_surface_is_the_committed_one() {
        ApiSurface.check(List.of("dev.gateway4j.simulator..", "dev.gateway4j.cassette.."), Path.of("api-surface.txt"));
    }
}
