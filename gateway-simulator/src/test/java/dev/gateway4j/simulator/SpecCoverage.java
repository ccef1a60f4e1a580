package dev.gateway4j.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Prints what answers each operation of the specification: a handler of its own, or its shape; and which answers do not hold. Run it with the
 * test class path and {@code -Dgateway4j.shared=FOLDER}.
 */
final class SpecCoverage {
    private SpecCoverage() {}

    public static void main(String[] arguments) throws IOException {
        ObjectNode document = SpecFolder.document();
        SpecJudge judge = new SpecJudge(document.deepCopy());
        Set<String> written = written(document, judge);
        for (Strictness strictness : Strictness.values()) {
            List<SpecWalk.Finding> findings = new SpecWalk(document, judge, simulator(strictness)).walk();
            print(strictness, findings, written);
        }
    }

    /** The operations that are answered even by a simulator whose specification knows none of them. */
    static Set<String> written(ObjectNode document, SpecJudge judge) throws IOException {
        Path other = Files.createTempFile("other", ".json");
        Files.writeString(
                other, "{\"openapi\": \"3.1.0\", \"paths\": {\"/none\": {\"get\": {\"responses\": {\"200\": {}}}}}}");
        GatewayConfig config = Sim.config("instant", List.of());
        SimulatedOpenAi openAi = SimulatedOpenAi.builder()
                .config(config)
                .time(ManualTime.standing())
                .seed(7)
                .spec(other)
                .build();
        Files.delete(other);
        Set<String> written = new TreeSet<>();
        for (SpecWalk.Finding finding : new SpecWalk(document, judge, openAi).walk()) {
            boolean unknown =
                    finding.body().contains("\"Invalid URL (") || finding.body().contains("\"method_not_supported\"");
            if (!unknown) {
                written.add(finding.operation());
            }
        }
        return written;
    }

    private static SimulatedOpenAi simulator(Strictness strictness) {
        return SimulatedOpenAi.builder()
                .config(Sim.config("instant", List.of()))
                .time(ManualTime.standing())
                .seed(7)
                .strictness(strictness)
                .build();
    }

    private static void print(Strictness strictness, List<SpecWalk.Finding> findings, Set<String> written) {
        Map<String, List<String>> failures = new LinkedHashMap<>();
        for (SpecWalk.Finding finding : findings) {
            List<String> wrong = failures.computeIfAbsent(finding.operation(), key -> new ArrayList<>());
            if (finding.status() >= 300) {
                wrong.add(finding.how() + ": " + finding.body().replaceAll("\\s+", " "));
            }
            finding.complaints().forEach(complaint -> wrong.add(finding.how() + ": " + complaint));
        }
        int judged = findings.stream().mapToInt(SpecWalk.Finding::judged).sum();
        System.out.println(strictness + ": " + failures.size() + " operations, " + findings.size() + " requests, "
                + judged + " bodies and events judged");
        failures.forEach((operation, wrong) -> {
            String who = written.contains(operation) ? "handler" : "generated";
            System.out.println(operation + " -> " + (wrong.isEmpty() ? who : "failed (" + who + ") " + wrong));
        });
    }
}
