package dev.gateway4j.simulator.internal.endpoint.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The logic of one conversation: what each event of the client changes, and which events of the server follow. Turns are not detected in
 * the sound; a client commits its buffer and asks for a response itself. Used by one thread at a time.
 */
final class RealtimeSession {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Mind mind;
    private final boolean beta;
    private final ObjectNode session;
    private final Outbox outbox;
    private final Items items;
    private final SoundBuffer buffer = new SoundBuffer();
    private final String conversation;
    private final Map<String, Reaction> reactions = new LinkedHashMap<>();
    private @Nullable Talk talk;
    private long now;

    /** What an event of the client brings about. */
    @FunctionalInterface
    private interface Reaction {
        void to(JsonNode event);
    }

    RealtimeSession(Mind mind, ObjectNode session, boolean beta, Outbox outbox, long start) {
        this.mind = mind;
        this.session = session;
        this.beta = beta;
        this.outbox = outbox;
        this.items = new Items(beta);
        this.conversation = outbox.id("conv_");
        this.now = start;
        reactions.put("session.update", this::update);
        reactions.put("input_audio_buffer.append", event -> buffer.append(text(event, "audio")));
        reactions.put("input_audio_buffer.commit", event -> commit());
        reactions.put("input_audio_buffer.clear", event -> clear());
        reactions.put("conversation.item.create", this::create);
        reactions.put("conversation.item.retrieve", this::retrieve);
        reactions.put("conversation.item.truncate", this::truncate);
        reactions.put("conversation.item.delete", this::delete);
        reactions.put("response.create", this::respond);
        reactions.put("response.cancel", this::cancel);
        reactions.put("output_audio_buffer.clear", event -> {});
        send("session.created", "session", session.deepCopy());
        if (beta) {
            ObjectNode begun = JSON.objectNode().put("id", conversation).put("object", "realtime.conversation");
            send("conversation.created", "conversation", begun);
        }
    }

    /** Takes an event of the client. */
    void accept(String text, long arrived) {
        now = arrived;
        JsonNode event = Json.read(Json.bytes(text)).orElse(JSON.missingNode());
        try {
            reaction(event).to(event);
        } catch (EventError error) {
            ObjectNode told = outbox.event("error");
            told.putObject("error")
                    .put("type", "invalid_request_error")
                    .put("code", error.code())
                    .put("message", error.text())
                    .put("param", error.param().orElse(null))
                    .put("event_id", event.path("event_id").asText(null));
            outbox.send(now, told, "");
        }
    }

    /** Hears that an event has been sent. */
    void sent(Outbox.Waiting event) {
        if (talk == null || !talk.id().equals(event.response())) {
            return;
        }
        talk.sent(event.event());
        if (event.event().path("type").asText().equals("response.done")) {
            talk = null;
        }
    }

    private Reaction reaction(JsonNode event) {
        if (!event.isObject()) {
            throw new EventError(
                    "invalid_json", "", "Could not parse the event: a JSON object with a 'type' was expected.");
        }
        if (!event.path("type").isTextual()) {
            throw new EventError("invalid_event", "type", "The 'type' field is missing.");
        }
        String type = event.path("type").asText();
        Reaction reaction = reactions.get(type);
        if (reaction == null) {
            String supported = "'" + String.join("', '", reactions.keySet()) + "'";
            throw EventError.value("type", type, supported);
        }
        return reaction;
    }

    private void update(JsonNode event) {
        JsonNode asked = object(event, "session");
        if (!beta && !asked.path("type").isTextual()) {
            throw EventError.missing("session.type");
        }
        asked.fieldNames().forEachRemaining(name -> {
            if (!Mind.KNOWN_SETTINGS.contains(name) && !session.has(name)) {
                throw EventError.unknown("session." + name);
            }
        });
        Sessions.change(session, asked);
        send("session.updated", "session", session.deepCopy());
    }

