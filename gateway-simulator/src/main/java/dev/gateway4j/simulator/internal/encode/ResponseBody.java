package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.Usage;
import java.util.List;

/** A response as one object. Members stand in the order of the wire: five first, then by the alphabet, then two last. */
public final class ResponseBody {
    /** Models from here on are told apart by what they take for granted. */
    private static final List<String> NEWER = List.of("gpt-5.2", "gpt-5.3", "gpt-5.4", "gpt-5.5", "gpt-5.6", "gpt-6");

    private static final double NEWER_TOP_P = 0.98;

    private final ResponseHead head;
    private final Plan plan;
    private final JsonNode asked;
    private final Family family;
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private ResponseBody(ResponseHead head, Plan plan) {
        this.head = head;
        this.plan = plan;
        this.asked = head.request().ask().body();
        this.family = head.request().ask().model().family();
    }

    /** The response as it is in the end, with everything an answer that is not streamed tells. */
    public static ObjectNode of(ResponseHead head, Plan plan, List<OutputItem> items) {
        ResponseBody body = new ResponseBody(head, plan);
        body.begin();
        body.outcome(items);
        body.middle();
        body.tools(items);
        body.end();
        return body.json;
    }

    /** The body: indented, without a line break at the end. */
    public static byte[] bytes(JsonNode response) {
        return Json.bytes(Json.indented(json -> json.writeTree(response)));
    }

    /**
     * The response before anything came of it.
     *
     * @param finished the response as it is in the end
     * @param status what to say of it, such as {@code in_progress}
     * @param tier the service tier that was asked for
     */
    public static ObjectNode unfinished(ObjectNode finished, String status, String tier) {
        ObjectNode begun = finished.objectNode();
        finished.properties().forEach(member -> begun.set(member.getKey(), member.getValue()));
        begun.remove("billing");
        begun.put("status", status);
        for (String name : List.of("completed_at", "error", "incomplete_details", "usage")) {
            begun.putNull(name);
        }
        begun.putArray("output");
        begun.put("service_tier", tier);
        if (begun.has("content_filters")) {
            begun.putArray("content_filters");
        }
        begun.set("tool_usage", toolUsage(0));
        return begun;
    }

    /** The finished response as streams tell it. */
    static ObjectNode streamed(ObjectNode finished) {
        ObjectNode told = finished.objectNode();
        finished.properties().forEach(member -> told.set(member.getKey(), member.getValue()));
        told.remove("billing");
        return told;
    }

    /** The service tier that was asked for. */
    public static String askedTier(ResponseHead head) {
        return head.request().ask().body().path("service_tier").asText("auto");
    }

    private Finish finish() {
        return plan.choices().get(0).finish();
    }

    private boolean cut() {
        return finish() == Finish.LENGTH || finish() == Finish.CONTENT_FILTER;
    }

    private void begin() {
        json.put("id", head.id());
        json.put("object", "response");
        json.put("created_at", head.created());
        json.put("status", head.failure().isPresent() ? "failed" : cut() ? "incomplete" : "completed");
        json.put("background", head.request().background());
        if (!head.azure()) {
            json.putObject("billing").put("payer", "developer");
        }
    }

    private void outcome(List<OutputItem> items) {
        if (head.failure().isEmpty() && !cut()) {
            json.put("completed_at", head.completed());
        } else {
            json.putNull("completed_at");
        }
        if (head.azure()) {
            filters();
        }
        if (!head.request().conversationId().isEmpty()) {
            json.putObject("conversation").put("id", head.request().conversationId());
        }
        json.putNull("error");
        head.failure()
                .ifPresent(failure ->
                        json.putObject("error").put("code", failure.code()).put("message", failure.message()));
        json.put("frequency_penalty", 0.0);
        json.putNull("incomplete_details");
        if (head.failure().isEmpty() && cut()) {
            json.putObject("incomplete_details")
                    .put("reason", finish() == Finish.LENGTH ? "max_output_tokens" : "content_filter");
        }
        echo("instructions");
        echo("max_output_tokens");
        echo("max_tool_calls");
        json.put("model", head.request().ask().model().answersAs());
        json.putNull("moderation");
        ArrayNode output = json.putArray("output");
        if (head.failure().isEmpty()) {
            items.forEach(item -> output.add(shown(item.json())));
        }
    }

