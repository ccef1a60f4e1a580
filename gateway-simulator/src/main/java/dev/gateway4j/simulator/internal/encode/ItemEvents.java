package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The events of one item, each made only when it is asked for. */
final class ItemEvents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** The stages of tools that OpenAI runs, between the beginning and the end of their item. */
    private static final Map<String, List<String>> STAGES = Map.of(
            "web_search_call", List.of("in_progress", "searching", "completed"),
            "file_search_call", List.of("in_progress", "searching", "completed"),
            "image_generation_call", List.of("in_progress", "generating", "completed"),
            "mcp_list_tools", List.of("in_progress", "completed"));

    private final OutputItem item;
    private final int index;

    private ItemEvents(OutputItem item, int index) {
        this.item = item;
        this.index = index;
    }

    /** The events of an item at this place of the output. */
    static Iterator<StreamEvent> of(OutputItem item, int index) {
        ItemEvents events = new ItemEvents(item, index);
        return Stream.concat(
                        Stream.of(events.whole("added", events.begun(), StreamEvent.Wait.FIRST)),
                        Stream.concat(
                                events.inside(),
                                Stream.of(
                                        events.whole("done", ResponseBody.shown(item.json()), StreamEvent.Wait.NONE))))
                .iterator();
    }

    private Stream<StreamEvent> inside() {
        return switch (item.type()) {
            case "message" -> message();
            case "reasoning" -> reasoning();
            case "function_call" ->
                said(
                        "response.function_call_arguments",
                        "arguments",
                        item.said().get(0));
            case "custom_tool_call" ->
                said("response.custom_tool_call_input", "input", item.said().get(0));
            case "mcp_call" ->
                Stream.concat(
                        stages("in_progress"),
                        Stream.concat(
                                said(
                                        "response.mcp_call_arguments",
                                        "arguments",
                                        item.said().get(0)),
                                stages("completed")));
            case "code_interpreter_call" ->
                Stream.concat(
                        stages("in_progress"),
                        Stream.concat(
                                said(
                                        "response.code_interpreter_call_code",
                                        "code",
                                        item.said().get(0)),
                                stages("interpreting", "completed")));
            case "apply_patch_call" ->
                said(
                        "response.apply_patch_call_operation_diff",
                        "diff",
                        item.said().get(0));
            case "shell_call" -> commands();
            default -> stages(STAGES.getOrDefault(item.type(), List.of()).toArray(String[]::new));
        };
    }

    /** The item before anything of it is known. */
    private ObjectNode begun() {
        ObjectNode begun = item.json().deepCopy();
        if (begun.has("status")) {
            begun.put("status", "in_progress");
        }
        switch (item.type()) {
            case "message" -> begun.putArray("content");
            case "reasoning" -> {
                begun.putArray("summary");
                if (begun.has("encrypted_content")) {
                    String sealed = begun.path("encrypted_content").asText();
                    begun.put("encrypted_content", sealed.substring(0, sealed.length() / 2));
                }
            }
            case "function_call" -> begun.put("arguments", "");
            case "custom_tool_call" -> begun.put("input", "");
            case "mcp_call" -> begun.put("arguments", "").putNull("output");
            case "mcp_list_tools" -> begun.putArray("tools");
            case "code_interpreter_call" -> begun.put("code", "").putNull("outputs");
            case "image_generation_call" -> begun.putNull("result");
            case "file_search_call" -> {
                begun.putArray("queries");
                begun.putNull("results");
            }
            case "web_search_call" -> begun.remove("action");
            case "apply_patch_call" -> ((ObjectNode) begun.path("operation")).put("diff", "");
            case "shell_call" -> ((ObjectNode) begun.path("action")).putArray("commands");
            default -> {}
        }
        return begun;
    }

    private Stream<StreamEvent> message() {
        Stream<StreamEvent> parts = Stream.empty();
        for (int part = 0; part < item.json().path("content").size(); part++) {
            parts = Stream.concat(parts, part(part, item.json().path("content").get(part)));
        }
        return parts;
    }

    private Stream<StreamEvent> part(int place, JsonNode part) {
        boolean refusal = part.path("type").asText().equals("refusal");
        Pieces said = item.said().get(place);
        String text = part.path(refusal ? "refusal" : "text").asText();
        Stream<StreamEvent> content = refusal ? refused(place, said, text) : spoken(place, said, part);
        return Stream.concat(
                Stream.of(part("added", place, blank(part))),
                Stream.concat(content, Stream.of(part("done", place, unweighed(part)))));
    }

    private Stream<StreamEvent> spoken(int place, Pieces said, JsonNode part) {
        ArrayNode logprobs = (ArrayNode) part.path("logprobs");
        ArrayNode annotations = (ArrayNode) part.path("annotations");
        Stream<StreamEvent> deltas = IntStream.range(0, said.list().size()).mapToObj(i -> {
            Piece piece = said.list().get(i);
            ArrayNode entries = JSON.arrayNode();
            if (i < logprobs.size()) {
                entries.add(logprobs.get(i));
            }
            StreamEvent delta = delta("response.output_text.delta", piece);
            delta.put("content_index", JSON.numberNode(place)).put("logprobs", entries);
            return delta;
        });
        Stream<StreamEvent> notes = IntStream.range(0, annotations.size())
                .mapToObj(i -> event("response.output_text.annotation.added")
                        .put("annotation", annotations.get(i))
                        .put("annotation_index", JSON.numberNode(i))
                        .put("content_index", JSON.numberNode(place)));
        StreamEvent done = event("response.output_text.done")
                .put("content_index", JSON.numberNode(place))
                .put("logprobs", logprobs)
                .put("text", part.path("text"));
        return Stream.concat(deltas, Stream.concat(notes, Stream.of(done)));
    }

    private Stream<StreamEvent> refused(int place, Pieces said, String text) {
        return Stream.concat(
                said.list().stream().map(piece -> delta("response.refusal.delta", piece)
                        .put("content_index", JSON.numberNode(place))),
                Stream.of(event("response.refusal.done")
                        .put("content_index", JSON.numberNode(place))
                        .put("refusal", JSON.textNode(text))));
    }

    private Stream<StreamEvent> reasoning() {
        ArrayNode summary = (ArrayNode) item.json().path("summary");
        Stream<StreamEvent> parts = Stream.empty();
        for (int i = 0; i < summary.size(); i++) {
            parts = Stream.concat(parts, summary(i, summary.get(i), item.said().get(i)));
        }
        return parts;
    }

    private Stream<StreamEvent> summary(int place, JsonNode part, Pieces said) {
        JsonNode number = JSON.numberNode(place);
        JsonNode empty = JSON.objectNode().put("type", "summary_text").put("text", "");
        return Stream.concat(
                Stream.of(event("response.reasoning_summary_part.added")
                        .put("part", empty)
                        .put("summary_index", number)),
                Stream.concat(
                        said.list().stream().map(piece -> delta("response.reasoning_summary_text.delta", piece)
                                .put("summary_index", number)),
                        Stream.of(
                                event("response.reasoning_summary_text.done")
                                        .put("summary_index", number)
                                        .put("text", part.path("text")),
                                event("response.reasoning_summary_part.done")
                                        .put("part", part)
                                        .put("summary_index", number))));
    }

    private Stream<StreamEvent> said(String prefix, String member, Pieces said) {
        return Stream.concat(
                said.list().stream().map(piece -> delta(prefix + ".delta", piece)),
                Stream.of(event(prefix + ".done").put(member, JSON.textNode(said.text()))));
    }

    private Stream<StreamEvent> commands() {
        List<StreamEvent> events = new ArrayList<>();
        JsonNode commands = item.json().path("action").path("commands");
        for (int i = 0; i < commands.size(); i++) {
            JsonNode number = JSON.numberNode(i);
            events.add(command("added", number).put("command", JSON.textNode("")));
            events.add(command("delta", number).put("delta", commands.get(i)));
            events.add(command("done", number).put("command", commands.get(i)));
        }
        return events.stream();
    }

    private StreamEvent command(String what, JsonNode number) {
        return new StreamEvent("response.shell_call_command." + what, StreamEvent.Wait.NONE, 0)
                .put("command_index", number)
                .put("output_index", JSON.numberNode(index));
    }

    private Stream<StreamEvent> stages(String... stages) {
        return Stream.of(stages).map(stage -> event("response." + item.type() + "." + stage));
    }

    private StreamEvent whole(String what, ObjectNode json, StreamEvent.Wait wait) {
        boolean thought = what.equals("done") && item.silent() > 0;
        return new StreamEvent(
                        "response.output_item." + what,
                        thought ? StreamEvent.Wait.TOKENS : wait,
                        thought ? item.silent() : 0)
                .put("item", json)
                .put("output_index", JSON.numberNode(index));
    }

    private StreamEvent part(String what, int place, JsonNode part) {
        return event("response.content_part." + what)
                .put("content_index", JSON.numberNode(place))
                .put("part", part);
    }

    private StreamEvent delta(String type, Piece piece) {
        return place(new StreamEvent(type, StreamEvent.Wait.TOKENS, piece.tokens()))
                .put("delta", JSON.textNode(piece.text()));
    }

    private StreamEvent event(String type) {
        return place(new StreamEvent(type, StreamEvent.Wait.NONE, 0));
    }

    private StreamEvent place(StreamEvent event) {
        return event.put("item_id", JSON.textNode(item.id())).put("output_index", JSON.numberNode(index));
    }

    /** A part before anything of it is said. */
    private static JsonNode blank(JsonNode part) {
        ObjectNode blank = JSON.objectNode();
        part.properties().forEach(member -> blank.set(member.getKey(), empty(member)));
        return blank;
    }

    private static JsonNode empty(Map.Entry<String, JsonNode> member) {
        if (member.getValue().isArray()) {
            return JSON.arrayNode();
        }
        return member.getKey().equals("type") ? member.getValue() : JSON.textNode("");
    }

    /** A part as its end tells it: without probabilities. */
    private static JsonNode unweighed(JsonNode part) {
        return part.path("logprobs").isEmpty()
                ? part
                : ((ObjectNode) part.deepCopy()).set("logprobs", JSON.arrayNode());
    }
}
