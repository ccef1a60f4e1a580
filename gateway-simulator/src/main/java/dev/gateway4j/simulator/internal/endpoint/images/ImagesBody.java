package dev.gateway4j.simulator.internal.endpoint.images;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ImageRequest;
import java.io.IOException;
import java.util.List;

/** Answers that hold pictures or point to them: indented; those of DALL-E have a line break at the end. */
final class ImagesBody {
    private ImagesBody() {}

    /** The answer of the models since gpt-image-1. */
    static byte[] of(ImageRequest request, long created, List<String> pictures, ImageUsage usage) {
        return Json.bytes(Json.indented(json -> {
            json.writeStartObject();
            json.writeNumberField("created", created);
            json.writeStringField("background", background(request));
            json.writeArrayFieldStart("data");
            for (String picture : pictures) {
                json.writeStartObject();
                json.writeStringField("b64_json", picture);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("output_format", request.format());
            json.writeStringField("quality", request.quality());
            json.writeStringField("size", request.size());
            usage.write(json, true);
            json.writeEndObject();
        }));
    }

    /** The answer of DALL-E: URLs or pictures. */
    static byte[] ofDallE(ImageRequest request, long created, List<String> pictures) {
        return Json.bytes(Json.indented(json -> {
                    json.writeStartObject();
                    json.writeNumberField("created", created);
                    json.writeArrayFieldStart("data");
                    for (String picture : pictures) {
                        json.writeStartObject();
                        if (request.model().equals("dall-e-3")) {
                            json.writeStringField("revised_prompt", request.prompt());
                        }
                        json.writeStringField(request.byUrl() ? "url" : "b64_json", picture);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                })
                + "\n");
    }

    /** The event of an unfinished picture. */
    static String partial(String type, ImageRequest request, long created, String picture, int index) {
        return Json.compact(json -> {
            begin(json, type, request, created, picture);
            json.writeNumberField("partial_image_index", index);
            json.writeEndObject();
        });
    }

    /** The event of a finished picture. */
    static String completed(String type, ImageRequest request, long created, String picture, ImageUsage usage) {
        return Json.compact(json -> {
            begin(json, type, request, created, picture);
            usage.write(json, false);
            json.writeEndObject();
        });
    }

    /** The error of a prompt that is not to be shown. */
    static byte[] blocked(String requestId, List<String> categories) {
        return Json.bytes(Json.indented(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField(
                    "message",
                    "Your request was rejected by the safety system. If you believe this is an error, contact us at"
                            + " help.openai.com and include the request ID " + requestId + ". safety_violations=["
                            + String.join(", ", categories) + "].");
            json.writeStringField("type", "image_generation_user_error");
            json.writeNullField("param");
            json.writeStringField("code", "moderation_blocked");
            json.writeObjectFieldStart("moderation_details");
            json.writeStringField("moderation_stage", "input");
            json.writeArrayFieldStart("categories");
            for (String category : categories) {
                json.writeString(category);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        }));
    }

    private static void begin(JsonGenerator json, String type, ImageRequest request, long created, String picture)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeStringField("b64_json", picture);
        json.writeNumberField("created_at", created);
        json.writeStringField("size", request.size());
        json.writeStringField("quality", request.quality());
        json.writeStringField("background", background(request));
        json.writeStringField("output_format", request.format());
    }

    private static String background(ImageRequest request) {
        return request.transparent() ? "transparent" : "opaque";
    }
}
