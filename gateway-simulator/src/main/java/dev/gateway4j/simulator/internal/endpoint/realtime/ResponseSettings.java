package dev.gateway4j.simulator.internal.endpoint.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.plan.Plan;

/**
 * How one response looks: the settings of the session with those of the request laid over them.
 *
 * @param settings the settings
 * @param conversation the id of the conversation
 * @param beta true for the names of the beta
 * @param remembered true if what is said becomes part of the conversation
 */
record ResponseSettings(ObjectNode settings, String conversation, boolean beta, boolean remembered) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** True if the answer sounds. */
    boolean sounds() {
        JsonNode modalities = settings.path(beta ? "modalities" : "output_modalities");
        for (JsonNode modality : modalities) {
            if (modality.asText().equals("audio")) {
                return true;
            }
        }
        return false;
    }

    /** Who speaks. */
    String voice() {
        JsonNode voice = beta ? settings.path("voice") : settings.at("/audio/output/voice");
        return voice.asText("alloy");
    }

    /** The name of the events that carry the words, without their last part. */
    String textEvent() {
        if (sounds()) {
            return beta ? "response.audio_transcript" : "response.output_audio_transcript";
        }
        return beta ? "response.text" : "response.output_text";
    }

    /** The name of the events that carry sound, without their last part. */
    String soundEvent() {
        return beta ? "response.audio" : "response.output_audio";
    }

    /** The member that holds all words. */
    String textMember() {
        return sounds() ? "transcript" : "text";
    }

    /** A part of content in events. */
    ObjectNode part(String text) {
        return JSON.objectNode().put("type", sounds() ? "audio" : "text").put(textMember(), text);
    }

    /** A part of content in items. */
    ObjectNode content(String text) {
        String kind = sounds() ? "audio" : "text";
        return JSON.objectNode().put("type", beta ? kind : "output_" + kind).put(textMember(), text);
    }

    /** A response that has just begun. */
    ObjectNode response(String id) {
        ObjectNode response = JSON.objectNode()
                .put("object", "realtime.response")
                .put("id", id)
                .put("status", "in_progress")
                .putNull("status_details");
        response.putArray("output");
        if (remembered) {
            response.put("conversation_id", conversation);
        } else {
            response.putNull("conversation_id");
        }
        String modalities = beta ? "modalities" : "output_modalities";
        response.set(modalities, settings.path(modalities).deepCopy());
        if (beta) {
            response.put("voice", voice()).put("output_audio_format", "pcm16").put("temperature", 0.8);
        }
        response.set("max_output_tokens", RealtimeAsk.most(settings).deepCopy());
        if (!beta) {
            ObjectNode output = response.putObject("audio").putObject("output");
            output.set("format", settings.at("/audio/output/format").deepCopy());
            output.put("voice", voice());
        }
        response.putNull("usage");
        JsonNode metadata = settings.path("metadata");
        response.set("metadata", metadata.isObject() ? metadata.deepCopy() : JSON.nullNode());
        return response;
    }

    /** What a plan costs. Sound is taken for ten tokens where its words are four. */
    ObjectNode usage(Plan plan) {
        long said = plan.usage().output();
        long sound = sounds() ? said * 10 / 4 : 0;
        return usage(plan.usage().input(), plan.usage().cached(), said, sound);
    }

    /** What a response costs that was cancelled. */
    ObjectNode noUsage() {
        return usage(0, 0, 0, 0);
    }

    private static ObjectNode usage(long input, long cached, long text, long sound) {
        ObjectNode usage = JSON.objectNode()
                .put("total_tokens", input + text + sound)
                .put("input_tokens", input)
                .put("output_tokens", text + sound);
        ObjectNode in = usage.putObject("input_token_details")
                .put("text_tokens", input)
                .put("audio_tokens", 0)
                .put("image_tokens", 0)
                .put("cached_tokens", cached);
        in.putObject("cached_tokens_details")
                .put("text_tokens", cached)
                .put("audio_tokens", 0)
                .put("image_tokens", 0);
        usage.putObject("output_token_details").put("text_tokens", text).put("audio_tokens", sound);
        return usage;
    }
}
