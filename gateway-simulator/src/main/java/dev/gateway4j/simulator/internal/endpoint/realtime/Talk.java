package dev.gateway4j.simulator.internal.endpoint.realtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.media.Voice;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.Base64;

/**
 * One response: all its events are put into the outbox at once, each with its time, and taken back if it is cancelled. Used by one thread
 * at a time.
 */
final class Talk {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Outbox outbox;
    private final Items items;
    private final ResponseSettings settings;
    private final String id;
    private final ObjectNode response;
    private final StringBuilder heard = new StringBuilder();
    private ObjectNode current = JSON.objectNode();
    private ObjectNode message = JSON.objectNode();
    private boolean opened;
    private long due;

    Talk(Outbox outbox, Items items, ResponseSettings settings, long start) {
        this.outbox = outbox;
        this.items = items;
        this.settings = settings;
        this.id = outbox.id("resp_");
        this.response = settings.response(id);
        this.due = start;
    }

    String id() {
        return id;
    }

    /** Says it all. */
    void run(Plan plan) {
        Choice choice = plan.choices().get(0);
        due += plan.pace().headers();
        send(outbox.event("response.created"), "response", response.deepCopy());
        due += plan.pace().first() - plan.pace().headers();
        int index = 0;
        if (!choice.text().isEmpty() || choice.calls().isEmpty()) {
            message(plan, choice, index++);
        }
        for (PlannedCall call : choice.calls()) {
            call(plan, call, index++);
        }
        boolean cut = choice.finish() == Finish.LENGTH;
        due += plan.pace().tail();
        done(cut ? "incomplete" : "completed", cut ? "max_output_tokens" : "", settings.usage(plan));
        ObjectNode limits = outbox.event("rate_limits.updated");
        limits.putArray("rate_limits")
                .addObject()
                .put("name", "tokens")
                .put("limit", 40_000)
                .put("remaining", Math.max(0, 40_000 - plan.usage().total()))
                .put("reset_seconds", plan.usage().total() * 60 / 40_000.0);
        send(limits);
    }

    /** Remembers what has been sent. */
    void sent(ObjectNode event) {
        String type = event.path("type").asText();
        opened |= type.equals("response.content_part.added");
        if (type.equals(settings.textEvent() + ".delta")) {
            heard.append(event.path("delta").asText());
        }
    }

    /** Takes back what has not been sent, and ends here. */
    void cancel(long now, String reason) {
        outbox.drop(id);
        due = now;
        response.withArray("output").removeAll();
        if (opened) {
            current = message;
            finishMessage(heard.toString(), "incomplete", 0);
        } else if (settings.remembered()) {
            items.forget(current.path("id").asText());
        }
        done("cancelled", reason, settings.noUsage());
    }

    private void message(Plan plan, Choice choice, int index) {
        Pieces text = choice.text().isEmpty() ? choice.refusal() : choice.text();
        current = items.begun(outbox.id("item_"), "message", "in_progress").put("role", "assistant");
        current.putArray("content");
        message = current;
        begin(index);
        ObjectNode part = place(outbox.event("response.content_part.added"), index);
        send(part.put("content_index", 0), "part", settings.part(""));
        for (Piece piece : text.list()) {
            due += plan.pace().gap(piece.tokens());
            delta(settings.textEvent(), index, piece.text());
            if (settings.sounds()) {
                byte[] sound = Voice.say(piece.text(), settings.voice(), 1);
                delta(settings.soundEvent(), index, Base64.getEncoder().encodeToString(sound));
            }
        }
        finishMessage(text.text(), choice.finish() == Finish.LENGTH ? "incomplete" : "completed", index);
    }

    private void finishMessage(String text, String status, int index) {
        if (settings.sounds()) {
            send(place(outbox.event(settings.soundEvent() + ".done"), index).put("content_index", 0));
        }
        ObjectNode done =
                place(outbox.event(settings.textEvent() + ".done"), index).put("content_index", 0);
        send(done.put(settings.textMember(), text));
        ObjectNode part = place(outbox.event("response.content_part.done"), index);
        send(part.put("content_index", 0), "part", settings.part(text));
        current.put("status", status);
        current.putArray("content").add(settings.content(text));
        end(index);
    }

    private void call(Plan plan, PlannedCall call, int index) {
        String callId = outbox.toolCall();
        current = items.begun(outbox.id("item_"), "function_call", "in_progress")
                .put("name", call.name())
                .put("call_id", callId)
                .put("arguments", "");
        begin(index);
        for (Piece piece : call.arguments().list()) {
            due += plan.pace().gap(piece.tokens());
            ObjectNode delta = place(outbox.event("response.function_call_arguments.delta"), index);
            send(delta.put("call_id", callId).put("delta", piece.text()));
        }
        String arguments = call.arguments().text();
        ObjectNode done = place(outbox.event("response.function_call_arguments.done"), index);
        send(done.put("call_id", callId).put("name", call.name()).put("arguments", arguments));
        current.put("status", "completed").put("arguments", arguments);
        end(index);
    }

    private void begin(int index) {
        ObjectNode added = outbox.event("response.output_item.added")
                .put("response_id", id)
                .put("output_index", index);
        send(added, "item", current.deepCopy());
        if (settings.remembered()) {
            String before = items.add(current, "");
            String type = settings.beta() ? "conversation.item.created" : "conversation.item.added";
            ObjectNode event = outbox.event(type);
            event.set("previous_item_id", before.isEmpty() ? JSON.nullNode() : JSON.textNode(before));
            send(event, "item", current.deepCopy());
        }
    }

    private void end(int index) {
        ObjectNode done =
                outbox.event("response.output_item.done").put("response_id", id).put("output_index", index);
        send(done, "item", current.deepCopy());
        if (settings.remembered() && !settings.beta()) {
            ObjectNode event = outbox.event("conversation.item.done").putNull("previous_item_id");
            send(event, "item", current.deepCopy());
        }
        response.withArray("output").add(current.deepCopy());
    }

    private void done(String status, String reason, ObjectNode usage) {
        response.put("status", status);
        if (!reason.isEmpty()) {
            response.putObject("status_details").put("type", status).put("reason", reason);
        }
        response.set("usage", usage);
        send(outbox.event("response.done"), "response", response.deepCopy());
    }

    private void delta(String event, int index, String delta) {
        send(place(outbox.event(event + ".delta"), index)
                .put("content_index", 0)
                .put("delta", delta));
    }

    private ObjectNode place(ObjectNode event, int index) {
        return event.put("response_id", id)
                .put("item_id", current.path("id").asText())
                .put("output_index", index);
    }

    private void send(ObjectNode event, String member, ObjectNode value) {
        event.set(member, value);
        send(event);
    }

    private void send(ObjectNode event) {
        outbox.send(due, event, id);
    }
}
