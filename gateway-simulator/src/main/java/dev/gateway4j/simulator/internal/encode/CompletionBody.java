package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.plan.Usage;
import java.io.IOException;
import java.util.List;

/** A legacy completion that arrives whole. */
public final class CompletionBody {
    private CompletionBody() {}

    /** The body: indented, with a line break at the end. */
    public static byte[] of(CompletionHead head, List<LegacyChoice> choices, Usage usage) {
        return Json.bytes(Json.indented(json -> {
                    json.writeStartObject();
                    json.writeStringField("id", head.id());
                    json.writeStringField("object", "text_completion");
                    json.writeNumberField("created", head.created());
                    json.writeStringField("model", head.model());
                    json.writeArrayFieldStart("choices");
                    for (int index = 0; index < choices.size(); index++) {
                        choice(json, choices.get(index), index);
                    }
                    json.writeEndArray();
                    json.writeFieldName("usage");
                    usage(json, usage);
                    json.writeEndObject();
                })
                + "\n");
    }

    /** Writes the usage of a legacy completion, which has no details. */
    static void usage(JsonGenerator json, Usage usage) throws IOException {
        json.writeStartObject();
        json.writeNumberField("prompt_tokens", usage.input());
        json.writeNumberField("completion_tokens", usage.output());
        json.writeNumberField("total_tokens", usage.total());
        json.writeEndObject();
    }

    private static void choice(JsonGenerator json, LegacyChoice choice, int index) throws IOException {
        json.writeStartObject();
        json.writeStringField("text", choice.text().text());
        json.writeNumberField("index", index);
        json.writeFieldName("logprobs");
        choice.logprobs(json, 0, choice.text().list().size());
        json.writeStringField("finish_reason", choice.finish());
        json.writeEndObject();
    }
}
