package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.chance.Ids;
import dev.gateway4j.simulator.internal.encode.FileSearch;
import dev.gateway4j.simulator.internal.encode.OutputItem;
import dev.gateway4j.simulator.internal.encode.OutputItems;
import dev.gateway4j.simulator.internal.encode.ResponseBody;
import dev.gateway4j.simulator.internal.encode.ResponseFailure;
import dev.gateway4j.simulator.internal.encode.ResponseHead;
import dev.gateway4j.simulator.internal.encode.ResponseStream;
import dev.gateway4j.simulator.internal.encode.Schedule;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.plan.Usage;
import dev.gateway4j.simulator.internal.request.Remembered;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.timing.LatencyProfile;
import dev.gateway4j.simulator.internal.timing.Pace;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded answers against ours, when both say the same. Runs where the recordings are. */
@Tag("recordings")
class WireVectorsResponsesTest {
    private static final Path CORE =
            Path.of(System.getProperty("gateway4j.shared", "../../shared")).resolve("data/wire-vectors/core");

    /** Members that came into being: recordings from before that day lack them. */
    private static final Map<String, LocalDate> SINCE = Map.ofEntries(
            Map.entry("obfuscation", LocalDate.of(2025, 8, 1)),
            Map.entry("verbosity", LocalDate.of(2025, 8, 1)),
            Map.entry("prompt_cache_key", LocalDate.of(2025, 8, 1)),
            Map.entry("safety_identifier", LocalDate.of(2025, 8, 1)),
            Map.entry("billing", LocalDate.of(2025, 10, 1)),
            Map.entry("prompt_cache_retention", LocalDate.of(2025, 11, 1)),
            Map.entry("completed_at", LocalDate.of(2026, 1, 1)),
            Map.entry("frequency_penalty", LocalDate.of(2026, 1, 1)),
            Map.entry("presence_penalty", LocalDate.of(2026, 1, 1)),
            Map.entry("moderation", LocalDate.of(2026, 5, 1)),
            Map.entry("context", LocalDate.of(2026, 6, 1)),
            Map.entry("mode", LocalDate.of(2026, 6, 1)),
            Map.entry("tool_usage", LocalDate.of(2026, 7, 1)),
            Map.entry("cache_write_tokens", LocalDate.of(2026, 7, 1)),
            Map.entry("output_schema", LocalDate.of(2026, 8, 1)));
    /** From this day on the members of events are sorted. */
    private static final LocalDate SORTED = LocalDate.of(2026, 1, 1);
    /** Members that were null or not, whatever the request. */
    private static final Set<String> MAY_BE_NULL = Set.of("prompt_cache_retention");
    /** Recordings whose members stand in no order: those of responses in the background. */
    private static final Set<String> UNORDERED = Set.of(
            "responses-background-queued",
            "responses-background-completed",
            "responses-background-stream",
            "responses-background-stream-starting-after");
    /** Members whose values must be the same, not just of one type. */
    private static final Set<String> SAME = Set.of(
            "type",
            "object",
            "status",
            "role",
            "text",
            "arguments",
            "name",
            "delta",
            "model",
            "effort",
            "context",
            "output_index",
            "content_index",
            "sequence_number",
            "strict",
            "phase",
            "top_p",
            "temperature",
            "token");

    private int compared;

