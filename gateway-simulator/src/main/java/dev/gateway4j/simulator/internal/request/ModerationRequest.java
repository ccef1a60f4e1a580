package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judgements that were asked for and may be given.
 *
 * @param model the model
 * @param inputs what is to be judged, one judgement each
 */
public record ModerationRequest(String model, List<Input> inputs) {
    /** The path of this endpoint. */
    public static final String ENDPOINT = "/v1/moderations";

    /** Copies the list. */
    public ModerationRequest {
        inputs = List.copyOf(inputs);
    }

    /**
     * One thing to be judged.
     *
     * @param text its texts, joined by line breaks; empty if it has none
     * @param worded true if it has a text, be it empty
     * @param pictured true if it has a picture
     */
    public record Input(String text, boolean worded, boolean pictured) {}

    /** Reads and checks a request. */
    public static ModerationRequest read(byte[] bytes, Optional<String> deployment) {
        JsonNode body = Members.body(bytes);
        String model = MediaModels.MODERATION.named(body, deployment, "omni-moderation-latest");
        MediaParams.MODERATION.check(body);
        JsonNode input = Members.required(body, "", "input");
        JsonType.STRING_OR_OBJECTS.require("input", input);
        if (input.isTextual()) {
            return new ModerationRequest(model, List.of(worded(input)));
        }
        if (input.isEmpty()) {
            throw ErrorKind.EMPTY_ARRAY.with("input");
        }
        return new ModerationRequest(model, input.get(0).isTextual() ? texts(input) : List.of(parts(input)));
    }

    private static List<Input> texts(JsonNode array) {
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            JsonType.STRING.require("input[" + i + "]", array.get(i));
            inputs.add(worded(array.get(i)));
        }
        return inputs;
    }

    private static Input worded(JsonNode text) {
        return new Input(text.asText(), true, false);
    }

    private static Input parts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        int images = 0;
        for (int i = 0; i < array.size(); i++) {
            String path = "input[" + i + "]";
            JsonType.OBJECT.require(path, array.get(i));
            String type = Members.requiredText(array.get(i), path, "type");
            if (type.equals("text")) {
                texts.add(Members.requiredText(array.get(i), path, "text"));
            } else if (type.equals("image_url")) {
                JsonNode image = Members.requiredObject(array.get(i), path, "image_url");
                Members.requiredText(image, path + ".image_url", "url");
                images++;
            } else {
                throw ErrorKind.VALUE.with(path + ".type", type, "'text' and 'image_url'");
            }
        }
        if (images > 1) {
            throw ErrorKind.MODERATION_IMAGES.with();
        }
        return new Input(String.join("\n", texts), !texts.isEmpty(), images > 0);
    }
}
