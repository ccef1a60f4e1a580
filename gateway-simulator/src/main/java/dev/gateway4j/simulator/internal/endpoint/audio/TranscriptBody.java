package dev.gateway4j.simulator.internal.endpoint.audio;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.TranscriptionRequest;
import dev.gateway4j.simulator.internal.tokens.Piece;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Transcripts as JSON: compact, unless it is the one member of a translation. */
final class TranscriptBody {
    private static final int AUDIO_TOKENS_PER_SECOND = 10;
    /** What a transcript costs beyond its words. */
    private static final int FRAME = 2;

    private final TranscriptionRequest request;
    private final Transcript transcript;
    private final Draws draws;

    TranscriptBody(TranscriptionRequest request, Transcript transcript) {
        this.request = request;
        this.transcript = transcript;
        this.draws = new Draws(Fingerprint.of("logprobs", transcript.text()).low());
    }

    String plain() {
        if (request.translates()) {
            return Json.indented(json -> {
                        json.writeStartObject();
                        json.writeStringField("text", transcript.text());
                        json.writeEndObject();
                    })
                    + "\n";
        }
        return Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("text", transcript.text());
            logprobs(json, request.logprobs() ? transcript.pieces().list() : List.of());
            usage(json);
            json.writeEndObject();
        });
    }

    String verbose() {
        return Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("task", request.translates() ? "translate" : "transcribe");
            json.writeStringField("language", transcript.language());
            json.writeNumberField("duration", transcript.seconds());
            json.writeStringField("text", transcript.text());
            if (request.segments()) {
                segments(json);
            }
            if (request.words()) {
                words(json);
            }
            if (!request.translates()) {
                usage(json);
            }
            json.writeEndObject();
        });
    }

    /** Two speakers take turns, a sentence each. */
    String diarized() {
        return Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("text", transcript.text());
            json.writeStringField("task", "transcribe");
            json.writeNumberField("duration", transcript.seconds());
            json.writeArrayFieldStart("segments");
            for (int i = 0; i < transcript.sentences().size(); i++) {
                json.writeRawValue(segment(i));
            }
            json.writeEndArray();
            usage(json);
            json.writeEndObject();
        });
    }

    /** One sentence with its speaker. */
    String segment(int index) {
        Transcript.Span span = transcript.sentences().get(index);
        return Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("type", "transcript.text.segment");
            json.writeStringField("text", span.text());
            json.writeStringField("speaker", index % 2 == 0 ? "A" : "B");
            json.writeNumberField("start", span.start());
            json.writeNumberField("end", span.end());
            json.writeStringField("id", "seg_" + index);
            json.writeEndObject();
        });
    }

    String delta(Piece piece) {
        return Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("type", "transcript.text.delta");
            json.writeStringField("delta", piece.text());
            logprobs(json, request.logprobs() ? List.of(piece) : List.of());
            json.writeEndObject();
        });
    }

    String done() {
        return Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("type", "transcript.text.done");
            json.writeStringField("text", transcript.text());
            logprobs(json, request.logprobs() ? transcript.pieces().list() : List.of());
            usage(json);
            json.writeEndObject();
        });
    }

    private void segments(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("segments");
        List<Transcript.Span> spans = transcript.sentences();
        for (int id = 0; id < spans.size(); id++) {
            Transcript.Span span = spans.get(id);
            json.writeStartObject();
            json.writeNumberField("id", id);
            json.writeNumberField("seek", 0);
            json.writeNumberField("start", span.start());
            json.writeNumberField("end", span.end());
            json.writeStringField("text", span.text());
            json.writeArrayFieldStart("tokens");
            for (int i = 0; i <= span.text().length() / 4; i++) {
                json.writeNumber(200 + draws.below(50_000));
            }
            json.writeEndArray();
            json.writeNumberField("temperature", 0.0);
            json.writeNumberField("avg_logprob", rounded(-0.1 - 0.3 * draws.unit()));
            json.writeNumberField("compression_ratio", rounded(1 + 0.6 * draws.unit()));
            json.writeNumberField("no_speech_prob", rounded(0.001 + 0.04 * draws.unit()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void words(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("words");
        for (Transcript.Span span : transcript.words()) {
            json.writeStartObject();
            json.writeStringField("word", span.text());
            json.writeNumberField("start", span.start());
            json.writeNumberField("end", span.end());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void logprobs(JsonGenerator json, List<Piece> pieces) throws IOException {
        if (pieces.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("logprobs");
        for (Piece piece : pieces) {
            json.writeStartObject();
            json.writeStringField("token", piece.text());
            json.writeNumberField("logprob", rounded(-0.4 * draws.unit() * draws.unit()));
            json.writeArrayFieldStart("bytes");
            for (byte value : Json.bytes(piece.text())) {
                json.writeNumber(value & 0xff);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void usage(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("usage");
        if (request.bySecond()) {
            json.writeStringField("type", "duration");
            json.writeNumberField("seconds", (long) Math.ceil(transcript.seconds()));
        } else {
            long heard = (long) Math.ceil(transcript.seconds() * AUDIO_TOKENS_PER_SECOND);
            long said = (long) transcript.pieces().tokens() + FRAME;
            json.writeStringField("type", "tokens");
            json.writeNumberField("total_tokens", heard + said);
            json.writeNumberField("input_tokens", heard);
            json.writeObjectFieldStart("input_token_details");
            json.writeNumberField("text_tokens", 0);
            json.writeNumberField("audio_tokens", heard);
            json.writeEndObject();
            json.writeNumberField("output_tokens", said);
        }
        json.writeEndObject();
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(8, RoundingMode.HALF_EVEN);
    }
}
