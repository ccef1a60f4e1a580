package dev.gateway4j.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.simulator.internal.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a scenario answers. An answer that speaks (text, calls, refusal, JSON) has no form of its own: the simulator gives it that of a chat
 * completion, a response or a completion, streamed or not. One with a status or a body is sent as it stands, by any endpoint. One with
 * neither leaves the answer to the other sources and adds its fault, delay or state. Immutable.
 *
 * <pre>{@code
 * Answer.text("Sunny").usage(12, 3).after(Duration.ofMillis(200));
 * Answer.call("get_weather", Map.of("city", "Paris")).andCall("get_time", Map.of());
 * Answer.status(503).header("retry-after", "2");
 * }</pre>
 */
public final class Answer {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Duration LONGEST_DELAY = Duration.ofDays(30);

    private final ObjectNode parts;

    private Answer(ObjectNode parts) {
        this.parts = parts;
    }

    /** The ordinary answer of the simulator, to which a fault, a delay or a state can be added. */
    public static Answer ordinary() {
        return new Answer(JSON.objectNode());
    }

    /** The assistant says this. */
    public static Answer text(String text) {
        return ordinary().with("text", JSON.textNode(text));
    }

    /** The assistant says what this template comes to; it may name what files of templates may. */
    public static Answer template(String mustache) {
        return ordinary().with("template", JSON.textNode(mustache));
    }

    /**
     * The assistant calls a tool.
     *
     * @param arguments its arguments: a map, or a text for a custom tool
     */
    public static Answer call(String name, Object arguments) {
        return ordinary().andCall(name, arguments);
    }

    /** The assistant refuses. */
    public static Answer refusal(String why) {
        return ordinary().with("refusal", JSON.textNode(why));
    }

    /** The assistant says this map, list or value as JSON, which is what a structured output asks for. */
    public static Answer json(Object value) {
        return ordinary().with("json", Json.tree(value));
    }

    /** An HTTP status; from 400 on with an error body in OpenAI's form unless {@link #body} gives another. */
    public static Answer status(int status) {
        return ordinary().with("status", JSON.numberNode(status));
    }

    /** A fault by its name, such as {@code 429-tokens} or {@code cut after=3 events}, on top of the ordinary answer. */
    public static Answer fault(String fault) {
        return ordinary().withFault(fault);
    }

    /** This answer and one more call of a tool. */
    public Answer andCall(String name, Object arguments) {
        ObjectNode more = parts.deepCopy();
        ObjectNode call = more.withArrayProperty("calls").addObject();
        call.put("name", name).set("arguments", Json.tree(arguments));
        return new Answer(more);
    }

    /** This answer with what is told of the reasoning. */
    public Answer summary(String text) {
        return with("summary", JSON.textNode(text));
    }

    /** This answer with another end: {@code stop}, {@code length}, {@code tool_calls} or {@code content_filter}. */
    public Answer finish(String reason) {
        return with("finish", JSON.textNode(reason));
    }

    /** This answer with these numbers of tokens in place of those counted. */
    public Answer usage(long input, long output) {
        return tokens("input", input).tokens("output", output);
    }

    /** This answer with so many prompt tokens read from the cache. */
    public Answer cachedTokens(long tokens) {
        return tokens("cached", tokens);
    }

    /** This answer with so many tokens spent on reasoning. */
    public Answer reasoningTokens(long tokens) {
        return tokens("reasoning", tokens);
    }

    /**
     * This answer with a number of tokens in place of the one counted.
     *
     * @param kind {@code input}, {@code cached}, {@code output} or {@code reasoning}
     */
    public Answer tokens(String kind, long tokens) {
        ObjectNode more = parts.deepCopy();
        more.withObjectProperty("usage").put(kind, tokens);
        return new Answer(more);
    }

    /** This answer and all that the other one says; where both say something, the other one does. */
    public Answer with(Answer other) {
        ObjectNode more = parts.deepCopy();
        more.setAll(other.parts);
        return new Answer(more);
    }

    /** This answer with a header; it takes the place of one of the same name. Only for answers that are sent as they stand. */
    public Answer header(String name, String value) {
        ObjectNode more = parts.deepCopy();
        more.withObjectProperty("headers").put(name, value);
        return new Answer(more);
    }

    /** This answer sent as it stands with this body: a text, or a map or list that becomes JSON. */
    public Answer body(Object body) {
        return with("body", Json.tree(body));
    }

    /** This answer with a fault by its name. */
    public Answer withFault(String fault) {
        return with("fault", JSON.textNode(fault));
    }

