package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gateway4j.simulator.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A validator that is not ours. */
final class Judge {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Judge() {}

    static JsonNode parse(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    /** What it complains about, formats included. */
    static List<String> complaints(JsonNode schema, JsonNode value) {
        Schema judge = REGISTRY.getSchema(SchemaJson.compact(schema), InputFormat.JSON);
        return judge
                .validate(
                        SchemaJson.compact(value),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }
}
