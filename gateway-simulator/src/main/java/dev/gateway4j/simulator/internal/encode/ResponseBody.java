package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.Usage;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A response as one object: the whole answer, or the state of a stream at its beginning and end. */
public final class ResponseBody {
    private final ResponseHead head;
    private final Plan plan;
    private final JsonNode asked;

    /** The response that says this plan. */
    public ResponseBody(ResponseHead head, Plan plan) {
        this.head = head;
        this.plan = plan;
        this.asked = head.request().ask().body();
    }

    /** The whole answer: indented, without a line break at the end. */
    public byte[] whole() {
        return Json.bytes(Json.indented(json -> write(json, true, true)));
    }

    /** {@code completed} or {@code incomplete}. */
    String status() {
        return choice().finish() == Finish.STOP ? "completed" : "incomplete";
    }

    Choice choice() {
        return plan.choices().get(0);
    }

    /** Writes the response before its first item, or after its last. */
    void snapshot(JsonGenerator json, boolean done) throws IOException {
        write(json, done, false);
    }

    /** Writes the message item. */
    void message(JsonGenerator json, boolean done) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", head.messageId());
        json.writeStringField("type", "message");
        json.writeStringField("status", done ? status() : "in_progress");
        json.writeArrayFieldStart("content");
        if (done) {
            part(json, choice().text().text());
        }
        json.writeEndArray();
        json.writeStringField("role", "assistant");
        json.writeEndObject();
    }

    /** Writes a text part. */
    static void part(JsonGenerator json, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "output_text");
        emptyArray(json, "annotations");
        emptyArray(json, "logprobs");
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    static void emptyArray(JsonGenerator json, String name) throws IOException {
        json.writeArrayFieldStart(name);
        json.writeEndArray();
    }

    private void write(JsonGenerator json, boolean done, boolean billing) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", head.id());
        json.writeStringField("object", "response");
        json.writeNumberField("created_at", head.created());
        json.writeStringField("status", done ? status() : "in_progress");
        echo(json, "background", false);
        if (billing) {
            json.writeObjectFieldStart("billing");
            json.writeStringField("payer", "developer");
            json.writeEndObject();
        }
        begin(json, done);
        middle(json, done);
        tools(json);
        json.writeNumberField("top_logprobs", asked.path("top_logprobs").asInt(0));
        decimal(json, "top_p", 1);
        json.writeStringField("truncation", asked.path("truncation").asText("disabled"));
        if (done) {
            usage(json, plan.usage());
        } else {
            json.writeNullField("usage");
        }
        echo(json, "user");
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, JsonNode> pair : asked.path("metadata").properties()) {
            json.writeStringField(pair.getKey(), pair.getValue().asText());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void begin(JsonGenerator json, boolean done) throws IOException {
        boolean complete = done && choice().finish() == Finish.STOP;
        if (complete) {
            json.writeNumberField("completed_at", head.completed());
        } else {
            json.writeNullField("completed_at");
        }
        json.writeNullField("error");
        json.writeNumberField("frequency_penalty", 0.0);
        if (done && !complete) {
            json.writeObjectFieldStart("incomplete_details");
            json.writeStringField(
                    "reason", choice().finish() == Finish.LENGTH ? "max_output_tokens" : "content_filter");
            json.writeEndObject();
        } else {
            json.writeNullField("incomplete_details");
        }
        echo(json, "instructions");
        echo(json, "max_output_tokens");
        echo(json, "max_tool_calls");
        json.writeStringField("model", head.request().ask().model().answersAs());
        json.writeNullField("moderation");
        json.writeArrayFieldStart("output");
        if (done) {
            message(json, true);
        }
        json.writeEndArray();
    }

    private void middle(JsonGenerator json, boolean done) throws IOException {
        echo(json, "parallel_tool_calls", true);
        json.writeNumberField("presence_penalty", 0.0);
        echo(json, "previous_response_id");
        echo(json, "prompt_cache_key");
        json.writeStringField(
                "prompt_cache_retention", asked.path("prompt_cache_retention").asText("in_memory"));
        reasoning(json);
        echo(json, "safety_identifier");
        json.writeStringField("service_tier", done ? head.request().tier() : requestedTier());
        json.writeBooleanField("store", head.request().store());
        decimal(json, "temperature", 1);
        json.writeObjectFieldStart("text");
        json.writeFieldName("format");
        if (asked.path("text").path("format").isObject()) {
            json.writeTree(asked.path("text").path("format"));
        } else {
            json.writeStartObject();
            json.writeStringField("type", "text");
            json.writeEndObject();
        }
        json.writeStringField("verbosity", asked.path("text").path("verbosity").asText("medium"));
        json.writeEndObject();
    }

    private String requestedTier() {
        return asked.path("service_tier").asText("auto");
    }

    private void reasoning(JsonGenerator json) throws IOException {
        Family family = head.request().ask().model().family();
        JsonNode wanted = asked.path("reasoning");
        json.writeObjectFieldStart("reasoning");
        if (family.reasoning()) {
            json.writeStringField("context", family.context().orElse("current_turn"));
            json.writeStringField(
                    "effort", wanted.path("effort").asText(family.effort().orElse("medium")));
            json.writeStringField("mode", wanted.path("mode").asText("standard"));
        } else {
            json.writeNullField("effort");
        }
        if (wanted.path("summary").isTextual()) {
            json.writeStringField("summary", wanted.path("summary").asText());
        } else {
            json.writeNullField("summary");
        }
        json.writeEndObject();
    }

    private void tools(JsonGenerator json) throws IOException {
        json.writeFieldName("tool_choice");
        if (asked.hasNonNull("tool_choice")) {
            json.writeTree(asked.path("tool_choice"));
        } else {
            json.writeString("auto");
        }
        json.writeObjectFieldStart("tool_usage");
        json.writeObjectFieldStart("image_gen");
        imageTokens(json, "input_tokens");
        imageTokens(json, "output_tokens");
        json.writeNumberField("total_tokens", 0);
        json.writeEndObject();
        json.writeObjectFieldStart("web_search");
        json.writeNumberField("num_requests", 0);
        json.writeEndObject();
        json.writeEndObject();
        json.writeFieldName("tools");
        if (asked.path("tools").isArray()) {
            json.writeTree(asked.path("tools"));
        } else {
            json.writeStartArray();
            json.writeEndArray();
        }
    }

    private static void imageTokens(JsonGenerator json, String name) throws IOException {
        json.writeNumberField(name, 0);
        json.writeObjectFieldStart(name + "_details");
        for (String kind : List.of("image_tokens", "text_tokens")) {
            json.writeNumberField(kind, 0);
        }
        json.writeEndObject();
    }

    private static void usage(JsonGenerator json, Usage usage) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("input_tokens", usage.input());
        json.writeObjectFieldStart("input_tokens_details");
        json.writeNumberField("cache_write_tokens", 0);
        json.writeNumberField("cached_tokens", usage.cached());
        json.writeEndObject();
        json.writeNumberField("output_tokens", usage.output());
        json.writeObjectFieldStart("output_tokens_details");
        json.writeNumberField("reasoning_tokens", usage.reasoning());
        json.writeEndObject();
        json.writeNumberField("total_tokens", usage.total());
        json.writeEndObject();
    }

    private void echo(JsonGenerator json, String name, boolean standard) throws IOException {
        json.writeBooleanField(name, asked.path(name).asBoolean(standard));
    }

    private void echo(JsonGenerator json, String name) throws IOException {
        JsonNode value = asked.path(name);
        json.writeFieldName(name);
        if (value.isMissingNode()) {
            json.writeNull();
        } else {
            json.writeTree(value);
        }
    }

    /** These members keep their decimal point even where the request had none. */
    private void decimal(JsonGenerator json, String name, double standard) throws IOException {
        json.writeNumberField(name, asked.path(name).asDouble(standard));
    }
}
