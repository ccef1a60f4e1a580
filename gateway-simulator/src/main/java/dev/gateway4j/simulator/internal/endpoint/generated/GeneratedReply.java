package dev.gateway4j.simulator.internal.endpoint.generated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.spec.Maker;
import dev.gateway4j.simulator.internal.spec.Operation;
import dev.gateway4j.simulator.internal.spec.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The reply to one request, made from the shapes of its operation. */
final class GeneratedReply {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final long SECRET_SECONDS = 60;
    private static final Set<String> LINE_BREAK =
            Set.of("chat", "completions", "embeddings", "files", "models", "images");

    private final Exchange exchange;
    private final Operation operation;
    private final Incoming incoming;

    GeneratedReply(Exchange exchange, Operation operation, Incoming incoming) {
        this.exchange = exchange;
        this.operation = operation;
        this.incoming = incoming;
    }

    WireReply make() {
        Maker maker = new Maker(incoming.asked(), exchange.chance().draws(Chance.Purpose.SHAPES));
        if (incoming.streams()) {
            return stream(maker);
        }
        Optional<String> raw = raw();
        if (raw.isPresent()) {
            return whole(raw.get(), Samples.of(raw.get()));
        }
        Optional<Shape> shape = operation.json();
        if (shape.isPresent()) {
            return json(maker.answer(shape.get()));
        }
        if (operation.method().equals("DELETE")) {
            return json(maker.deletion());
        }
        boolean content = operation.path().endsWith("/content");
        return whole("text/plain", content ? Samples.of("text/plain") : new byte[0]);
    }

    private WireReply json(JsonNode body) {
        if (body instanceof ObjectNode answer) {
            completed(answer);
        }
        String text = Json.indented(json -> json.writeTree(body));
        return whole(JSON, Json.bytes(LINE_BREAK.contains(exchange.segment(0)) ? text + "\n" : text));
    }

    /** Adds what the official clients insist on and the document does not have. */
    private void completed(ObjectNode answer) {
        if (operation.path().equals("/audio/voices")) {
            answer.put("type", incoming.body().path("type").asText("audio_sample"));
        } else if (operation.path().equals("/realtime/sessions") && !answer.has("client_secret")) {
            answer.putObject("client_secret")
                    .put("value", "ek_" + answer.path("id").asText().replace("sess_", ""))
                    .put("expires_at", exchange.seconds() + SECRET_SECONDS);
        }
    }

    private WireReply whole(String type, byte[] body) {
        Frames frames = Frames.of(body, exchange.arrived());
        return Replies.of(exchange, operation.status(), type, WireHeaders.empty(), frames, 0);
    }

    /** The type in which raw bytes are sent: the one the client asks for, else the first there is. */
    private Optional<String> raw() {
        List<String> types = operation.answers().entrySet().stream()
                .filter(answer -> !answer.getKey().equals(EVENTS))
                .filter(answer ->
                        !answer.getKey().equals(JSON) || answer.getValue().onlyText())
                .map(Map.Entry::getKey)
                .toList();
        return types.stream()
                .filter(incoming::accepts)
                .findFirst()
                .or(() -> types.stream().filter(type -> !type.equals(JSON)).findFirst())
                .or(() -> types.stream().findFirst());
    }

    private WireReply stream(Maker maker) {
        List<Frame> frames = new ArrayList<>();
        for (JsonNode event : maker.events(operation.events().orElseThrow())) {
            frames.add(new Frame.Chunk(exchange.arrived(), Json.bytes(text(event))));
        }
        if (endsWithDone()) {
            frames.add(new Frame.Chunk(exchange.arrived(), Json.bytes("data: [DONE]\n\n")));
        }
        frames.add(new Frame.End(exchange.arrived(), WireHeaders.empty()));
        return Replies.of(
                exchange, operation.status(), EVENTS + "; charset=utf-8", WireHeaders.empty(), Frames.of(frames), 0);
    }

    private String text(JsonNode event) {
        JsonNode data = event.path("data");
        if (event.has("event") && !data.isMissingNode()) {
            String line = data.isTextual() ? data.asText() : data.toString();
            return "event: " + event.path("event").asText() + "\ndata: " + line + "\n\n";
        }
        boolean named = Set.of("responses", "images").contains(exchange.segment(0));
        String name = named ? "event: " + event.path("type").asText() + "\n" : "";
        return name + "data: " + event + "\n\n";
    }

    private boolean endsWithDone() {
        return Set.of("chat", "completions").contains(exchange.segment(0))
                || exchange.path().path().endsWith("/transcriptions");
    }
}
