package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which names are models of pictures, sound and judgement. Their families are few, so a name is known by its look. */
enum MediaModels {
    MODERATION("(omni|text)-moderation-.+"),
    IMAGE("gpt-image-.+|chatgpt-image-latest|dall-e-[23]"),
    SPEECH("tts-1.*|gpt-.*-tts.*"),
    TRANSCRIPTION("whisper-1|gpt-.*transcribe.*");

    @SuppressWarnings("ImmutableEnumChecker") // patterns do not change
    private final Pattern names;

    MediaModels(String names) {
        this.names = Pattern.compile(names);
    }

    /** The model that must be named; that of a deployment goes by its own name. */
    String required(JsonNode body, Optional<String> deployment) {
        JsonNode named = body.path("model");
        if (deployment.isEmpty()
                && (named.isMissingNode() || named.isNull() || named.asText().isEmpty())) {
            throw ErrorKind.NO_MODEL.with();
        }
        return named(body, deployment, "");
    }

    /** The model, or the standard one where none is named. */
    String named(JsonNode body, Optional<String> deployment, String standard) {
        if (deployment.isPresent()) {
            return deployment.get();
        }
        JsonNode named = body.path("model");
        if (named.isMissingNode() || named.isNull()) {
            return standard;
        }
        JsonType.STRING.require("model", named);
        if (!names.matcher(named.asText()).matches()) {
            throw ErrorKind.MODEL.with(named.asText());
        }
        return named.asText();
    }
}
