package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.simulator.internal.spec.SpecTool;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of the specification is asked, and every answer held against it. */
@Tag("recordings")
class EveryOperationTest {
    private static final int OPERATIONS = 288;
    private static final List<String> SHAPE_ERRORS = List.of(
            "\"unknown_parameter\"",
            "\"invalid_type\"",
            "\"missing_required_parameter\"",
            "\"empty_array\"",
            "max_length\"",
            "min_length\"",
            "max_value\"",
            "min_value\"");

    /** What the document does not have and the official clients insist on. */
    private static final Set<String> INSISTED_ON = Set.of(
            "POST /audio/voices $.type: is not declared",
            "POST /realtime/sessions $.client_secret: is not declared",
            "POST /audio/voices : property 'type' is not defined in the schema and the schema does not allow additional"
                    + " properties");

    private static ObjectNode document;
    private static SpecJudge judge;

    @BeforeAll
    static void read() {
        document = SpecFolder.document();
        judge = new SpecJudge(document.deepCopy());
    }

    @Test
    void every_operation_answers_leniently_what_the_specification_declares() {
        List<SpecWalk.Finding> findings = walk(Strictness.LENIENT);

        assertThat(findings.stream().map(SpecWalk.Finding::operation).distinct())
                .hasSize(OPERATIONS);
        assertThat(failed(findings)).isEmpty();
    }

    @Test
    void every_operation_answers_strictly_what_the_specification_declares_or_says_what_is_not_there() throws Exception {
        Set<String> written = SpecCoverage.written(document, judge);

        List<SpecWalk.Finding> findings = walk(Strictness.STRICT);

        assertThat(findings.stream().map(SpecWalk.Finding::operation).distinct())
                .hasSize(OPERATIONS);
        // Handlers know more than the specification does: which models and ids there are, and what goes together.
        assertThat(failed(findings.stream()
                        .filter(finding -> !written.contains(finding.operation()) || finding.status() < 300)
                        .toList()))
                .isEmpty();
        assertThat(findings.stream().filter(finding -> finding.status() >= 300)).allSatisfy(finding -> {
            assertThat(finding.status()).as(finding.toString()).isBetween(400, 499);
            assertThat(finding.complaints()).as(finding.toString()).isEmpty();
        });
    }

    @Test
    void the_judge_sees_a_wrong_type_a_missing_member_and_one_too_many() {
        String answer = "GET /files/{file_id} 200 application/json";
        String right = """
                {"id": "file-1", "object": "file", "bytes": 1, "created_at": 1, "filename": "a", "purpose": "batch",
                 "status": "processed"}""";

        assertThat(judge.complaints(answer, Trees.of(right))).isEmpty();
        assertThat(judge.complaints(answer, Trees.of(right.replace("\"bytes\": 1", "\"bytes\": \"1\""))))
                .isNotEmpty();
        assertThat(judge.complaints(answer, Trees.of(right.replace("\"bytes\": 1,", ""))))
                .isNotEmpty();
        assertThat(judge.complaints(answer, Trees.of(right.replace("\"bytes\"", "\"more\": 1, \"bytes\""))))
                .containsExactly("$.more: is not declared");
    }

    @Test
    void the_table_that_comes_with_the_simulator_is_what_the_tool_makes_of_the_document(@TempDir Path folder)
            throws Exception {
        Path written = folder.resolve("spec.txt.gz");

        SpecTool.main(new String[] {
            SpecFolder.file("openapi/openapi.yaml").toString(),
            written.toString(),
            SpecFolder.file("openapi/wire-overlay.json").toString()
        });

        try (InputStream bundled = SimulatedOpenAi.class.getResourceAsStream("spec.txt.gz");
                InputStream fresh = Files.newInputStream(written)) {
            assertThat(new GZIPInputStream(fresh).readAllBytes())
                    .isEqualTo(new GZIPInputStream(bundled).readAllBytes());
        }
    }

    @Test
    void no_request_that_was_once_answered_is_refused_for_its_shape() throws Exception {
        Sim sim = Sim.standard();
        List<String> refused = new ArrayList<>();
        try (Stream<Path> vectors = Files.list(SpecFolder.file("wire-vectors/core"))) {
            for (Path file : vectors.filter(path -> path.toString().endsWith(".meta.json"))
                    .sorted()
                    .toList()) {
                JsonNode vector = Trees.of(Files.readString(file));
                JsonNode body = vector.path("request").path("body_json");
                if (body.isObject() && vector.path("response").path("status").asInt() < 300) {
                    String path = URI.create(vector.path("request").path("url").asText())
                            .getPath();
                    Sim.Answer answer = sim.post(path, body.toString());
                    boolean shape = SHAPE_ERRORS.stream().anyMatch(answer.body()::contains);
                    if (shape) {
                        refused.add(file.getFileName() + ": " + answer.body());
                    }
                }
            }
        }

        assertThat(refused).isEmpty();
    }

    private static List<SpecWalk.Finding> walk(Strictness strictness) {
        SimulatedOpenAi openAi = SimulatedOpenAi.builder()
                .config(Sim.config("instant", List.of()))
                .time(ManualTime.standing())
                .seed(7)
                .strictness(strictness)
                .build();
        return new SpecWalk(document, judge, openAi).walk();
    }

    private static List<String> failed(List<SpecWalk.Finding> findings) {
        return findings.stream()
                .filter(finding ->
                        finding.status() >= 300 || !complaints(finding).isEmpty())
                .map(finding -> finding.operation() + " " + finding.how() + ": " + finding.status() + " "
                        + (finding.status() >= 300 ? finding.body() : complaints(finding)))
                .toList();
    }

    private static List<String> complaints(SpecWalk.Finding finding) {
        return finding.complaints().stream()
                .filter(complaint -> !INSISTED_ON.contains(finding.operation() + " " + complaint))
                .toList();
    }
}
