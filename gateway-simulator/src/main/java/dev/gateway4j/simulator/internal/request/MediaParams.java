package dev.gateway4j.simulator.internal.request;

import static dev.gateway4j.simulator.internal.request.Param.any;
import static dev.gateway4j.simulator.internal.request.Param.choice;
import static dev.gateway4j.simulator.internal.request.Param.integer;
import static dev.gateway4j.simulator.internal.request.Param.number;
import static dev.gateway4j.simulator.internal.request.Param.typed;

/** The members that the endpoints of pictures, sound and judgement know. */
final class MediaParams {
    static final Params MODERATION = new Params(any("input"), any("model"));

    static final Params IMAGE = new Params(
            typed("prompt", JsonType.STRING),
            any("model"),
            integer("n", 1, 10),
            typed("size", JsonType.STRING),
            choice("quality", "low", "medium", "high", "auto"),
            choice("background", "transparent", "opaque", "auto"),
            choice("output_format", "png", "jpeg", "webp"),
            integer("output_compression", 0, 100),
            choice("moderation", "low", "auto"),
            typed("stream", JsonType.BOOLEAN),
            integer("partial_images", 0, 3),
            typed("user", JsonType.STRING));

    static final Params IMAGE_EDIT = new Params(
            typed("prompt", JsonType.STRING),
            any("image"),
            any("images"),
            any("mask"),
            any("model"),
            integer("n", 1, 10),
            typed("size", JsonType.STRING),
            choice("quality", "low", "medium", "high", "auto"),
            choice("background", "transparent", "opaque", "auto"),
            choice("output_format", "png", "jpeg", "webp"),
            integer("output_compression", 0, 100),
            choice("input_fidelity", "high", "low"),
            choice("moderation", "low", "auto"),
            typed("stream", JsonType.BOOLEAN),
            integer("partial_images", 0, 3),
            typed("user", JsonType.STRING));

    static final Params DALL_E_2 = new Params(
            typed("prompt", JsonType.STRING),
            any("image"),
            any("mask"),
            any("model"),
            integer("n", 1, 10),
            choice("size", "256x256", "512x512", "1024x1024"),
            choice("response_format", "url", "b64_json"),
            typed("user", JsonType.STRING));

    static final Params DALL_E_3 = new Params(
            typed("prompt", JsonType.STRING),
            any("model"),
            integer("n", 0, 1),
            choice("size", "1024x1024", "1024x1792", "1792x1024"),
            choice("quality", "standard", "hd"),
            choice("response_format", "url", "b64_json"),
            choice("style", "vivid", "natural"),
            typed("user", JsonType.STRING));

    static final Params SPEECH = new Params(
            typed("input", JsonType.STRING),
            any("model"),
            typed("voice", JsonType.STRING_OR_OBJECT),
            typed("instructions", JsonType.STRING),
            choice("response_format", "mp3", "opus", "aac", "flac", "wav", "pcm"),
            number("speed", 0.25, 4),
            choice("stream_format", "sse", "audio"));

    static final Params TRANSCRIPTION = new Params(
            any("file"),
            any("model"),
            typed("language", JsonType.STRING),
            typed("languages", JsonType.STRINGS),
            typed("keywords", JsonType.STRINGS),
            typed("prompt", JsonType.STRING),
            choice("response_format", "json", "text", "srt", "verbose_json", "vtt", "diarized_json"),
            number("temperature", 0, 1),
            typed("include", JsonType.STRINGS),
            typed("timestamp_granularities", JsonType.STRINGS),
            typed("stream", JsonType.BOOLEAN),
            any("chunking_strategy"),
            typed("known_speaker_names", JsonType.STRINGS),
            typed("known_speaker_references", JsonType.STRINGS));

    static final Params TRANSLATION = new Params(
            any("file"),
            any("model"),
            typed("prompt", JsonType.STRING),
            choice("response_format", "json", "text", "srt", "verbose_json", "vtt"),
            number("temperature", 0, 1));

    private MediaParams() {}
}
