package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.tokens.Piece;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A response as events, from {@code response.created} to {@code response.completed}. Used by one thread at a time. */
public final class ResponseStream extends Events {
    private static final int PADDED_TO = 16;
    private static final int OPENING = 4;

    private final ResponseHead head;
    private final ResponseBody body;
    private final Plan plan;
    private final Optional<Draws> padding;
    private final List<Piece> pieces;
    private final long arrivedNanos;
    private int sequence = -1;

    /**
     * A stream.
     *
     * @param head what all events have in common
     * @param plan what is said
     * @param padding draws for padding; none if deltas are not padded
     * @param arrivedNanos when the request arrived
     */
    public ResponseStream(ResponseHead head, Plan plan, Optional<Draws> padding, long arrivedNanos) {
        super(arrivedNanos + plan.pace().headers());
        this.head = head;
        this.body = new ResponseBody(head, plan);
        this.plan = plan;
        this.padding = padding;
        this.pieces = plan.choices().get(0).text().list();
        this.arrivedNanos = arrivedNanos;
    }

    @Override
    @Nullable
    String event() {
        sequence++;
        if (sequence < OPENING) {
            return opening();
        }
        if (sequence - OPENING < pieces.size()) {
            return delta(pieces.get(sequence - OPENING));
        }
        return closing(sequence - OPENING - pieces.size());
    }

    private String opening() {
        return switch (sequence) {
            case 0 -> response("response.created", false);
            case 1 -> response("response.in_progress", false);
            case 2 -> {
                at(arrivedNanos + plan.pace().first());
                yield event("response.output_item.added", json -> item(json, false));
            }
            default -> event("response.content_part.added", json -> part(json, ""));
        };
    }

    private @Nullable String closing(int step) {
        return switch (step) {
            case 0 -> {
                later(plan.pace().tail());
                yield event("response.output_text.done", this::textDone);
            }
            case 1 ->
                event(
                        "response.content_part.done",
                        json -> part(json, body.choice().text().text()));
            case 2 -> event("response.output_item.done", json -> item(json, true));
            case 3 -> response("response." + body.status(), true);
            default -> null;
        };
    }

    private String response(String type, boolean done) {
        return event(type, json -> {
            json.writeFieldName("response");
            body.snapshot(json, done);
        });
    }

    private void item(JsonGenerator json, boolean done) throws IOException {
        json.writeFieldName("item");
        body.message(json, done);
        json.writeNumberField("output_index", 0);
    }

    private void part(JsonGenerator json, String text) throws IOException {
        place(json);
        json.writeNumberField("output_index", 0);
        json.writeFieldName("part");
        ResponseBody.part(json, text);
    }

    private String delta(Piece piece) {
        later(plan.pace().gap(piece.tokens()));
        return event("response.output_text.delta", json -> {
            json.writeNumberField("content_index", 0);
            json.writeStringField("delta", piece.text());
            json.writeStringField("item_id", head.messageId());
            ResponseBody.emptyArray(json, "logprobs");
            if (padding.isPresent()) {
                int length = piece.text().codePointCount(0, piece.text().length());
                json.writeStringField("obfuscation", padding.get().alphanumeric(Math.floorMod(-length, PADDED_TO)));
            }
            json.writeNumberField("output_index", 0);
        });
    }

    private void textDone(JsonGenerator json) throws IOException {
        place(json);
        ResponseBody.emptyArray(json, "logprobs");
        json.writeNumberField("output_index", 0);
    }

    private void place(JsonGenerator json) throws IOException {
        json.writeNumberField("content_index", 0);
        json.writeStringField("item_id", head.messageId());
    }

    /** Members are alphabetical after the type; of those that come after the sequence number there is only the text of a text event. */
    private String event(String type, Json.Writer members) {
        String data = Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            members.write(json);
            json.writeNumberField("sequence_number", sequence);
            if (type.equals("response.output_text.done")) {
                json.writeStringField("text", body.choice().text().text());
            }
            json.writeEndObject();
        });
        return "event: " + type + "\ndata: " + data + "\n\n";
    }
}
