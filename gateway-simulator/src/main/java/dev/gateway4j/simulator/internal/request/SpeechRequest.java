package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Speech that was asked for and may be given.
 *
 * @param model the model
 * @param input what is said
 * @param voice who says it
 * @param instructions how; may be empty
 * @param format the form of the sound
 * @param speed 1 for the ordinary speed
 * @param events true if the answer is a stream of events
 */
public record SpeechRequest(
        String model, String input, String voice, String instructions, String format, double speed, boolean events) {
    /** The path of this endpoint. */
    public static final String ENDPOINT = "/v1/audio/speech";

    private static final int LONGEST = 4096;
    private static final List<String> VOICES = List.of(
            "alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer", "verse", "marin",
            "cedar");

    /** Reads and checks a request. */
    public static SpeechRequest read(byte[] bytes, Optional<String> deployment) {
        JsonNode body = Members.body(bytes);
        String model = MediaModels.SPEECH.required(body, deployment);
        MediaParams.SPEECH.check(body);
        boolean events = body.path("stream_format").asText().equals("sse");
        if (events && model.startsWith("tts-1")) {
            throw ErrorKind.UNSUPPORTED.with("stream_format");
        }
        return new SpeechRequest(
                model,
                text(body, "input"),
                voice(body),
                body.has("instructions") ? bounded(body.path("instructions").asText(""), "instructions") : "",
                body.path("response_format").asText("mp3"),
                body.path("speed").asDouble(1),
                events);
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = Members.required(body, "", name);
        JsonType.STRING.require(name, value);
        if (value.asText().isEmpty()) {
            throw ErrorKind.EMPTY_STRING.with(name, 1);
        }
        return bounded(value.asText(), name);
    }

    private static String bounded(String text, String name) {
        if (text.length() > LONGEST) {
            throw ErrorKind.LONG_STRING.with(name, LONGEST, text.length());
        }
        return text;
    }

    private static String voice(JsonNode body) {
        JsonNode voice = Members.required(body, "", "voice");
        JsonType.STRING_OR_OBJECT.require("voice", voice);
        if (voice.isObject()) {
            return Members.requiredText(voice, "voice", "id");
        }
        if (!VOICES.contains(voice.asText())) {
            throw ErrorKind.VALUE.with("voice", voice.asText(), Param.listed(VOICES));
        }
        return voice.asText();
    }
}
