package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.Usage;
import java.io.IOException;

/** A chat completion that arrives whole. */
public final class ChatBody {
    private ChatBody() {}

    /** The body: indented, with a line break at the end. */
    public static byte[] of(ChatHead head, Plan plan) {
        return Json.bytes(Json.indented(json -> write(json, head, plan)) + "\n");
    }

    /** Writes the members of a chat {@code usage}. */
    static void usage(JsonGenerator json, Usage usage, boolean cacheWriteShown) throws IOException {
        json.writeStartObject();
        json.writeNumberField("prompt_tokens", usage.input());
        json.writeNumberField("completion_tokens", usage.output());
        json.writeNumberField("total_tokens", usage.total());
        json.writeObjectFieldStart("prompt_tokens_details");
        json.writeNumberField("cached_tokens", usage.cached());
        if (cacheWriteShown) {
            json.writeNumberField("cache_write_tokens", 0);
        }
        json.writeNumberField("audio_tokens", 0);
        json.writeEndObject();
        json.writeObjectFieldStart("completion_tokens_details");
        json.writeNumberField("reasoning_tokens", usage.reasoning());
        json.writeNumberField("audio_tokens", 0);
        json.writeNumberField("accepted_prediction_tokens", 0);
        json.writeNumberField("rejected_prediction_tokens", 0);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ChatHead head, Plan plan) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", head.id());
        json.writeStringField("object", "chat.completion");
        json.writeNumberField("created", head.created());
        json.writeStringField("model", head.model().answersAs());
        json.writeArrayFieldStart("choices");
        for (int index = 0; index < plan.choices().size(); index++) {
            choice(json, head, plan.choices().get(index), index);
        }
        json.writeEndArray();
        json.writeFieldName("usage");
        usage(json, plan.usage(), head.model().family().cacheWriteShown());
        json.writeStringField("service_tier", head.tier());
        Json.member(json, "system_fingerprint", head.fingerprint());
        json.writeEndObject();
    }

    private static void choice(JsonGenerator json, ChatHead head, Choice choice, int index) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", index);
        json.writeObjectFieldStart("message");
        json.writeStringField("role", "assistant");
        json.writeStringField("content", choice.text().text());
        json.writeNullField("refusal");
        json.writeArrayFieldStart("annotations");
        json.writeEndArray();
        json.writeEndObject();
        if (head.model().family().logprobsShown()) {
            json.writeNullField("logprobs");
        }
        json.writeStringField("finish_reason", choice.finish().id());
        json.writeEndObject();
    }
}
