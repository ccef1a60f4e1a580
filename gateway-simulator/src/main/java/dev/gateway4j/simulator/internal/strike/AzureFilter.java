package dev.gateway4j.simulator.internal.strike;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.json.Json;
import java.io.IOException;

/** What Azure answers to a prompt that its content filter refuses. */
final class AzureFilter {
    static final byte[] BODY = Json.bytes(Json.compact(json -> {
        json.writeStartObject();
        json.writeObjectFieldStart("error");
        json.writeStringField(
                "message",
                "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your"
                        + " prompt and retry. To learn more about our content filtering policies please read our documentation:"
                        + " https://go.microsoft.com/fwlink/?linkid=2198766");
        json.writeNullField("type");
        json.writeStringField("param", "prompt");
        json.writeStringField("code", "content_filter");
        json.writeNumberField("status", 400);
        json.writeObjectFieldStart("innererror");
        json.writeStringField("code", "ResponsibleAIPolicyViolation");
        json.writeObjectFieldStart("content_filter_result");
        severity(json, "hate", "safe");
        json.writeObjectFieldStart("jailbreak");
        json.writeBooleanField("filtered", false);
        json.writeBooleanField("detected", false);
        json.writeEndObject();
        severity(json, "self_harm", "safe");
        severity(json, "sexual", "safe");
        severity(json, "violence", "medium");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }));

    private AzureFilter() {}

    private static void severity(JsonGenerator json, String category, String severity) throws IOException {
        json.writeObjectFieldStart(category);
        json.writeBooleanField("filtered", !severity.equals("safe"));
        json.writeStringField("severity", severity);
        json.writeEndObject();
    }
}
