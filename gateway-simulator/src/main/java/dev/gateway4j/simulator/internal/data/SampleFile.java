package dev.gateway4j.simulator.internal.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.journal.AnswerText;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.Talk;
import dev.gateway4j.simulator.internal.yaml.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads samples from CSV or JSON lines, with every problem and its line. */
public final class SampleFile {
    private static final List<String> COLUMNS = List.of("prompt", "answer", "model", "system");

    private final String file;
    private final Problems problems;
    private final List<Sample> samples = new ArrayList<>();

    private SampleFile(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * The samples of a file.
     *
     * @param name its name, whose ending says what it is: {@code .csv}, {@code .jsonl} or {@code .ndjson}
     * @param text its content
     * @param problems takes what is wrong
     */
    public static List<Sample> read(String name, String text, Problems problems) {
        SampleFile reader = new SampleFile(name, problems);
        String content = text.startsWith("\ufeff") ? text.substring(1) : text;
        if (name.endsWith(".csv")) {
            reader.csv(content);
        } else if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            reader.jsonLines(content);
        } else {
            problems.add("the file is neither CSV nor JSON lines; its name ends in .csv, .jsonl or .ndjson");
        }
        if (reader.samples.isEmpty() && problems.none()) {
            problems.add("the file holds no sample");
        }
        return reader.samples;
    }

    private void jsonLines(String text) {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                Optional<JsonNode> json = Json.read(Json.bytes(line)).filter(JsonNode::isObject);
                if (json.isPresent()) {
                    sample(json.get(), number);
                } else {
                    problems.add(number, "the line is no JSON object");
                }
            }
        }
    }

    private void sample(JsonNode json, int line) {
        JsonNode answer = json.path("answer");
        if (json.path("request").isObject() && json.has("response")) {
            recorded(json.path("request"), json.path("response"), line);
        } else if (!json.path("prompt").isTextual() || answer.isMissingNode() || answer.isNull()) {
            problems.add(line, "a sample has \"prompt\" and \"answer\", or \"request\" and \"response\"");
        } else {
            add(
                    json.path("prompt").asText(),
                    answer.isTextual() ? answer.asText() : answer.toString(),
                    json.path("model").asText(),
                    json.path("system").asText(),
                    line);
        }
    }

    /** A request to a chat, responses or completions endpoint and what it was answered, as a gateway logs them. */
    private void recorded(JsonNode request, JsonNode response, int line) {
        String prompt = Talk.of(request).lastUserMessage();
        byte[] bytes = Json.bytes(response.isTextual() ? response.asText() : response.toString());
        String answer = AnswerText.of(bytes).text();
        if (prompt.isEmpty() || answer.isEmpty()) {
            problems.add(line, "the request asks nothing, or the response says nothing; leave the line out");
        } else {
            add(prompt, answer, request.path("model").asText(), "", line);
        }
    }

    private void add(String prompt, String answer, String model, String system, int line) {
        if (prompt.isBlank()) {
            problems.add(line, "the prompt is empty");
            return;
        }
        samples.add(new Sample(
                prompt,
                answer,
                Optional.of(model).filter(text -> !text.isBlank()),
                Optional.of(system).filter(text -> !text.isBlank()),
                file + ":" + line));
    }

    private void csv(String text) {
        List<Csv.Row> rows = Csv.rows(text, problems);
        if (rows.isEmpty()) {
            return;
        }
        List<String> head = rows.get(0).fields().stream().map(Sample::normal).toList();
        for (String column : head) {
            if (!COLUMNS.contains(column)) {
                problems.add(1, "the column \"" + column + "\" is unknown; known are " + String.join(", ", COLUMNS));
            }
        }
        if (!head.contains("prompt") || !head.contains("answer")) {
            problems.add(1, "the first line names the columns, of which \"prompt\" and \"answer\" must be there");
            return;
        }
        for (Csv.Row row : rows.subList(1, rows.size())) {
            row(head, row);
        }
    }

    private void row(List<String> head, Csv.Row row) {
        if (row.fields().size() != head.size()) {
            problems.add(
                    row.line(),
                    "the line has " + row.fields().size() + " values for " + head.size()
                            + " columns; a value with a comma stands in quotes");
            return;
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < head.size(); i++) {
            values.put(head.get(i), row.fields().get(i));
        }
        add(
                values.getOrDefault("prompt", ""),
                values.getOrDefault("answer", ""),
                values.getOrDefault("model", ""),
                values.getOrDefault("system", ""),
                row.line());
    }
}
