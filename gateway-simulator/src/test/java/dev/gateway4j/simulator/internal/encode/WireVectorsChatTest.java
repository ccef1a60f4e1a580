package dev.gateway4j.simulator.internal.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.plan.Usage;
import dev.gateway4j.simulator.internal.request.ChatRequest;
import dev.gateway4j.simulator.internal.request.EmbeddingsRequest;
import dev.gateway4j.simulator.internal.request.ModelTraits;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Recorded answers of the real service, taken apart into what was said and billed, and put together again by our encoders: the shape must be
 * the same. The recordings are not part of the repository; {@code -Dgateway4j.shared=DIR} says where they are.
 */
@Tag("recordings")
class WireVectorsChatTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("gateway4j.shared", "../../shared"), "data", "wire-vectors", "core");

    /** Members that came to the wire later than some recordings: what is absent before is no mistake. */
    private static final Map<String, String> SINCE = new TreeMap<>(Map.of(
            "prompt_tokens_details", "2024-10",
            "audio_tokens", "2024-10",
            "accepted_prediction_tokens", "2024-10",
            "rejected_prediction_tokens", "2024-10",
            "service_tier", "2024-11",
            "annotations", "2025-03",
            "obfuscation", "2025-08"));
    /** Before this month chunks had no {@code usage} that is null. */
    private static final String NULL_USAGE_SINCE = "2024-10";
    /** Members of recordings that only some regions of Azure send. */
    private static final List<String> SOMEWHERE = List.of("latency_checkpoint");

    @Test
    void chat_completions_have_the_shape_of_the_recorded_ones() throws IOException {
        List<String> seen = new ArrayList<>();
        for (Vector vector : vectors("chat-", "azure-chat")) {
            if (vector.streamed()) {
                requireSameEvents(vector);
            } else {
                requireSameBody(vector);
            }
            seen.add(vector.name());
        }
        assertThat(seen).hasSize(25);
    }

    @Test
    void requests_that_were_answered_are_accepted() throws IOException {
        for (Vector vector : vectors("chat-", "azure-chat")) {
            Optional<String> deployment =
                    Optional.of(vector.request().path("model").asText());

            ChatRequest request = ChatRequest.read(vector.bytes("body_json"), deployment);

            assertThat(request.stream()).as(vector.name()).isEqualTo(vector.streamed());
        }
    }

    @Test
    void legacy_completions_have_the_shape_of_the_recorded_ones() throws IOException {
        for (Vector vector : vectors("completions-")) {
            List<JsonNode> events = vector.events();
            JsonNode first = events.get(0);
            StringBuilder text = new StringBuilder();
            events.forEach(event -> text.append(event.at("/choices/0/text").asText()));
            String finish =
                    events.get(events.size() - 1).at("/choices/0/finish_reason").asText();
            Pieces pieces = Plans.TOKENS.pieces(Models.family("davinci-002").encoding(), text.toString());
            LegacyChoice choice = new LegacyChoice(pieces, finish, 0, false, Optional.empty());
            CompletionHead head = new CompletionHead(
                    first.path("id").asText(),
                    first.path("created").asLong(),
                    first.path("model").asText());
            Usage usage = new Usage(first.at("/usage/prompt_tokens").asLong(), 0, 0, pieces.tokens(), 0);

            String ours = vector.streamed()
                    ? Plans.read(new CompletionStream(head, List.of(choice), Optional.empty(), Plans.instant(), 0))
                    : new String(CompletionBody.of(head, List.of(choice), usage), StandardCharsets.UTF_8);

            assertThat(ours).as(vector.name()).isEqualTo(vector.body());
        }
    }

    @Test
    void embeddings_have_the_shape_of_the_recorded_ones() throws IOException {
        for (Vector vector : vectors("embeddings-")) {
            EmbeddingsRequest request =
                    EmbeddingsRequest.read(vector.bytes("body_json"), Optional.empty(), Plans.TOKENS);
            List<float[]> vectors = request.texts().stream()
                    .map(text -> new float[] {0.1f, -0.2f})
                    .toList();

            String ours = new String(EmbeddingsBody.of(request, vectors), StandardCharsets.UTF_8);

            assertThat(WireShapes.of(tree(ours)))
                    .as(vector.name())
                    .isEqualTo(usual(WireShapes.of(tree(vector.body()))));
            assertThat(tree(ours).path("usage"))
                    .as(vector.name())
                    .isEqualTo(tree(vector.body()).path("usage"));
            assertThat(tree(ours).path("model"))
                    .as(vector.name())
                    .isEqualTo(tree(vector.body()).path("model"));
            if (vector.body().startsWith("{\n")) {
                assertThat(ours.substring(0, 60))
                        .as(vector.name())
                        .isEqualTo(vector.body().substring(0, 60));
            }
        }
    }

    @Test
    void models_look_as_the_recorded_one() throws IOException {
        for (Vector vector : vectors("model-")) {
            JsonNode theirs = tree(vector.body());
            Model model = Models.deployed(theirs.path("id").asText());
            Model same = new Model(
                    model.id(),
                    theirs.path("created").asLong(),
                    theirs.path("owned_by").asText(),
                    model.answersAs(),
                    model.kind(),
                    model.context(),
                    model.limit(),
                    model.family());

            assertThat(new String(ModelsBody.of(same), StandardCharsets.UTF_8)).isEqualTo(vector.body());
        }
    }

    /** One recording, which is compact too, tells the index after the vector; all others before it. */
    private static String usual(String shape) {
        return shape.replace("embedding:[number],index:number", "index:number,embedding:[number]");
    }

    private static void requireSameBody(Vector vector) throws IOException {
        JsonNode theirs = tree(vector.body());
        List<ChatChoice> choices = new ArrayList<>();
        for (JsonNode choice : theirs.path("choices")) {
            JsonNode message = choice.path("message");
            choices.add(choice(
                    vector,
                    message.path("content").asText(""),
                    message.path("refusal").asText(""),
                    calls(message.path("tool_calls")),
                    choice.path("finish_reason").asText()));
        }

        byte[] body = ChatBody.of(head(vector, theirs), choices, usage(vector, theirs));
        JsonNode ours = tree(new String(vector.azure() ? AzureBodies.completion(body) : body, StandardCharsets.UTF_8));

        if (vector.recorded().compareTo("2025-09") >= 0
                && choices.get(0).citations().isEmpty()) {
            String text = new String(vector.azure() ? AzureBodies.completion(body) : body, StandardCharsets.UTF_8);
            assertThat(masked(text, ours)).as(vector.name()).isEqualTo(masked(vector.body(), theirs));
        }
        assertThat(WireShapes.of(aged(vector, ours))).as(vector.name()).isEqualTo(WireShapes.of(theirs));
    }

    /** A body without what differs from one system to the next. */
    private static String masked(String body, JsonNode tree) {
        String masked = body.strip();
        for (JsonNode call : tree.findValues("tool_calls")) {
            for (JsonNode one : call) {
                masked = masked.replace(one.path("id").asText(), "call_");
            }
        }
        String fingerprint = tree.path("system_fingerprint").asText("");
        return fingerprint.length() > 3 ? masked.replace(fingerprint, "fp_") : masked;
    }

    private static void requireSameEvents(Vector vector) throws IOException {
        List<JsonNode> theirs = vector.events();
        JsonNode first = theirs.stream()
                .filter(event -> !event.path("id").asText().isEmpty())
                .findFirst()
                .orElseThrow();
        JsonNode last = theirs.get(theirs.size() - 1);
        List<ChatChoice> choices = new ArrayList<>();
        for (int index = 0; index < 2; index++) {
            streamedChoice(vector, theirs, index).ifPresent(choices::add);
        }
        boolean usage = last.path("usage").isObject();
        boolean padded = vector.recorded().compareTo(SINCE.getOrDefault("obfuscation", "")) >= 0;
        Frames stream = new ChatStream(
                head(vector, first),
                choices,
                usage(vector, last),
                usage,
                Optional.of(new Draws(1)).filter(draws -> padded),
                Plans.instant(),
                0);
        List<JsonNode> ours = events(Plans.read(vector.azure() ? new AzureStream(stream) : stream));

        List<JsonNode> aged = ours.stream().map(event -> aged(vector, event)).toList();
        List<JsonNode> known = theirs.stream().map(WireVectorsChatTest::known).toList();
        if (choices.size() == 1) {
            assertThat(WireShapes.of(aged)).as(vector.name()).isEqualTo(WireShapes.of(known));
        } else {
            assertThat(turns(aged)).as(vector.name()).isEqualTo(turns(known));
        }
        if (choices.get(0).choice().calls().isEmpty()) {
            assertThat(deltas(ours)).as(vector.name()).isEqualTo(deltas(theirs));
        }
    }

    private static Optional<ChatChoice> streamedChoice(Vector vector, List<JsonNode> events, int index) {
        StringBuilder text = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        Map<Integer, StringBuilder> arguments = new TreeMap<>();
        Map<Integer, String> names = new TreeMap<>();
        String finish = "";
        for (JsonNode event : events) {
            JsonNode choice = event.at("/choices/0");
            if (choice.path("index").asInt(-1) != index) {
                continue;
            }
            JsonNode delta = choice.path("delta");
            text.append(delta.path("content").asText(""));
            refusal.append(delta.path("refusal").asText(""));
            for (JsonNode call : delta.path("tool_calls")) {
                int number = call.path("index").asInt();
                arguments
                        .computeIfAbsent(number, key -> new StringBuilder())
                        .append(call.at("/function/arguments").asText());
                if (call.has("id")) {
                    names.put(number, call.at("/function/name").asText());
                }
            }
            finish = choice.path("finish_reason").asText("").isEmpty()
                            || choice.path("finish_reason").isNull()
                    ? finish
                    : choice.path("finish_reason").asText();
        }
        if (finish.isEmpty()) {
            return Optional.empty();
        }
        List<PlannedCall> calls = new ArrayList<>();
        names.forEach((number, name) -> calls.add(
                new PlannedCall(Tool.Kind.FUNCTION, name, pieces(vector, String.valueOf(arguments.get(number))))));
        return Optional.of(choice(vector, text.toString(), refusal.toString(), calls, finish));
    }

    private static ChatChoice choice(
            Vector vector, String text, String refusal, List<PlannedCall> calls, String finish) {
        Choice choice = new Choice(
                pieces(vector, text),
                pieces(vector, refusal),
                calls,
                Pieces.NONE,
                Stream.of(Finish.values())
                        .filter(one -> one.id().equals(finish))
                        .findFirst()
                        .orElseThrow());
        List<String> ids = new ArrayList<>();
        calls.forEach(call -> ids.add("call_" + ids.size()));
        OptionalInt top = ChatRequest.read(
                        vector.bytes("body_json"),
                        Optional.of(vector.request().path("model").asText()))
                .options()
                .logprobs();
        Optional<ChatLogprobs> logprobs = top.isEmpty()
                ? Optional.empty()
                : Optional.of(ChatLogprobs.of(
                        refusal.isEmpty() ? choice.text() : choice.refusal(), new Draws(1), top.getAsInt()));
        boolean cites = ModelTraits.searches(model(vector));
        return new ChatChoice(choice, ids, logprobs, cites ? Citation.in(text) : List.of(), Optional.empty());
    }

    private static List<PlannedCall> calls(JsonNode given) {
        List<PlannedCall> calls = new ArrayList<>();
        for (JsonNode call : given) {
            calls.add(new PlannedCall(
                    Tool.Kind.FUNCTION,
                    call.at("/function/name").asText(),
                    Plans.pieces(call.at("/function/arguments").asText())));
        }
        return calls;
    }

    private static Pieces pieces(Vector vector, String text) {
        return Plans.TOKENS.pieces(model(vector).family().encoding(), text);
    }

    private static Model model(Vector vector) {
        return Models.deployed(vector.answeredBy());
    }

    private static ChatHead head(Vector vector, JsonNode answer) {
        return new ChatHead(
                answer.path("id").asText(),
                answer.path("created").asLong(),
                model(vector),
                answer.path("service_tier").asText(""));
    }

    private static ChatUsage usage(Vector vector, JsonNode answer) {
        JsonNode usage = answer.path("usage");
        return ChatUsage.of(
                new Usage(
                        usage.path("prompt_tokens").asLong(),
                        usage.at("/prompt_tokens_details/cached_tokens").asLong(),
                        usage.at("/prompt_tokens_details/cache_write_tokens").asLong(),
                        usage.path("completion_tokens").asLong(),
                        usage.at("/completion_tokens_details/reasoning_tokens").asLong()),
                model(vector).family().cacheWriteShown());
    }

    /** Our event as it would have been when the recording was made. */
    private static JsonNode aged(Vector vector, JsonNode event) {
        JsonNode aged = event;
        for (Map.Entry<String, String> member : SINCE.entrySet()) {
            if (vector.recorded().compareTo(member.getValue()) < 0) {
                aged = WireShapes.without(aged, member.getKey());
            }
        }
        if (vector.recorded().compareTo(NULL_USAGE_SINCE) < 0
                && aged.path("usage").isNull()) {
            aged = WireShapes.without(aged, "usage");
        }
        return aged;
    }

    private static JsonNode known(JsonNode event) {
        JsonNode known = event;
        for (String member : SOMEWHERE) {
            known = WireShapes.without(known, member);
        }
        return known;
    }

    /** Which choice each of the first events belongs to, and the shapes there are. */
    private static List<String> turns(List<JsonNode> events) {
        List<String> turns = new ArrayList<>();
        for (JsonNode event : events) {
            if (turns.size() < 12) {
                turns.add(event.at("/choices/0/index").asText() + event.at("/choices/0/delta/content"));
            }
        }
        events.stream().map(WireShapes::of).distinct().forEach(turns::add);
        return turns;
    }

    /** What the first choice says, chunk by chunk. */
    private static List<String> deltas(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.at("/choices/0"))
                .filter(choice -> choice.path("index").asInt(-1) == 0)
                .map(choice -> choice.path("delta").toString())
                .toList();
    }

    private static List<JsonNode> events(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> tree(line.substring("data: ".length())))
                .toList();
    }

    private static JsonNode tree(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static List<Vector> vectors(String... prefixes) throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), () -> "the recordings are not there: " + FOLDER.toAbsolutePath());
        List<Vector> vectors = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                boolean wanted = Stream.of(prefixes).anyMatch(name::startsWith) && name.endsWith(".meta.json");
                if (wanted) {
                    vectors.add(new Vector(tree(Files.readString(file))));
                }
            }
        }
        return vectors;
    }

    /** One recording. */
    private record Vector(JsonNode meta) {
        String name() {
            return meta.path("name").asText();
        }

        boolean azure() {
            return name().startsWith("azure");
        }

        boolean streamed() {
            return meta.path("kind").asText().equals("sse");
        }

        String recorded() {
            return meta.at("/source/recorded").asText();
        }

        JsonNode request() {
            return meta.at("/request/body_json");
        }

        byte[] bytes(String member) {
            return Json.bytes(meta.path("request").path(member).toString());
        }

        String body() throws IOException {
            return Files.readString(FOLDER.resolve(meta.path("body_file").asText()));
        }

        List<JsonNode> events() throws IOException {
            return streamed() ? WireVectorsChatTest.events(body()) : List.of(tree(body()));
        }

        /** The model that answered. */
        String answeredBy() {
            try {
                return events().stream()
                        .map(event -> event.path("model").asText())
                        .filter(name -> !name.isEmpty())
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
