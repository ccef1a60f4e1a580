package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.request.Tool;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A chat completion that arrives whole. */
public final class ChatBody {
    private final ChatHead head;
    private final List<ChatChoice> choices;
    private final ChatUsage usage;

    private final Optional<Json.Writer> moderation;

    private ChatBody(ChatHead head, List<ChatChoice> choices, ChatUsage usage, Optional<Json.Writer> moderation) {
        this.head = head;
        this.choices = choices;
        this.usage = usage;
        this.moderation = moderation;
    }

    /** The body: indented, with a line break at the end. */
    public static byte[] of(ChatHead head, List<ChatChoice> choices, ChatUsage usage) {
        return of(head, choices, usage, Optional.empty());
    }

    /** The body with what is judged of what was asked and said. */
    public static byte[] of(
            ChatHead head, List<ChatChoice> choices, ChatUsage usage, Optional<Json.Writer> moderation) {
        return Json.bytes(Json.indented(new ChatBody(head, choices, usage, moderation)::write) + "\n");
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", head.id());
        json.writeStringField("object", "chat.completion");
        json.writeNumberField("created", head.created());
        json.writeStringField("model", head.model().answersAs());
        json.writeArrayFieldStart("choices");
        for (int index = 0; index < choices.size(); index++) {
            choice(json, choices.get(index), index);
        }
        json.writeEndArray();
        json.writeFieldName("usage");
        usage.write(json);
        if (!head.tier().isEmpty()) {
            json.writeStringField("service_tier", head.tier());
        }
        Json.member(json, "system_fingerprint", head.fingerprint());
        if (moderation.isPresent()) {
            json.writeFieldName("moderation");
            moderation.get().write(json);
        }
        json.writeEndObject();
    }

    private void choice(JsonGenerator json, ChatChoice choice, int index) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", index);
        json.writeFieldName("message");
        message(json, choice);
        if (choice.logprobs().isPresent()) {
            json.writeFieldName("logprobs");
            boolean refused = !choice.choice().refusal().isEmpty();
            ChatLogprobs.write(json, choice.logprobs().get().all(), refused);
        } else if (head.logprobsShown()) {
            json.writeNullField("logprobs");
        }
        json.writeStringField("finish_reason", choice.finish());
        json.writeEndObject();
    }

    private static void message(JsonGenerator json, ChatChoice choice) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", "assistant");
        if (choice.silent()) {
            json.writeNullField("content");
        } else {
            json.writeStringField("content", choice.choice().text().text());
        }
        calls(json, choice);
        String refusal = choice.choice().refusal().text();
        if (refusal.isEmpty()) {
            json.writeNullField("refusal");
        } else {
            json.writeStringField("refusal", refusal);
        }
        if (choice.speech().isPresent()) {
            speech(json, choice.speech().get(), choice.choice().text().text());
        }
        json.writeFieldName("annotations");
        Citation.write(json, choice.citations());
        json.writeEndObject();
    }

    private static void calls(JsonGenerator json, ChatChoice choice) throws IOException {
        List<PlannedCall> calls = choice.choice().calls();
        if (calls.isEmpty()) {
            return;
        }
        if (choice.legacy()) {
            json.writeObjectFieldStart("function_call");
            function(json, calls.get(0), "arguments");
            json.writeEndObject();
            return;
        }
        json.writeArrayFieldStart("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
            boolean custom = calls.get(i).kind() == Tool.Kind.CUSTOM;
            String type = custom ? "custom" : "function";
            json.writeStartObject();
            json.writeStringField("id", choice.callIds().get(i));
            json.writeStringField("type", type);
            json.writeObjectFieldStart(type);
            function(json, calls.get(i), custom ? "input" : "arguments");
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void function(JsonGenerator json, PlannedCall call, String arguments) throws IOException {
        json.writeStringField("name", call.name());
        json.writeStringField(arguments, call.arguments().text());
    }

    private static void speech(JsonGenerator json, Speech speech, String transcript) throws IOException {
        json.writeObjectFieldStart("audio");
        json.writeStringField("id", speech.id());
        json.writeStringField("data", speech.data());
        json.writeNumberField("expires_at", speech.expires());
        json.writeStringField("transcript", transcript);
        json.writeEndObject();
    }
}
