package dev.gateway4j.simulator.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("recordings")
class RecordedSchemasTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("gateway4j.shared", "../../shared")).resolve("data/wire-vectors");

    @Test
    void every_schema_that_was_sent_is_satisfied() throws IOException {
        assumeTrue(Files.isDirectory(VECTORS), () -> "no recordings in " + VECTORS.toAbsolutePath());
        List<JsonNode> schemas = new ArrayList<>();
        try (Stream<Path> files = Files.walk(VECTORS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".meta.json")).toList()) {
                JsonNode body =
                        Judge.parse(Files.readString(file)).path("request").path("body_json");
                schemas.addAll(body.findValues("parameters"));
                schemas.addAll(body.findValues("schema"));
            }
        }
        assertThat(schemas).hasSizeGreaterThan(10);

        for (JsonNode schema : schemas) {
            for (int seed = 0; seed < 10; seed++) {
                JsonNode value = SchemaJson.value(schema, Hints.none().forCall(), new Draws(seed));

                assertThat(Judge.complaints(schema, value))
                        .as("%s for %s", value, schema)
                        .isEmpty();
            }
        }
    }
}
