package dev.gateway4j.simulator.internal.endpoint.realtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.RealtimeConnection;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.chance.Occurrences;
import dev.gateway4j.simulator.internal.http.Query;
import dev.gateway4j.simulator.internal.http.Services;
import java.util.Map;
import java.util.regex.Pattern;

/** Opens realtime conversations. Thread-safe. */
public final class Realtime {
    /** The path of the handshake. */
    public static final String ENDPOINT = "/v1/realtime";

    private static final int REMEMBERED = 4_096;
    private static final int LASTS_SECONDS = 3_600;
    private static final Pattern MODELS = Pattern.compile("gpt-.*(realtime|audio).*");
    private static final String STANDARD_MODEL = "gpt-realtime";

    private final Services services;
    private final Occurrences occurrences = new Occurrences(REMEMBERED);

    /** Conversations with these services. */
    public Realtime(Services services) {
        this.services = services;
    }

    /** The conversation that a handshake begins; one with nothing but an error if there is no such model. */
    public RealtimeConnection open(WireRequest handshake) {
        ObjectNode query = Query.parse(handshake.query());
        String model = query.path("model").asText(query.path("deployment").asText(STANDARD_MODEL));
        Fingerprint fingerprint = Fingerprint.of(ENDPOINT, handshake.query());
        Chance chance = new Chance(services.seed(), fingerprint, occurrences.next(fingerprint));
        Outbox outbox = new Outbox(new RealtimeIds(chance.draws(Chance.Purpose.IDS)));
        outbox.at(seconds());
        boolean beta = handshake.headers().first("openai-beta").orElse("").contains("realtime=v1");
        if (!query.has("deployment") && !MODELS.matcher(model).matches()) {
            outbox.send(handshake.arrivedNanos(), noModel(outbox, model), "");
            return new Connection(outbox, this::seconds, null);
        }
        ObjectNode settings = settings(outbox, query, model, beta);
        RealtimeSession session = new RealtimeSession(
                new Mind(services, model, chance), settings, beta, outbox, handshake.arrivedNanos());
        return new Connection(outbox, this::seconds, session);
    }

    /** Forgets which handshakes came before. */
    public void reset() {
        occurrences.restore(Map.of());
    }

    private ObjectNode settings(Outbox outbox, ObjectNode query, String model, boolean beta) {
        long expires = seconds() + LASTS_SECONDS;
        String id = outbox.id("sess_");
        if (query.path("intent").asText().equals("transcription")) {
            return Sessions.transcription(id, expires);
        }
        return beta ? Sessions.beta(id, model, expires) : Sessions.realtime(id, model, expires);
    }

    private static ObjectNode noModel(Outbox outbox, String model) {
        ObjectNode event = outbox.event("error");
        event.putObject("error")
                .put("type", "invalid_request_error")
                .put("code", "model_not_found")
                .put("message", "The model `" + model + "` does not exist or you do not have access to it.")
                .putNull("param")
                .putNull("event_id");
        return event;
    }

    private long seconds() {
        return services.time().now().getEpochSecond();
    }
}