    private void commit() {
        double seconds = buffer.seconds();
        String content = buffer.commit();
        ObjectNode item =
                items.begun(outbox.id("item_"), "message", "completed").put("role", "user");
        ObjectNode part = item.putArray("content").addObject().put("type", "input_audio");
        String before = items.add(item, "");
        part.putNull("transcript");
        String id = item.path("id").asText();
        ObjectNode committed = outbox.event("input_audio_buffer.committed");
        previous(committed, before).put("item_id", id);
        outbox.send(now, committed, "");
        added(item, before);
        JsonNode transcription =
                beta ? session.path("input_audio_transcription") : session.at("/audio/input/transcription");
        String heard = mind.hear(session, content);
        if (transcription.isObject()) {
            ObjectNode done = outbox.event("conversation.item.input_audio_transcription.completed");
            done.put("item_id", id).put("content_index", 0).put("transcript", heard);
            done.putObject("usage").put("type", "duration").put("seconds", Math.ceil(seconds));
            outbox.send(now, done, "");
        }
        part.put("transcript", heard);
    }

    private void clear() {
        buffer.clear();
        outbox.send(now, outbox.event("input_audio_buffer.cleared"), "");
    }

    private void create(JsonNode event) {
        ObjectNode item = items.read(object(event, "item"), outbox.id("item_"));
        String before = items.add(item, event.path("previous_item_id").asText(""));
        added(item, before);
    }

    private void added(ObjectNode item, String before) {
        ObjectNode added = outbox.event(beta ? "conversation.item.created" : "conversation.item.added");
        previous(added, before).set("item", item.deepCopy());
        outbox.send(now, added, "");
        if (!beta) {
            ObjectNode done = outbox.event("conversation.item.done");
            previous(done, before).set("item", item.deepCopy());
            outbox.send(now, done, "");
        }
    }

    private void retrieve(JsonNode event) {
        send(
                "conversation.item.retrieved",
                "item",
                items.get(text(event, "item_id"), "retrieve").deepCopy());
    }

    private void truncate(JsonNode event) {
        ObjectNode item = items.get(text(event, "item_id"), "truncate");
        if (!item.path("role").asText().equals("assistant")) {
            throw new EventError("invalid_value", "item_id", "Only messages of the assistant can be truncated.");
        }
        ObjectNode truncated = outbox.event("conversation.item.truncated")
                .put("item_id", item.path("id").asText())
                .put("content_index", event.path("content_index").asInt())
                .put("audio_end_ms", event.path("audio_end_ms").asInt());
        outbox.send(now, truncated, "");
    }

    private void delete(JsonNode event) {
        String id = text(event, "item_id");
        items.remove(id);
        outbox.send(now, outbox.event("conversation.item.deleted").put("item_id", id), "");
    }

    private void respond(JsonNode event) {
        if (talk != null) {
            throw new EventError(
                    "conversation_already_has_active_response",
                    "",
                    "Conversation already has an active response in progress: " + talk.id()
                            + ". Wait until the response is finished before creating a new one.");
        }
        ObjectNode settings = session.deepCopy();
        Sessions.change(settings, event.path("response"));
        boolean remembered = !settings.path("conversation").asText().equals("none");
        List<Turn> turns = new ArrayList<>(items.turns());
        if (settings.path("input").isArray()) {
            turns.clear();
            settings.path("input").forEach(item -> turns.add(Items.turn(item)));
        }
        ResponseSettings chosen = new ResponseSettings(settings, conversation, beta, remembered);
        talk = new Talk(outbox, items, chosen, now);
        talk.run(mind.plan(settings, turns));
    }

    private void cancel(JsonNode event) {
        String id = event.path("response_id").asText("");
        if (talk == null || !(id.isEmpty() || id.equals(talk.id()))) {
            throw new EventError("response_cancel_not_active", "", "Cancellation failed: no active response found");
        }
        talk.cancel(now, "client_cancelled");
    }

    private void send(String type, String member, ObjectNode value) {
        ObjectNode event = outbox.event(type);
        event.set(member, value);
        outbox.send(now, event, "");
    }

    private static ObjectNode previous(ObjectNode event, String before) {
        return before.isEmpty() ? event.putNull("previous_item_id") : event.put("previous_item_id", before);
    }

    private static JsonNode object(JsonNode event, String name) {
        if (!event.path(name).isObject()) {
            throw EventError.missing(name);
        }
        return event.path(name);
    }

    private static String text(JsonNode event, String name) {
        if (!event.path(name).isTextual()) {
            throw EventError.missing(name);
        }
        return event.path(name).asText();
    }
}
