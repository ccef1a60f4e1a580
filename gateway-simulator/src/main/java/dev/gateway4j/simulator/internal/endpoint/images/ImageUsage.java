package dev.gateway4j.simulator.internal.endpoint.images;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.request.ImageRequest;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.io.IOException;
import java.util.List;

/**
 * What pictures cost.
 *
 * @param text tokens of the prompt
 * @param image tokens of the pictures that came with it
 * @param output tokens of the pictures made
 */
record ImageUsage(long text, long image, long output) {
    /** What a prompt costs beyond its words. */
    private static final int FRAME = 7;

    private static final int PARTIAL = 100;
    private static final double SQUARE = 1024.0 * 1024.0;

    static ImageUsage of(ImageRequest request, List<Source> sources, Tokens tokens) {
        long text = (long) FRAME + tokens.count(Family.Encoding.O200K, request.prompt());
        long image = sources.stream()
                .mapToLong(source -> source.tokens(request.model()))
                .sum();
        long partials = request.stream() ? (long) PARTIAL * request.partials() : 0;
        return new ImageUsage(text, image, request.count() * (output(request) + partials));
    }

    void write(JsonGenerator json, boolean detailed) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("input_tokens", text + image);
        json.writeObjectFieldStart("input_tokens_details");
        json.writeNumberField("image_tokens", image);
        json.writeNumberField("text_tokens", text);
        json.writeEndObject();
        json.writeNumberField("output_tokens", output);
        if (detailed) {
            json.writeObjectFieldStart("output_tokens_details");
            json.writeNumberField("image_tokens", output);
            json.writeNumberField("text_tokens", 0);
            json.writeEndObject();
        }
        json.writeNumberField("total_tokens", text + image + output);
        json.writeEndObject();
    }

    /** The first models have a fixed price for each of three shapes; the price of the newer goes by the area. */
    private static long output(ImageRequest request) {
        int low = 0;
        int medium = 1;
        int quality = request.quality().equals("low") ? low : request.quality().equals("medium") ? medium : 2;
        if (request.model().startsWith("gpt-image-1")) {
            long[] tokens =
                    switch (request.size()) {
                        case "1024x1536" -> new long[] {408, 1584, 6240};
                        case "1536x1024" -> new long[] {400, 1568, 6208};
                        default -> new long[] {272, 1056, 4160};
                    };
            return tokens[quality];
        }
        double area = (double) request.width() * request.height() / SQUARE;
        return Math.max(1, Math.round(area * new double[] {94.8, 368, 1450}[quality]));
    }
}
