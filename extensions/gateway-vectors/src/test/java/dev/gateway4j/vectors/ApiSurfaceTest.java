package dev.gateway4j.vectors;

import dev.gateway4j.build.ApiSurface;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ApiSurfaceTest {
    @Test
    void the_public_surface_is_the_committed_one() {
        ApiSurface.check("dev.gateway4j.vectors..", Path.of("api-surface.txt"));
    }
}
