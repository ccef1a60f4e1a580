package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A transcript or a translation that was asked for and may be given.
 *
 * @param model the model
 * @param translates true if the text is to be in English
 * @param format the form of the answer
 * @param language the language of the speech, as a code; empty if it is not told
 * @param prompt words to expect; may be empty
 * @param body the request, without its file
 */
public record TranscriptionRequest(
        String model, boolean translates, String format, String language, String prompt, JsonNode body) {
    /** The path of transcripts. */
    public static final String ENDPOINT = "/v1/audio/transcriptions";
    /** The path of translations. */
    public static final String TRANSLATIONS = "/v1/audio/translations";

    /** Reads and checks the fields of a form. */
    public static TranscriptionRequest read(ObjectNode form, boolean translates, Optional<String> deployment) {
        Params params = translates ? MediaParams.TRANSLATION : MediaParams.TRANSCRIPTION;
        ObjectNode body = params.fromForm(form);
        String model = MediaModels.TRANSCRIPTION.required(body, deployment);
        params.check(body);
        String format = body.path("response_format").asText("json");
        checkFormat(model, format, translates);
        if (body.has("timestamp_granularities") && !format.equals("verbose_json")) {
            throw ErrorKind.TRANSCRIPT_TIMES.with();
        }
        return new TranscriptionRequest(
                model,
                translates,
                format,
                translates ? "en" : body.path("language").asText(""),
                body.path("prompt").asText(""),
                body);
    }

    /** True if the model is billed by the second rather than by tokens. */
    public boolean bySecond() {
        return model.startsWith("whisper");
    }

    /** True if the answer is a stream. Whisper does not stream, whatever it is asked. */
    public boolean stream() {
        return body.path("stream").asBoolean() && !bySecond() && !translates;
    }

    /** True if the answer tells how sure the model is. */
    public boolean logprobs() {
        return holds("include", "logprobs") && !bySecond();
    }

    /** True if each word has its time. */
    public boolean words() {
        return holds("timestamp_granularities", "word");
    }

    /** True if each sentence has its time. */
    public boolean segments() {
        return !words() || holds("timestamp_granularities", "segment");
    }

    private boolean holds(String list, String value) {
        for (JsonNode one : body.path(list)) {
            if (one.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void checkFormat(String model, String format, boolean translates) {
        boolean diarizes = model.contains("diarize");
        boolean plain = format.equals("json") || format.equals("text");
        boolean newer = model.startsWith("gpt-") && !translates;
        if (newer && !plain && !(diarizes && format.equals("diarized_json"))) {
            String others = diarizes ? "'json', 'text' or 'diarized_json'" : "'json' or 'text'";
            throw ErrorKind.TRANSCRIPT_FORMAT.with(format, model, others);
        }
        if (!newer && format.equals("diarized_json")) {
            throw ErrorKind.TRANSCRIPT_FORMAT.with(format, model, "'json' or 'verbose_json'");
        }
    }
}
