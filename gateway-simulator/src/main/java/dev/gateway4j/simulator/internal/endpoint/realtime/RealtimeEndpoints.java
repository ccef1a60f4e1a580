package dev.gateway4j.simulator.internal.endpoint.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.http.Endpoints;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Form;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sessions, secrets for browsers and calls over HTTP. No call ever comes in from a telephone, so every id of a call is taken for one that
 * did.
 */
public final class RealtimeEndpoints implements Endpoints {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int STANDARD_SECONDS = 600;
    private static final int IDS = 1;
    private static final String MODEL = "gpt-realtime";

    private final Planner planner;

    /** Answers with these services. */
    public RealtimeEndpoints(Services services) {
        this.planner = services.planner();
    }

    @Override
    public void addTo(Routes.Builder routes) {
        routes.add("GET", Realtime.ENDPOINT, RealtimeEndpoints::handshake)
                .add("POST", "/v1/realtime/client_secrets", this::secret)
                .add("POST", "/v1/realtime/translations/client_secrets", this::translationSecret)
                .add("POST", "/v1/realtime/calls", this::call)
                .add("POST", "/v1/realtime/calls/*/accept", exchange -> done(exchange, "type"))
                .add("POST", "/v1/realtime/calls/*/hangup", exchange -> done(exchange, ""))
                .add("POST", "/v1/realtime/calls/*/refer", exchange -> done(exchange, "target_uri"))
                .add("POST", "/v1/realtime/calls/*/reject", exchange -> done(exchange, ""));
    }

    /** Lets a server open a socket, for a conversation that it opens by {@link Realtime#open}. */
    private static WireReply handshake(Exchange exchange) {
        WireRequest request = exchange.request();
        if (!request.headers().first("upgrade").orElse("").equalsIgnoreCase("websocket")) {
            throw ErrorKind.URL.with(request.method(), request.path());
        }
        return new WireReply(
                101,
                WireHeaders.of("x-request-id", exchange.requestId()),
                exchange.arrived(),
                Frames.of(new byte[0], exchange.arrived()));
    }

    private WireReply secret(Exchange exchange) {
        JsonNode body = body(exchange);
        JsonNode asked = body.path("session");
        RealtimeIds ids = ids(exchange);
        String id = ids.next("sess_", exchange.seconds());
        boolean transcribes = asked.path("type").asText().equals("transcription");
        ObjectNode session = transcribes
                ? Sessions.transcription(id, 0)
                : Sessions.realtime(id, asked.path("model").asText(MODEL), 0);
        if (asked.isObject()) {
            Sessions.change(session, asked);
        }
        return answer(exchange, secret(exchange, ids, body).set("session", Sessions.overHttp(session)));
    }

    private WireReply translationSecret(Exchange exchange) {
        JsonNode body = body(exchange);
        JsonNode asked = body.path("session");
        RealtimeIds ids = ids(exchange);
        ObjectNode secret = secret(exchange, ids, body);
        ObjectNode session = secret.putObject("session")
                .put("id", ids.next("sess_", exchange.seconds()))
                .put("type", "translation")
                .put("expires_at", secret.path("expires_at").asLong())
                .put("model", asked.path("model").asText("gpt-realtime-translate"));
        ObjectNode audio = session.putObject("audio");
        audio.putObject("input").putNull("transcription").putNull("noise_reduction");
        audio.putObject("output").put("language", "en");
        if (asked.isObject()) {
            Sessions.change(session, asked);
        }
        return answer(exchange, secret);
    }

    private WireReply call(Exchange exchange) {
        String type = exchange.request().headers().first("content-type").orElse("");
        byte[] body = exchange.request().body();
        Optional<Form> form = Form.read(type, body);
        String offer = form.map(RealtimeEndpoints::offer).orElseGet(() -> new String(body, StandardCharsets.UTF_8));
        if (offer.isBlank()) {
            throw ErrorKind.MISSING.with("sdp");
        }
        Draws draws = exchange.chance().draws(Chance.Purpose.IDS, IDS);
        String id = "rtc_u0_" + draws.alphanumeric(24);
        long after = planner.pace(exchange.chance()).quick();
        return Replies.of(
                exchange,
                201,
                "application/sdp",
                WireHeaders.of("location", "/v1/realtime/calls/" + id),
                Frames.of(Json.bytes(Sdp.answer(offer, draws)), exchange.arrived() + after),
                after);
    }

    private static String offer(Form form) {
        Form.Part file = form.files().get("sdp");
        return file == null ? form.fields().path("sdp").asText() : new String(file.bytes(), StandardCharsets.UTF_8);
    }

    private WireReply done(Exchange exchange, String required) {
        JsonNode body = body(exchange);
        if (!required.isEmpty() && !body.path(required).isTextual()) {
            throw ErrorKind.MISSING.with(required);
        }
        long after = planner.pace(exchange.chance()).quick();
        return Replies.of(
                exchange,
                200,
                "application/json",
                WireHeaders.empty(),
                Frames.of(new byte[0], exchange.arrived() + after),
                after);
    }

    private static ObjectNode secret(Exchange exchange, RealtimeIds ids, JsonNode body) {
        JsonNode seconds = body.path("expires_after").path("seconds");
        if (seconds.isInt() && seconds.asInt() < 10) {
            throw ErrorKind.BELOW.with("expires_after.seconds", "integer", 10, seconds.asInt());
        }
        if (seconds.isInt() && seconds.asInt() > 7200) {
            throw ErrorKind.ABOVE.with("expires_after.seconds", "integer", 7200, seconds.asInt());
        }
        return JSON.objectNode()
                .put("value", ids.secret())
                .put("expires_at", exchange.seconds() + seconds.asInt(STANDARD_SECONDS));
    }

    private WireReply answer(Exchange exchange, JsonNode answer) {
        byte[] body = Json.bytes(Json.indented(json -> json.writeTree(answer)));
        return Replies.whole(
                exchange,
                body,
                OptionalLong.empty(),
                planner.pace(exchange.chance()).quick());
    }

    private static JsonNode body(Exchange exchange) {
        byte[] body = exchange.request().body();
        return body.length == 0
                ? JSON.objectNode()
                : Json.read(body).filter(JsonNode::isObject).orElseThrow(ErrorKind.BAD_JSON::with);
    }

    private static RealtimeIds ids(Exchange exchange) {
        return new RealtimeIds(exchange.chance().draws(Chance.Purpose.IDS, IDS));
    }
}
