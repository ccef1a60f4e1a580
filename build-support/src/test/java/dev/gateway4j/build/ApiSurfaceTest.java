package dev.gateway4j.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.gateway4j.build.sample.Surface;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiSurfaceTest {
    @Test
    void every_open_type_and_member_has_a_line() {
        List<String> lines =
                ApiSurface.lines(new ClassFileImporter().importPackages(Surface.class.getPackageName())).stream()
                        .filter(line -> !line.contains("Culprit"))
                        .toList();

        String name = Surface.class.getName();
        assertThat(lines)
                .containsExactly(
                        name + " : abstract class of java.lang.Comparable<" + name + ">",
                        name + "#LIMIT : static int",
                        name + "#Surface() : protected new",
                        name
                                + "#find(java.lang.String, [I) : static java.util.Optional<java.util.List<java.lang.String>>"
                                + " throws java.io.IOException",
                        name + "#hook() : protected abstract void",
                        name + "$Colour : enum",
                        name + "$Colour#RED : constant",
                        name + "$Pair : record",
                        name + "$Pair#Pair(java.lang.String, java.util.List<java.lang.String>) : new",
                        name + "$Pair#left() : java.lang.String",
                        name + "$Pair#right() : java.util.List<java.lang.String>");
    }

    @Test
    void a_surface_that_is_not_committed_fails_the_check_until_it_is(@TempDir Path directory) {
        Path file = directory.resolve("api-surface.txt");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ApiSurface.check(List.of("dev.gateway4j.build.."), file, false))
                .withMessageContaining("-Dgolden.update=true");
        ApiSurface.check(List.of("dev.gateway4j.build.."), file, true);
        ApiSurface.check(List.of("dev.gateway4j.build.."), file, false);
    }
}
