package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Content of a message: a text, or parts of which some are no text. */
final class Parts {
    private static final List<String> CHAT = List.of("text", "image_url", "input_audio", "refusal", "audio", "file");
    private static final List<String> RESPONSES = List.of(
            "input_text", "input_image", "output_text", "refusal", "input_file", "computer_screenshot", "summary_text");
    private static final int SMALL_IMAGE = 85;
    private static final int LARGE_IMAGE = 765;
    private static final double MINI_FACTOR = 33.34;
    /** Sound is taken for 16-bit mono at 24 kHz, of which base64 makes 64,000 characters a second, at 10 tokens a second. */
    private static final int AUDIO_CHARACTERS_PER_TOKEN = 6_400;

    private final List<String> types;
    private final String path;
    private final boolean mini;
    private final StringBuilder text = new StringBuilder();
    private int images;
    private int otherTokens;

    private Parts(List<String> types, String path, boolean mini) {
        this.types = types;
        this.path = path;
        this.mini = mini;
    }

    static Turn chat(String role, JsonNode content, String path, String model) {
        return new Parts(CHAT, path, model.startsWith("gpt-4o-mini")).read(role, content);
    }

    static Turn responses(String role, JsonNode content, String path, String model) {
        return new Parts(RESPONSES, path, model.startsWith("gpt-4o-mini")).read(role, content);
    }

    private Turn read(String role, JsonNode content) {
        if (content.isTextual()) {
            return new Turn(role, content.asText(), 0, 0);
        }
        JsonType.STRING_OR_OBJECTS.require(path, content);
        for (int i = 0; i < content.size(); i++) {
            part(content.get(i), path + "[" + i + "]");
        }
        return new Turn(role, text.toString(), images, otherTokens);
    }

    private void part(JsonNode part, String partPath) {
        JsonType.OBJECT.require(partPath, part);
        String type = Members.requiredText(part, partPath, "type");
        if (!types.contains(type)) {
            throw ErrorKind.VALUE.with(partPath + ".type", type, Param.listed(types));
        }
        switch (type) {
            case "text", "input_text", "output_text", "summary_text" ->
                say(Members.requiredText(part, partPath, "text"));
            case "refusal" -> say(Members.requiredText(part, partPath, "refusal"));
            case "image_url" -> {
                JsonNode image = Members.requiredObject(part, partPath, "image_url");
                Members.requiredText(image, partPath + ".image_url", "url");
                image(image.path("detail").asText());
            }
            case "input_image", "computer_screenshot" ->
                image(part.path("detail").asText());
            case "input_audio" -> {
                JsonNode audio = Members.requiredObject(part, partPath, "input_audio");
                String data = Members.requiredText(audio, partPath + ".input_audio", "data");
                otherTokens += 1 + data.length() / AUDIO_CHARACTERS_PER_TOKEN;
            }
            default -> {}
        }
    }

    private void say(String words) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(words);
    }

    private void image(String detail) {
        int tokens = detail.equals("low") ? SMALL_IMAGE : LARGE_IMAGE;
        images++;
        otherTokens += mini ? (int) (tokens * MINI_FACTOR) : tokens;
    }
}