    @BeforeEach
    void thereAreRecordings() {
        assumeTrue(Files.isDirectory(CORE), () -> "no recordings at " + CORE.toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "responses-basic",
                "responses-function-call",
                "responses-function-call-output-turn",
                "responses-json-schema",
                "responses-parallel-function-calls",
                "responses-web-search",
                "azure-responses"
            })
    void a_plain_answer_has_the_shape_of_the_recording(String name) {
        JsonNode wire = body(name);
        Told told = told(name, request(name), wire, wire, Optional.empty());

        compare(name, "", wire, aged(told.finished, day(wire)), !UNORDERED.contains(name));
        assertThat(new String(ResponseBody.bytes(told.finished), StandardCharsets.UTF_8))
                .startsWith("{\n  \"id\": \"resp_");
        assertThat(compared).isGreaterThan(40);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "responses-stream-basic",
                "responses-stream-function-call",
                "responses-stream-incomplete",
                "responses-stream-logprobs",
                "responses-stream-reasoning-message",
                "responses-background-stream"
            })
    void a_stream_has_the_events_of_the_recording(String name) {
        List<JsonNode> wire = events(name);
        JsonNode end = wire.get(wire.size() - 1).path("response");
        Told told = told(name, request(name), end, cuts(wire), Optional.empty());

        compareEvents(name, wire, told.events(-1, padded(wire)), day(end));
    }

    @Test
    void a_resumed_stream_has_the_events_of_the_recording() {
        String name = "responses-background-stream-starting-after";
        List<JsonNode> wire = events(name);
        JsonNode end = wire.get(wire.size() - 1).path("response");
        Told told = told(name, request("responses-background-stream"), end, cuts(wire), Optional.empty());

        compareEvents(name, wire, told.events(0, false), day(end));
    }

    @Test
    void a_stream_that_fails_has_the_events_of_the_recording() {
        String name = "responses-stream-error-insufficient-quota";
        List<JsonNode> wire = events(name);
        JsonNode error = wire.get(2).path("error");
        JsonNode end = wire.get(wire.size() - 1).path("response");
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("model", "gpt-5-nano")
                .put("input", "Hello")
                .put("stream", true);
        ResponseFailure failure = new ResponseFailure(
                error.path("type").asText(),
                error.path("code").asText(),
                error.path("message").asText(),
                0);
        Told told = told(name, request, end, cuts(wire), Optional.of(failure));

        compareEvents(name, wire, told.events(-1, false), day(end));
    }

    @Test
    void responses_in_the_background_have_the_shape_of_the_recording() {
        JsonNode done = body("responses-background-completed");
        JsonNode queued = body("responses-background-queued");
        Told told = told("", request("responses-background-queued"), done, done, Optional.empty());

        compare("responses-background-completed", "", done, aged(told.finished, day(done)), false);
        compare(
                "responses-background-queued",
                "",
                queued,
                aged(ResponseBody.unfinished(told.finished, "queued", "auto"), day(queued)),
                false);
        assertThat(compared).isGreaterThan(60);
    }

    @Test
    void what_is_said_about_stored_responses_has_the_shape_of_the_recording() {
        Sim sim = Sim.standard();
        String id = Trees.of(sim.post(
                                "/v1/responses",
                                "{\"model\": \"gpt-4o-mini\", \"input\": \"Hello, this is a test response for listing input items\"}")
                        .body())
                .path("id")
                .asText();

        compare(
                "responses-input-items",
                "",
                body("responses-input-items"),
                Trees.of(sim.get("/v1/responses/" + id + "/input_items").body()),
                true);
        compare(
                "responses-delete",
                "",
                body("responses-delete"),
                Trees.of(sim.send("DELETE", "/v1/responses/" + id, new byte[0]).body()),
                true);
        JsonNode counted = Trees.of(sim.post(
                        "/v1/responses/input_tokens",
                        request("responses-input-tokens").toString())
                .body());
        compare("responses-input-tokens", "", body("responses-input-tokens"), counted, false);
        assertThat(counted.path("input_tokens"))
                .isEqualTo(body("responses-input-tokens").path("input_tokens"));
    }

    @Test
    void errors_are_the_bytes_of_the_recording() {
        Sim sim = Sim.standard();

        assertThat(sim.post(
                                "/v1/responses",
                                request("error-400-model-responses").toString())
                        .body())
                .isEqualTo(text("error-400-model-responses.response.json"));
        assertThat(sim.post("/v1/responses", "{\"model\": \"gpt-5\", \"input\": \"x\", \"temperature\": 0.2}")
                        .body())
                .isEqualTo(text("error-400-responses-unsupported-temperature.response.json")
                        .strip());
        assertThat(sim.post(
                                "/v1/responses",
                                "{\"model\": \"gpt-4o-mini\", \"input\": \"" + "one two three ".repeat(60_000) + "\"}")
                        .body())
                .isEqualTo(text("error-400-context-length-responses.response.json"));
    }

    private void compareEvents(String name, List<JsonNode> wire, List<JsonNode> ours, LocalDate day) {
        assertThat(types(ours)).as(name).isEqualTo(types(wire));
        for (int i = 0; i < wire.size(); i++) {
            boolean inOrder = !UNORDERED.contains(name) && !day.isBefore(SORTED);
            compare(name, "#" + i, wire.get(i), aged(ours.get(i), day), inOrder);
        }
        assertThat(compared).as(name).isGreaterThan(wire.size());
    }

    private void compare(String name, String at, JsonNode wire, JsonNode ours, boolean inOrder) {
        String here = name + " " + at;
        compared++;
        if (wire.isObject() && ours.isObject()) {
            List<String> expected = keys(wire);
            if (inOrder) {
                assertThat(keys(ours)).as(here).isEqualTo(expected);
            } else {
                assertThat(keys(ours)).as(here).containsExactlyInAnyOrderElementsOf(expected);
            }
            for (String key : expected) {
                if (!(MAY_BE_NULL.contains(key) && wire.path(key).isNull())) {
                    compareMember(name, at, key, wire.path(key), ours.path(key), inOrder);
                }
            }
        } else if (wire.isArray() && ours.isArray()) {
            assertThat(ours.size()).as(here).isEqualTo(wire.size());
            for (int i = 0; i < wire.size(); i++) {
                compare(name, at + "/" + i, wire.get(i), ours.get(i), inOrder);
            }
        } else {
            assertThat(ours.getNodeType()).as(here).isEqualTo(wire.getNodeType());
        }
    }

    private void compareMember(String name, String at, String key, JsonNode wire, JsonNode ours, boolean inOrder) {
        if (SAME.contains(key) && wire.isValueNode() && !at.startsWith("/output/0/content/0/annotations")) {
            assertThat(sameValue(wire, ours))
                    .as(name + " " + at + "/" + key + ": " + wire + " " + ours)
                    .isTrue();
        }
        if (key.equals("queries")) {
            assertThat(ours.isArray()).isTrue();
        } else if (key.equals("bytes")) {
            assertThat(ours.toString()).isEqualTo(wire.toString());
        } else {
            compare(name, at + "/" + key, wire, ours, inOrder);
        }
    }

    private static boolean sameValue(JsonNode wire, JsonNode ours) {
        return (wire.isNumber() && ours.isNumber())
                ? wire.asDouble() == ours.asDouble()
                : wire.asText().equals(ours.asText());
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    /** Our answer as it would have been on that day. */
    private static JsonNode aged(JsonNode ours, LocalDate day) {
        if (ours.isArray()) {
            ArrayNode aged = JsonNodeFactory.instance.arrayNode();
            ours.forEach(element -> aged.add(aged(element, day)));
            return aged;
        }
        if (!ours.isObject()) {
            return ours;
        }
        ObjectNode aged = JsonNodeFactory.instance.objectNode();
        ours.properties().forEach(member -> {
            if (!day.isBefore(SINCE.getOrDefault(member.getKey(), LocalDate.MIN))) {
                aged.set(member.getKey(), aged(member.getValue(), day));
            }
        });
        return aged;
    }

    private static LocalDate day(JsonNode response) {
        return Instant.ofEpochSecond(response.path("created_at").asLong())
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
    }

    private static boolean padded(List<JsonNode> wire) {
        return wire.stream().anyMatch(event -> event.has("obfuscation"));
    }

    /** The bits of text of a stream, by the item that says them. */
    private static JsonNode cuts(List<JsonNode> wire) {
        ObjectNode cuts = JsonNodeFactory.instance.objectNode();
        for (JsonNode event : wire) {
            if (event.has("delta")) {
                cuts.withArrayProperty(event.path("item_id").asText()).add(event.path("delta"));
            }
        }
        return cuts;
    }

    private record Told(ObjectNode finished, ResponseStream.Story story, Plan plan, Chance chance) {
        List<JsonNode> events(int after, boolean padded) {
            ResponseStream stream = new ResponseStream(
                            story,
                            Schedule.of(plan.pace(), 0),
                            Optional.of(chance.draws(Chance.Purpose.PADDING)).filter(draws -> padded),
                            () -> false)
                    .after(after);
            List<JsonNode> events = new ArrayList<>();
            while (stream.next() instanceof Frame.Chunk chunk) {
                String event = new String(chunk.bytes(), StandardCharsets.UTF_8);
                assertThat(event).startsWith("event: ").endsWith("\n\n");
                events.add(
                        Trees.of(event.substring(event.indexOf("\ndata: ") + 7).strip()));
            }
            return events;
        }
    }

    /** What we tell when we say what the recording says. */
    private static Told told(
            String name, JsonNode request, JsonNode wire, JsonNode cuts, Optional<ResponseFailure> failure) {
        boolean azure = name.startsWith("azure");
        ResponsesRequest read =
                ResponsesRequest.read(request.toString().getBytes(StandardCharsets.UTF_8), azure, new OneCall(request));
        Chance chance = new Chance(7, Fingerprint.of(name, request.toString()), 0);
        Plan plan = plan(wire, cuts, chance);
        List<OutputItem> items =
                OutputItems.of(read, plan, new Ids(chance).response(""), chance, 1_787_000_000, FileSearch.NOTHING);
        ResponseHead head = new ResponseHead("resp_1", 1_787_000_000, 1_787_000_001, read, azure, failure);
        ObjectNode finished = ResponseBody.of(head, plan, items);
        return new Told(
                finished,
                new ResponseStream.Story(finished, items, ResponseBody.askedTier(head), failure),
                plan,
                chance);
    }

    private static Plan plan(JsonNode wire, JsonNode cuts, Chance chance) {
        Pieces text = Pieces.NONE;
        List<PlannedCall> calls = new ArrayList<>();
        for (JsonNode item : wire.path("output")) {
            switch (item.path("type").asText()) {
                case "message" ->
                    text = pieces(cuts, item, item.at("/content/0/text").asText());
                case "function_call" ->
                    calls.add(new PlannedCall(
                            Tool.Kind.FUNCTION,
                            item.path("name").asText(),
                            pieces(cuts, item, item.path("arguments").asText())));
                case "web_search_call" ->
                    calls.add(new PlannedCall(
                            Tool.Kind.HOSTED,
                            "web_search",
                            pieces(cuts, item, item.at("/action/query").asText())));
                default -> {}
            }
        }
        Finish finish = wire.path("status").asText().equals("incomplete") ? Finish.LENGTH : Finish.STOP;
        JsonNode usage = wire.path("usage");
        return new Plan(
                List.of(new Choice(text, Pieces.NONE, calls, Pieces.NONE, finish)),
                new Usage(
                        usage.path("input_tokens").asLong(),
                        0,
                        0,
                        usage.path("output_tokens").asLong(),
                        usage.at("/output_tokens_details/reasoning_tokens").asLong()),
                Pace.of(LatencyProfile.named("instant").orElseThrow(), chance.draws(Chance.Purpose.PACE), 0, 0));
    }

    private static Pieces pieces(JsonNode cuts, JsonNode item, String text) {
        List<Piece> pieces = new ArrayList<>();
        for (JsonNode cut : cuts.path(item.path("id").asText())) {
            pieces.add(new Piece(cut.asText(), 1));
        }
        return pieces.isEmpty() ? Pieces.of(List.of(new Piece(text, 1))) : Pieces.of(pieces);
    }

    /** Remembers a call for the answer the request has. */
    private record OneCall(JsonNode request) implements Remembered {
        @Override
        public Optional<List<JsonNode>> response(String id) {
            ObjectNode call = JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "function_call")
                    .put("name", "f")
                    .put("arguments", "{}");
            return Optional.of(List.of(call.set("call_id", request.at("/input/0/call_id"))));
        }

        @Override
        public Optional<List<JsonNode>> conversation(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<JsonNode> item(String id) {
            return Optional.empty();
        }
    }

    private static JsonNode request(String name) {
        return Trees.of(text(name + ".meta.json")).at("/request/body_json");
    }

    private static JsonNode body(String name) {
        return Trees.of(text(name + ".response.json"));
    }

    private static List<JsonNode> events(String name) {
        return text(name + ".response.sse")
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Trees.of(line.substring("data: ".length())))
                .toList();
    }

    private static String text(String file) {
        try {
            return Files.readString(CORE.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
