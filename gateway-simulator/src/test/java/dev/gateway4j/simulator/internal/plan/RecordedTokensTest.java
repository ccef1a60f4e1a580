package dev.gateway4j.simulator.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What recorded answers were billed, against what ours would be. */
@Tag("recordings")
class RecordedTokensTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("gateway4j.shared", "../../shared")).resolve("data/wire-vectors/core");

    private final Tokens tokens = new Tokens();

    @BeforeAll
    static void only_where_the_recordings_are() {
        assumeTrue(Files.isDirectory(VECTORS), () -> "no recordings in " + VECTORS.toAbsolutePath());
    }

    @Test
    void prompts_are_billed_as_recorded() throws IOException {
        List<Long> off = new ArrayList<>();
        List<String> report = new ArrayList<>();
        for (Recorded recorded : recordings()) {
            long counted = new PromptTokens(tokens).count(recorded.ask());
            off.add(Math.abs(counted - recorded.input()));
            report.add(recorded.name() + ": counted " + counted + ", recorded " + recorded.input());
        }

        assertThat(within(off, 0)).as("exact of %d: %s", off.size(), report).isGreaterThanOrEqualTo(21);
        // What a schema of an answer costs is not known exactly.
        assertThat(within(off, 16)).as("close of %d: %s", off.size(), report).isGreaterThanOrEqualTo(28);
    }

    @Test
    void answers_are_billed_as_recorded() throws IOException {
        List<Long> off = new ArrayList<>();
        List<String> report = new ArrayList<>();
        for (Recorded recorded : recordings()) {
            long counted = 0;
            for (Choice choice : recorded.choices()) {
                counted += choice.text().tokens() + choice.refusal().tokens();
                for (PlannedCall call : choice.calls()) {
                    counted += new OutputTokens(tokens).call(recorded.ask(), call);
                }
                counted += choice.finish() == Finish.LENGTH
                        ? 0
                        : new OutputTokens(tokens).framing(recorded.ask(), choice, recorded.reasoning());
            }
            long billed = recorded.output() - recorded.reasoning();
            off.add(Math.abs(counted - billed));
            report.add(recorded.name() + ": counted " + counted + ", recorded " + billed);
        }

        assertThat(within(off, 0)).as("exact of %d: %s", off.size(), report).isGreaterThanOrEqualTo(22);
        // Where reasoning is told in multiples of 64, up to 69 tokens of it show as words.
        assertThat(within(off, 64)).as("close of %d: %s", off.size(), report).isEqualTo(off.size());
    }

    private static long within(List<Long> off, long tolerance) {
        return off.stream().filter(by -> by <= tolerance).count();
    }

    private List<Recorded> recordings() throws IOException {
        List<Recorded> recordings = new ArrayList<>();
        try (Stream<Path> files = Files.list(VECTORS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".meta.json"))
                    .sorted()
                    .toList()) {
                recording(file).ifPresent(recordings::add);
            }
        }
        assertThat(recordings).hasSizeGreaterThan(25);
        return recordings;
    }

    private Optional<Recorded> recording(Path file) throws IOException {
        JsonNode meta = read(Files.readString(file));
        JsonNode body = meta.path("request").path("body_json");
        String name = meta.path("name").asText();
        boolean known = body.has("messages") || (body.has("input") && name.contains("responses"));
        // A model behind a deployment's own name, and what a search put into the prompt, cannot be told from the
        // request.
        if (!known
                || meta.path("response").path("status").asInt() != 200
                || name.contains("azure-chat")
                || name.contains("search")
                || name.contains("incomplete")
                || body.has("previous_response_id")) {
            return Optional.empty();
        }
        JsonNode answer =
                answer(Files.readString(VECTORS.resolve(meta.path("body_file").asText())));
        JsonNode usage = answer.path("usage");
        if (!usage.isObject()) {
            return Optional.empty();
        }
        String endpoint = body.has("messages") ? "/v1/chat/completions" : "/v1/responses";
        Ask ask = Asks.of(endpoint, body);
        return Optional.of(new Recorded(name, ask, usage, choices(ask, answer)));
    }

    /** The answer, or what the events of a stream add up to. */
    private static JsonNode answer(String text) {
        if (!text.contains("data: ")) {
            return read(text);
        }
        List<JsonNode> events = text.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> read(line.substring(6)))
                .toList();
        JsonNode last = events.get(events.size() - 1);
        return last.has("response") ? last.get("response") : streamed(events);
    }

    private static JsonNode streamed(List<JsonNode> events) {
        Map<Integer, StringBuilder> texts = new TreeMap<>();
        String finish = "stop";
        JsonNode usage = JsonNodeFactory.instance.nullNode();
        boolean refused = false;
        for (JsonNode event : events) {
            usage = event.path("usage").isObject() ? event.get("usage") : usage;
            for (JsonNode choice : event.path("choices")) {
                JsonNode delta = choice.path("delta");
                StringBuilder said = texts.computeIfAbsent(choice.path("index").asInt(), index -> new StringBuilder());
                refused |= delta.path("refusal").isTextual();
                String more = delta.path(refused ? "refusal" : "content").asText("");
                said.append(more.equals("null") ? "" : more);
                finish = choice.path("finish_reason").asText(finish);
            }
        }
        String end = finish.equals("null") ? "stop" : finish;
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.set("usage", usage);
        for (StringBuilder said : texts.values()) {
            ObjectNode choice = whole.withArray("/choices").addObject().put("finish_reason", end);
            choice.putObject("message").put(refused ? "refusal" : "content", said.toString());
        }
        return whole;
    }

    private List<Choice> choices(Ask ask, JsonNode answer) {
        Family.Encoding encoding = ask.model().family().encoding();
        List<Choice> choices = new ArrayList<>();
        for (JsonNode choice : answer.path("choices")) {
            JsonNode message = choice.path("message");
            List<PlannedCall> calls = new ArrayList<>();
            message.path("tool_calls").forEach(call -> calls.add(call(encoding, call.path("function"))));
            String text = message.path(message.path("refusal").isTextual() ? "refusal" : "content")
                    .asText("");
            Finish finish = choice.path("finish_reason").asText().equals("length") ? Finish.LENGTH : Finish.STOP;
            boolean refused = message.path("refusal").isTextual();
            Pieces words = tokens.pieces(encoding, text);
            choices.add(new Choice(
                    refused ? Pieces.NONE : words, refused ? words : Pieces.NONE, calls, Pieces.NONE, finish));
        }
        if (answer.has("output")) {
            List<PlannedCall> calls = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (JsonNode item : answer.path("output")) {
                if (item.path("type").asText().equals("function_call")) {
                    calls.add(call(encoding, item));
                }
                item.path("content")
                        .forEach(part -> text.append(part.path("text").asText("")));
            }
            choices.add(
                    new Choice(tokens.pieces(encoding, text.toString()), Pieces.NONE, calls, Pieces.NONE, Finish.STOP));
        }
        return choices;
    }

    private PlannedCall call(Family.Encoding encoding, JsonNode call) {
        return new PlannedCall(
                Tool.Kind.FUNCTION,
                call.path("name").asText(),
                tokens.pieces(encoding, call.path("arguments").asText()));
    }

    private static JsonNode read(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private record Recorded(String name, Ask ask, JsonNode usage, List<Choice> choices) {
        long input() {
            return usage.path("prompt_tokens").asLong(usage.path("input_tokens").asLong());
        }

        long output() {
            return usage.path("completion_tokens")
                    .asLong(usage.path("output_tokens").asLong());
        }

        long reasoning() {
            JsonNode details = usage.has("completion_tokens_details")
                    ? usage.get("completion_tokens_details")
                    : usage.path("output_tokens_details");
            return details.path("reasoning_tokens").asLong();
        }
    }
}
