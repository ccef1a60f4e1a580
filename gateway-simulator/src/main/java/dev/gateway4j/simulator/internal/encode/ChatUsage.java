package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.plan.Usage;
import java.io.IOException;

/**
 * The usage of a chat completion.
 *
 * @param usage the numbers all answers have
 * @param cacheWrites true if tokens written to the prompt cache are told
 * @param sound true if tokens of sound and text are told apart
 * @param heard tokens of the prompt that are sound
 * @param spoken tokens of the answer that are sound
 */
public record ChatUsage(Usage usage, boolean cacheWrites, boolean sound, long heard, long spoken) {
    /** The usage of an answer in text alone. */
    public static ChatUsage of(Usage usage, boolean cacheWrites) {
        return new ChatUsage(usage, cacheWrites, false, 0, 0);
    }

    /** Writes it. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("prompt_tokens", usage.input());
        json.writeNumberField("completion_tokens", usage.output());
        json.writeNumberField("total_tokens", usage.total());
        json.writeObjectFieldStart("prompt_tokens_details");
        json.writeNumberField("cached_tokens", usage.cached());
        if (cacheWrites) {
            json.writeNumberField("cache_write_tokens", usage.cacheWrite());
        }
        json.writeNumberField("audio_tokens", heard);
        if (sound) {
            json.writeNumberField("text_tokens", usage.input() - heard);
            json.writeNumberField("image_tokens", 0);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("completion_tokens_details");
        json.writeNumberField("reasoning_tokens", usage.reasoning());
        json.writeNumberField("audio_tokens", spoken);
        json.writeNumberField("accepted_prediction_tokens", 0);
        json.writeNumberField("rejected_prediction_tokens", 0);
        if (sound) {
            json.writeNumberField("text_tokens", usage.output() - spoken);
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
