package dev.gateway4j.simulator.internal.endpoint.audio;

import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.http.EventList;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Form;
import dev.gateway4j.simulator.internal.http.Quota;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.TranscriptionRequest;
import dev.gateway4j.simulator.internal.timing.Pace;
import dev.gateway4j.simulator.internal.tokens.Piece;
import java.util.Locale;
import java.util.Set;

/** {@code POST /v1/audio/transcriptions} and {@code /v1/audio/translations}. */
final class TranscriptionHandler {
    private static final int MOST_BYTES = 26_214_400;
    private static final Set<String> READABLE =
            Set.of("flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "opus", "wav", "webm");

    private final Planner planner;
    private final Listener listener;

    TranscriptionHandler(Services services, Spoken spoken) {
        this.planner = services.planner();
        this.listener = new Listener(planner, services.tokens(), spoken);
    }

    WireReply transcribe(Exchange exchange) {
        return answer(exchange, false);
    }

    WireReply translate(Exchange exchange) {
        return answer(exchange, true);
    }

    private WireReply answer(Exchange exchange, boolean translates) {
        Form form = Form.read(
                        exchange.request().headers().first("content-type").orElse(""),
                        exchange.request().body())
                .orElseThrow(ErrorKind.NO_FORM::with);
        TranscriptionRequest request = TranscriptionRequest.read(
                form.fields(), translates, exchange.path().deployment());
        Form.Part file = file(form);
        Transcript transcript = listener.hear(request, file.bytes(), exchange.chance());
        TranscriptBody body = new TranscriptBody(request, transcript);
        Pace pace = planner.pace(exchange.chance());
        return request.stream()
                ? stream(exchange, pace, body, transcript, request)
                : whole(exchange, pace, body, transcript, request);
    }

    private static WireReply whole(
            Exchange exchange, Pace pace, TranscriptBody body, Transcript transcript, TranscriptionRequest request) {
        String text =
                switch (request.format()) {
                    case "text" -> transcript.text() + "\n";
                    case "srt" -> Subtitles.srt(transcript);
                    case "vtt" -> Subtitles.vtt(transcript);
                    case "verbose_json" -> body.verbose();
                    case "diarized_json" -> body.diarized();
                    default -> body.plain();
                };
        String type = request.format().endsWith("json") ? "application/json" : "text/plain; charset=utf-8";
        long after = pace.quick();
        return Replies.of(
                exchange,
                200,
                type,
                Quota.requestsOnly(),
                Frames.of(Json.bytes(text), exchange.arrived() + after),
                after);
    }

    private static WireReply stream(
            Exchange exchange, Pace pace, TranscriptBody body, Transcript transcript, TranscriptionRequest request) {
        long after = pace.headers();
        EventList events = new EventList(exchange.arrived() + after).later(pace.quick() - after);
        if (request.format().equals("diarized_json")) {
            for (int i = 0; i < transcript.sentences().size(); i++) {
                events.later(pace.gap(1)).transcript(body.segment(i));
            }
        } else {
            for (Piece piece : transcript.pieces().list()) {
                events.later(pace.gap(piece.tokens())).transcript(body.delta(piece));
            }
        }
        events.transcript(body.done()).transcript("[DONE]");
        return Replies.of(exchange, 200, "text/event-stream; charset=utf-8", Quota.requestsOnly(), events.end(), after);
    }

    private static Form.Part file(Form form) {
        Form.Part file = form.files().get("file");
        if (file == null) {
            throw ErrorKind.MISSING.with("file");
        }
        String name = file.fileName();
        int dot = name.lastIndexOf('.');
        if (dot > 0 && !READABLE.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
            throw ErrorKind.AUDIO_FORMAT.with();
        }
        if (file.bytes().length == 0) {
            throw ErrorKind.AUDIO_SHORT.with();
        }
        if (file.bytes().length > MOST_BYTES) {
            throw ErrorKind.AUDIO_LARGE.with(file.bytes().length);
        }
        return file;
    }
}
