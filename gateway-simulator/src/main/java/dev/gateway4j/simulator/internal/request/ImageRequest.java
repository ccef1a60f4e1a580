package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Pictures that were asked for and may be given.
 *
 * @param model the model
 * @param prompt what they show; empty for variations
 * @param count how many
 * @param width their width in pixels
 * @param height their height in pixels
 * @param quality low, medium or high; standard or hd for DALL-E 3
 * @param format png, jpeg or webp
 * @param body the request as it was sent
 */
public record ImageRequest(
        String model, String prompt, int count, int width, int height, String quality, String format, JsonNode body) {
    private static final List<String> GPT_SIZES = List.of("1024x1024", "1024x1536", "1536x1024", "auto");
    private static final List<String> GPT_ONLY =
            List.of("background", "moderation", "output_format", "output_compression", "partial_images", "stream");
    private static final int GRAIN = 16;
    private static final int LARGEST = 3840;

    /** What is to be done. */
    public enum Kind {
        /** New pictures. */
        GENERATION(MediaParams.IMAGE),
        /** Pictures from others and a prompt. */
        EDIT(MediaParams.IMAGE_EDIT),
        /** Pictures like another. */
        VARIATION(MediaParams.DALL_E_2);

        @SuppressWarnings("ImmutableEnumChecker") // never changed
        private final Params params;

        Kind(Params params) {
            this.params = params;
        }

        /** The fields of a form as the types they stand for. */
        public ObjectNode fromForm(ObjectNode form) {
            return params.fromForm(form);
        }
    }

    /** The JSON of a request. */
    public static JsonNode body(byte[] bytes) {
        return Members.body(bytes);
    }

    /** Reads and checks a request. */
    public static ImageRequest read(Kind kind, JsonNode body, Optional<String> deployment) {
        String model = MediaModels.IMAGE.named(body, deployment, standardModel(kind, body));
        boolean gpt = !model.startsWith("dall-e");
        if (gpt) {
            kind.params.check(body);
        } else {
            (model.equals("dall-e-3") ? MediaParams.DALL_E_3 : MediaParams.DALL_E_2).check(body);
        }
        String prompt = kind == Kind.VARIATION ? "" : prompt(body, model);
        int[] size = size(body.path("size").asText("auto"), model);
        return new ImageRequest(
                model,
                prompt,
                Math.max(1, body.path("n").asInt(1)),
                size[0],
                size[1],
                quality(body.path("quality").asText("auto"), gpt),
                body.path("output_format").asText("png"),
                body);
    }

    /** True for the models that came after DALL-E. */
    public boolean gpt() {
        return !model.startsWith("dall-e");
    }

    /** True if the answer tells where pictures are rather than holding them. */
    public boolean byUrl() {
        return !gpt() && !body.path("response_format").asText().equals("b64_json");
    }

    /** True if the answer is a stream. */
    public boolean stream() {
        return gpt() && body.path("stream").asBoolean();
    }

    /** How many unfinished pictures a stream shows. */
    public int partials() {
        return body.path("partial_images").asInt(0);
    }

    /** True if there is nothing behind the subject. */
    public boolean transparent() {
        return body.path("background").asText().equals("transparent") && !format.equals("jpeg");
    }

    /** True if only the plainest violations are refused. */
    public boolean lowModeration() {
        return body.path("moderation").asText().equals("low");
    }

    /** The size as it is written. */
    public String size() {
        return width + "x" + height;
    }

    private static String standardModel(Kind kind, JsonNode body) {
        if (kind == Kind.EDIT) {
            return "gpt-image-1.5";
        }
        return GPT_ONLY.stream().anyMatch(body::has) ? "gpt-image-1" : "dall-e-2";
    }

    private static String prompt(JsonNode body, String model) {
        JsonNode value = Members.required(body, "", "prompt");
        JsonType.STRING.require("prompt", value);
        String prompt = value.asText();
        int longest = model.equals("dall-e-2") ? 1000 : model.equals("dall-e-3") ? 4000 : 32_000;
        if (prompt.isEmpty()) {
            throw ErrorKind.EMPTY_STRING.with("prompt", 1);
        }
        if (prompt.length() > longest) {
            throw ErrorKind.LONG_STRING.with("prompt", longest, prompt.length());
        }
        return prompt;
    }

    private static int[] size(String size, String model) {
        if (size.equals("auto")) {
            return new int[] {1024, 1024};
        }
        boolean free = !model.startsWith("gpt-image-1") && !model.startsWith("dall-e");
        if (!free && !model.startsWith("dall-e") && !GPT_SIZES.contains(size)) {
            throw ErrorKind.VALUE.with("size", size, Param.listed(GPT_SIZES));
        }
        int times = size.toLowerCase(Locale.ROOT).indexOf('x');
        int width = edge(size, 0, times, free);
        return new int[] {width, edge(size, times + 1, size.length(), free)};
    }

    private static int edge(String size, int from, int to, boolean free) {
        try {
            int edge = Integer.parseInt(size.substring(from, Math.max(from, to)));
            if (!free || (edge % GRAIN == 0 && edge >= GRAIN && edge <= LARGEST)) {
                return edge;
            }
        } catch (NumberFormatException notASize) {
            // The same error as for a size out of bounds.
        }
        throw ErrorKind.IMAGE_SIZE.with(size);
    }

    private static String quality(String asked, boolean gpt) {
        if (!asked.equals("auto")) {
            return asked;
        }
        return gpt ? "medium" : "standard";
    }
}
