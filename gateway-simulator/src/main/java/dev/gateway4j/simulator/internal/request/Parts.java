package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.tokens.MediaTokens;
import java.util.List;
import java.util.regex.Pattern;

/** Content of a message: a text, or parts of which some are no text. */
final class Parts {
    private static final List<String> CHAT = List.of("text", "image_url", "input_audio", "refusal", "audio", "file");
    private static final List<String> RESPONSES = List.of(
            "input_text", "input_image", "output_text", "refusal", "input_file", "computer_screenshot", "summary_text");

    private static final List<String> AUDIO_FORMATS = List.of("wav", "mp3");
    private static final Pattern DATA_URL =
            Pattern.compile("data:(?!image/(png|jpe?g|gif|webp)[;,]).*", Pattern.DOTALL);

    private final List<String> types;
    private final String path;
    private final String model;
    private String role = "";
    private final StringBuilder text = new StringBuilder();
    private int images;
    private int otherTokens;

    private Parts(List<String> types, String path, String model) {
        this.types = types;
        this.path = path;
        this.model = model;
    }

    static Turn chat(String role, JsonNode content, String path, String model) {
        return new Parts(CHAT, path, model).read(role, content);
    }

    static Turn responses(String role, JsonNode content, String path, String model) {
        return new Parts(RESPONSES, path, model).read(role, content);
    }

    private Turn read(String speaker, JsonNode content) {
        role = speaker;
        if (content.isTextual()) {
            return new Turn(speaker, content.asText(), 0, 0);
        }
        JsonType.STRING_OR_OBJECTS.require(path, content);
        for (int i = 0; i < content.size(); i++) {
            part(content.get(i), path + "[" + i + "]");
        }
        return new Turn(speaker, text.toString(), images, otherTokens);
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
            case "image_url" -> imageUrl(part, partPath);
            case "input_image", "computer_screenshot" ->
                image(part.path("image_url").asText(), part.path("detail").asText());
            case "input_audio" -> {
                JsonNode audio = Members.requiredObject(part, partPath, "input_audio");
                String data = Members.requiredText(audio, partPath + ".input_audio", "data");
                String format = Members.text(audio, "format").orElse("wav");
                if (!AUDIO_FORMATS.contains(format)) {
                    throw ErrorKind.VALUE.with(partPath + ".input_audio.format", format, Param.listed(AUDIO_FORMATS));
                }
                otherTokens += MediaTokens.audio(data);
            }
            case "file" ->
                otherTokens += MediaTokens.file(Members.requiredObject(part, partPath, "file")
                        .path("file_data")
                        .asText());
            case "input_file" ->
                otherTokens += MediaTokens.file(part.path("file_data").asText());
            default -> {}
        }
    }

    private void imageUrl(JsonNode part, String partPath) {
        if (!role.equals("user")) {
            throw ErrorKind.IMAGE_ROLE.with(path.replace(".content", ""), role);
        }
        JsonNode image = Members.requiredObject(part, partPath, "image_url");
        String url = Members.requiredText(image, partPath + ".image_url", "url");
        if (DATA_URL.matcher(url).matches()) {
            throw ErrorKind.IMAGE_FORMAT.with();
        }
        image(url, image.path("detail").asText());
    }

    private void say(String words) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(words);
    }

    private void image(String url, String detail) {
        images++;
        otherTokens += MediaTokens.image(model, url, detail);
    }
}
