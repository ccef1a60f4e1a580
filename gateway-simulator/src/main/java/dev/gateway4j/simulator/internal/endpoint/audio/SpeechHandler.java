package dev.gateway4j.simulator.internal.endpoint.audio;

import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.http.EventList;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Handler;
import dev.gateway4j.simulator.internal.http.Quota;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.media.SoundFormat;
import dev.gateway4j.simulator.internal.media.Voice;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.request.SpeechRequest;
import dev.gateway4j.simulator.internal.timing.Pace;
import java.util.Arrays;
import java.util.Base64;

/** {@code POST /v1/audio/speech}. */
final class SpeechHandler implements Handler {
    /** A multiple of three, so that no event but the last needs padding. */
    private static final int PART = 24_000;

    private static final int TOKENS_PER_SECOND = 20;
    private static final int TOKENS_PER_PART = 10;

    private final Services services;
    private final Spoken spoken;

    SpeechHandler(Services services, Spoken spoken) {
        this.services = services;
        this.spoken = spoken;
    }

    @Override
    public WireReply handle(Exchange exchange) {
        SpeechRequest request =
                SpeechRequest.read(exchange.request().body(), exchange.path().deployment());
        SoundFormat format = SoundFormat.of(request.format());
        byte[] samples = Voice.say(request.input(), request.voice(), request.speed());
        byte[] sound = format.bytes(samples, Spoken.key(Json.bytes(request.voice() + '\0' + request.input())));
        spoken.keep(sound, request.input(), exchange.seconds());
        Pace pace = services.planner().pace(exchange.chance());
        long after = pace.quick();
        EventList parts = new EventList(exchange.arrived() + after);
        for (int from = 0; from < sound.length; from += PART) {
            byte[] part = Arrays.copyOfRange(sound, from, Math.min(from + PART, sound.length));
            parts.later(from == 0 ? 0 : pace.gap(TOKENS_PER_PART));
            if (request.events()) {
                parts.data(delta(part));
            } else {
                parts.bytes(part);
            }
        }
        if (request.events()) {
            parts.data(done(request, samples.length / 2));
        }
        String type = request.events() ? "text/event-stream; charset=utf-8" : format.contentType();
        return Replies.of(exchange, 200, type, Quota.requestsOnly(), parts.end(), after);
    }

    private static String delta(byte[] part) {
        return Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("type", "speech.audio.delta");
            json.writeStringField("audio", Base64.getEncoder().encodeToString(part));
            json.writeEndObject();
        });
    }

    private String done(SpeechRequest request, int samples) {
        long input = (long) services.tokens().count(Family.Encoding.O200K, request.input())
                + services.tokens().count(Family.Encoding.O200K, request.instructions());
        long output = Math.max(1, (long) samples * TOKENS_PER_SECOND / Voice.RATE);
        return Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("type", "speech.audio.done");
            json.writeObjectFieldStart("usage");
            json.writeNumberField("input_tokens", input);
            json.writeNumberField("output_tokens", output);
            json.writeNumberField("total_tokens", input + output);
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
