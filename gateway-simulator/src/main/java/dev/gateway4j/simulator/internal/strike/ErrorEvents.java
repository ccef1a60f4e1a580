package dev.gateway4j.simulator.internal.strike;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stream that fails when its status is long sent: an error among the events, then the end. */
final class ErrorEvents extends Filter {
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence_number\":(\\d+)");
    private static final Pattern DATA = Pattern.compile("(?m)^data: (.*)$");

    private final ApiError error;
    private final int after;
    private final boolean responses;
    private Optional<JsonNode> response = Optional.empty();
    private long sequence = -1;
    private int passed;

    /**
     * A stream that fails.
     *
     * @param after how many events come before; in a stream of a response at least the first
     * @param responses true for the events of a response
     */
    ErrorEvents(Frames source, ApiError error, int after, boolean responses) {
        super(source);
        this.error = error;
        this.after = responses ? Math.max(1, after) : after;
        this.responses = responses;
    }

    @Override
    void chunk(Frame.Chunk chunk) {
        if (passed++ >= after) {
            strike(chunk.dueNanos());
            return;
        }
        if (responses) {
            remember(new String(chunk.bytes(), StandardCharsets.UTF_8));
        }
        emit(chunk.dueNanos(), chunk.bytes());
    }

    @Override
    void end(Frame frame) {
        strike(frame.dueNanos());
    }

    private void remember(String event) {
        Matcher number = SEQUENCE.matcher(event);
        if (number.find()) {
            sequence = Long.parseLong(number.group(1));
        }
        Matcher data = DATA.matcher(event);
        if (response.isEmpty() && data.find()) {
            response = Json.read(Json.bytes(data.group(1)))
                    .map(tree -> tree.path("response"))
                    .filter(JsonNode::isObject);
        }
    }

    private void strike(long due) {
        if (finished()) {
            return;
        }
        if (responses) {
            emit(due, event("error", errorEvent()));
            response.ifPresent(tree -> emit(due, event("response.failed", failed((ObjectNode) tree.deepCopy()))));
        } else {
            emit(due, Json.bytes("data: " + chatError() + "\n\n"));
        }
        complete(due);
    }

    private static byte[] event(String type, String data) {
        return Json.bytes("event: " + type + "\ndata: " + data + "\n\n");
    }

    private String errorEvent() {
        return Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("type", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("type", error.type());
            Json.member(json, "code", error.code().or(() -> Optional.of(error.type())));
            json.writeStringField("message", error.text());
            Json.member(json, "param", error.param());
            json.writeEndObject();
            json.writeNumberField("sequence_number", sequence + 1);
            json.writeEndObject();
        });
    }

    private String failed(ObjectNode tree) {
        tree.put("status", "failed");
        ObjectNode cause = tree.putObject("error");
        boolean quota = error.type().equals("insufficient_quota");
        cause.put("code", quota ? error.type() : "server_error");
        cause.put("message", error.text());
        return Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("type", "response.failed");
            json.writeObjectField("response", tree);
            json.writeNumberField("sequence_number", sequence + 2);
            json.writeEndObject();
        });
    }

    private String chatError() {
        return Json.compact(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", error.text());
            json.writeStringField("type", error.type());
            Json.member(json, "param", error.param());
            Json.member(json, "code", error.code());
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