    /** Items show their probabilities rounded. */
    static ObjectNode shown(ObjectNode item) {
        if (item.path("content").path(0).path("logprobs").isEmpty()) {
            return item;
        }
        ObjectNode shown = item.deepCopy();
        for (JsonNode part : shown.path("content")) {
            if (part.path("logprobs") instanceof ArrayNode logprobs) {
                ((ObjectNode) part).set("logprobs", Logprobs.rounded(logprobs));
            }
        }
        return shown;
    }

    private void filters() {
        ObjectNode filter = json.putArray("content_filters").addObject();
        filter.put("blocked", false).put("source_type", "prompt");
        filter.putArray("content_filter_raw");
        filter.putObject("content_filter_results");
        filter.putObject("content_filter_offsets")
                .put("start_offset", 0)
                .put("end_offset", head.request().ask().conversation().characters())
                .put("check_offset", 0);
    }

    private void middle() {
        json.put("parallel_tool_calls", asked.path("parallel_tool_calls").asBoolean(true));
        json.put("presence_penalty", 0.0);
        echo("previous_response_id");
        if (asked.path("prompt").isObject()) {
            echo("prompt");
        }
        echo("prompt_cache_key");
        json.put("prompt_cache_retention", asked.path("prompt_cache_retention").asText(newer() ? "24h" : "in_memory"));
        json.set("reasoning", reasoning());
        echo("safety_identifier");
        json.put("service_tier", head.request().tier());
        json.put("store", head.request().store());
        json.put("temperature", asked.path("temperature").asDouble(1));
        ObjectNode text = json.putObject("text");
        text.set("format", EchoedTools.format(asked.path("text").path("format")));
        text.put("verbosity", asked.path("text").path("verbosity").asText("medium"));
    }

    private JsonNode reasoning() {
        JsonNode wanted = asked.path("reasoning");
        ObjectNode reasoning = json.objectNode();
        if (family.reasoning()) {
            reasoning.put("context", family.context().orElse("current_turn"));
            reasoning.put("effort", wanted.path("effort").asText(family.effort().orElse("medium")));
            reasoning.put("mode", wanted.path("mode").asText("standard"));
        } else {
            reasoning.putNull("effort");
        }
        JsonNode summary = wanted.path("summary");
        return reasoning.set("summary", summary.isTextual() ? summary : reasoning.nullNode());
    }

    private void tools(List<OutputItem> items) {
        if (asked.hasNonNull("tool_choice")) {
            echo("tool_choice");
        } else {
            json.put("tool_choice", "auto");
        }
        long searches = items.stream()
                .filter(item -> item.type().equals("web_search_call"))
                .count();
        json.set("tool_usage", toolUsage(searches));
        json.set("tools", EchoedTools.of(asked.path("tools")));
    }

    private static ObjectNode toolUsage(long searches) {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        ObjectNode images = usage.putObject("image_gen");
        for (String name : List.of("input_tokens", "output_tokens")) {
            images.put(name, 0);
            images.putObject(name + "_details").put("image_tokens", 0).put("text_tokens", 0);
        }
        images.put("total_tokens", 0);
        usage.putObject("web_search").put("num_requests", searches);
        return usage;
    }

    private void end() {
        json.put("top_logprobs", asked.path("top_logprobs").asInt(0));
        json.put("top_p", asked.path("top_p").asDouble(newer() ? NEWER_TOP_P : 1));
        json.put("truncation", asked.path("truncation").asText("disabled"));
        if (head.failure().isPresent()) {
            json.putNull("usage");
        } else {
            json.set("usage", usage(plan.usage()));
        }
        echo("user");
        ObjectNode metadata = json.putObject("metadata");
        asked.path("metadata").properties().forEach(pair -> metadata.set(pair.getKey(), pair.getValue()));
    }

    /** The usage of a response. */
    static ObjectNode usage(Usage usage) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("input_tokens", usage.input());
        json.putObject("input_tokens_details")
                .put("cache_write_tokens", usage.cacheWrite())
                .put("cached_tokens", usage.cached());
        json.put("output_tokens", usage.output());
        json.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        return json.put("total_tokens", usage.total());
    }

    private boolean newer() {
        return NEWER.stream().anyMatch(head.request().ask().model().id()::startsWith);
    }

    private void echo(String name) {
        JsonNode value = asked.path(name);
        json.set(name, value.isMissingNode() ? json.nullNode() : value);
    }
}
