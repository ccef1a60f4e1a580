package dev.gateway4j.simulator.internal.endpoint.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The settings of sessions, in the shape of today and in that of the beta. */
final class Sessions {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String INSTRUCTIONS = "You are a helpful assistant. Answer briefly and in a friendly tone.";

    private Sessions() {}

    /** A conversation. */
    static ObjectNode realtime(String id, String model, long expires) {
        ObjectNode session = JSON.objectNode()
                .put("type", "realtime")
                .put("object", "realtime.session")
                .put("id", id)
                .put("model", model);
        session.putArray("output_modalities").add("audio");
        session.put("instructions", INSTRUCTIONS);
        session.putArray("tools");
        session.put("tool_choice", "auto")
                .put("max_output_tokens", "inf")
                .putNull("tracing")
                .put("truncation", "auto")
                .putNull("prompt")
                .put("expires_at", expires);
        ObjectNode audio = session.putObject("audio");
        input(audio, detection(true));
        ObjectNode output = audio.putObject("output");
        format(output);
        output.put("voice", "alloy").put("speed", 1.0);
        return session.putNull("include");
    }

    /** A transcription. */
    static ObjectNode transcription(String id, long expires) {
        ObjectNode session = JSON.objectNode()
                .put("type", "transcription")
                .put("object", "realtime.transcription_session")
                .put("id", id)
                .put("expires_at", expires);
        input(session.putObject("audio"), detection(false));
        return session.putNull("include");
    }

    /** A conversation in the shape of the beta. */
    static ObjectNode beta(String id, String model, long expires) {
        ObjectNode session = JSON.objectNode()
                .put("id", id)
                .put("object", "realtime.session")
                .put("model", model)
                .put("expires_at", expires);
        session.putArray("modalities").add("text").add("audio");
        session.put("instructions", INSTRUCTIONS)
                .put("voice", "alloy")
                .put("input_audio_format", "pcm16")
                .put("output_audio_format", "pcm16")
                .putNull("input_audio_transcription")
                .set("turn_detection", detection(true));
        session.putArray("tools");
        return session.put("tool_choice", "auto")
                .put("temperature", 0.8)
                .put("max_response_output_tokens", "inf")
                .put("speed", 1.0)
                .putNull("tracing")
                .putNull("include");
    }

    /** Lays what a client asks for over what is; objects are laid over objects, down to the settings of a direction of sound. */
    static void change(ObjectNode session, JsonNode asked) {
        for (Map.Entry<String, JsonNode> member : asked.properties()) {
            JsonNode before = session.path(member.getKey());
            boolean nested = member.getKey().equals("audio")
                    || member.getKey().equals("input")
                    || member.getKey().equals("output");
            if (nested
                    && before instanceof ObjectNode inner
                    && member.getValue().isObject()) {
                change(inner, member.getValue());
            } else {
                session.set(member.getKey(), member.getValue().deepCopy());
            }
        }
    }

    /** The same session over HTTP, where some members are left out rather than null, and a voice is told by its id. */
    static ObjectNode overHttp(ObjectNode session) {
        boolean transcribes = session.path("type").asText().equals("transcription");
        if (!session.has("type")) {
            unlessNull(session, "tracing");
        }
        unlessNull(session, "include");
        session.remove("parallel_tool_calls");
        if (session.at("/audio/input/transcription") instanceof ObjectNode transcription) {
            transcription.retain("model", "language", "prompt");
        }
        if (session.at("/audio/input") instanceof ObjectNode input) {
            unlessNull(input, "transcription");
            if (transcribes) {
                unlessNull(input, "noise_reduction");
            }
        }
        if (session.at("/audio/output") instanceof ObjectNode output
                && output.path("voice").has("id")) {
            output.set("voice", output.path("voice").path("id"));
        }
        return session;
    }

    private static void unlessNull(ObjectNode parent, String name) {
        if (parent.path(name).isNull()) {
            parent.remove(name);
        }
    }

    /** Server detection of turns; a transcription answers nothing. */
    static ObjectNode detection(boolean answers) {
        ObjectNode detection = JSON.objectNode()
                .put("type", "server_vad")
                .put("threshold", 0.5)
                .put("prefix_padding_ms", 300)
                .put("silence_duration_ms", 200);
        if (answers) {
            detection.putNull("idle_timeout_ms").put("create_response", true).put("interrupt_response", true);
        }
        return detection;
    }

    private static void input(ObjectNode audio, ObjectNode detection) {
        ObjectNode input = audio.putObject("input");
        format(input);
        input.putNull("transcription").putNull("noise_reduction").set("turn_detection", detection);
    }

    private static void format(ObjectNode direction) {
        direction.putObject("format").put("type", "audio/pcm").put("rate", 24_000);
    }
}