    /**
     * This answer, so much later.
     *
     * @throws IllegalArgumentException if that is before, or more than 30 days
     */
    public Answer after(Duration delay) {
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException("the delay is " + delay + "; it is 30 days at most");
        }
        return with("delay", JSON.textNode(delay.toMillis() + "ms"));
    }

    /** This answer, after which the state of this name has this value. */
    public Answer setState(String name, String value) {
        ObjectNode more = parts.deepCopy();
        more.withObjectProperty("set_state").put(name, value);
        return new Answer(more);
    }

    /** What is said, if a text is. */
    public Optional<String> text() {
        return string("text");
    }

    /** The template of what is said, if there is one. */
    public Optional<String> template() {
        return string("template");
    }

    /** The tools that are called. */
    public List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (JsonNode call : parts.path("calls")) {
            JsonNode arguments = call.path("arguments");
            String text = arguments.isTextual()
                    ? arguments.asText()
                    : arguments.isMissingNode() ? "{}" : arguments.toString();
            calls.add(new Call(call.path("name").asText(), text));
        }
        return List.copyOf(calls);
    }

    /** Why nothing is said, if it is refused. */
    public Optional<String> refusal() {
        return string("refusal");
    }

    /** The JSON that is said, if JSON is. */
    public Optional<String> json() {
        return parts.has("json") ? Optional.of(parts.get("json").toString()) : Optional.empty();
    }

    /** What is told of the reasoning. */
    public Optional<String> summary() {
        return string("summary");
    }

    /** The end that is claimed. */
    public Optional<String> finish() {
        return string("finish");
    }

    /** Tokens that are claimed: {@code input}, {@code cached}, {@code output} or {@code reasoning}. */
    public OptionalLong tokens(String kind) {
        JsonNode tokens = parts.path("usage").path(kind);
        return tokens.isNumber() ? OptionalLong.of(tokens.asLong()) : OptionalLong.empty();
    }

    /** The HTTP status, if one is given. */
    public OptionalInt status() {
        return parts.has("status") ? OptionalInt.of(parts.get("status").asInt()) : OptionalInt.empty();
    }

    /** The headers that are given. */
    public WireHeaders headers() {
        WireHeaders.Builder headers = WireHeaders.builder();
        parts.path("headers")
                .properties()
                .forEach(
                        header -> headers.add(header.getKey(), header.getValue().asText()));
        return headers.build();
    }

    /** The body, if one is given; JSON is indented as OpenAI does. */
    public Optional<String> body() {
        if (!parts.has("body")) {
            return Optional.empty();
        }
        JsonNode body = parts.get("body");
        return Optional.of(body.isTextual() ? body.asText() : Json.indented(json -> json.writeTree(body)));
    }

    /** The fault, if one is given. */
    public Optional<String> fault() {
        return string("fault");
    }

    /** How much later it comes. */
    public Duration delay() {
        return string("delay")
                .map(text -> Duration.ofMillis(Long.parseLong(text.replace("ms", ""))))
                .orElse(Duration.ZERO);
    }

    /** The states it sets. */
    public Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        parts.path("set_state")
                .properties()
                .forEach(state -> states.put(state.getKey(), state.getValue().asText()));
        return Map.copyOf(states);
    }

    /** True if it is sent as it stands, in no endpoint's form. */
    public boolean isRaw() {
        return parts.has("status") || parts.has("body");
    }

    /** True if it says something, in the form of the endpoint. */
    public boolean speaks() {
        return parts.has("text")
                || parts.has("template")
                || parts.has("calls")
                || parts.has("refusal")
                || parts.has("json");
    }

    /** This answer as JSON, with the names that a file of scenarios uses. */
    public String toJson() {
        return parts.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answer that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return "Answer" + parts;
    }

    private Answer with(String name, JsonNode value) {
        ObjectNode more = parts.deepCopy();
        more.set(name, value);
        return new Answer(more);
    }

    private Optional<String> string(String name) {
        return parts.has(name) ? Optional.of(parts.get(name).asText()) : Optional.empty();
    }

    /**
     * A call of a tool.
     *
     * @param name the tool
     * @param arguments what it is called with: JSON, or a text for a custom tool
     */
    public record Call(String name, String arguments) {
        /**
         * True if the arguments hold this value.
         *
         * @param pointer where, as a JSON pointer such as {@code /city}
         * @param value a text, number, boolean, list or map
         */
        public boolean hasArgument(String pointer, Object value) {
            return Json.read(Json.bytes(arguments))
                    .filter(json -> Json.same(json.at(pointer), Json.tree(value)))
                    .isPresent();
        }
    }
}
