package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.timing.Pace;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion as chunks: the role, about a token each, the finish, the usage if it was asked for, {@code [DONE]}. Several choices
 * take turns. Used by one thread at a time.
 */
public final class ChatStream extends Events {
    private static final int PADDED_TO = 16;

    private final List<ChatDeltas> choices;
    private final List<String> finishes;
    private final ChatUsage usage;
    private final boolean usageTold;
    private final Pace pace;
    private final Optional<Draws> padding;
    private final boolean logprobs;
    private final String head;
    private int turn;
    private int open;
    private End end = End.USAGE;
    private Optional<Json.Writer> moderation = Optional.empty();

    /**
     * A stream.
     *
     * @param head what all chunks have in common
     * @param choices what is said
     * @param usage what it is billed
     * @param usageTold true if the stream tells its usage
     * @param padding draws for padding; none if chunks are not padded
     * @param pace when chunks arrive
     * @param arrivedNanos when the request arrived
     */
    public ChatStream(
            ChatHead head,
            List<ChatChoice> choices,
            ChatUsage usage,
            boolean usageTold,
            Optional<Draws> padding,
            Pace pace,
            long arrivedNanos) {
        super(
                arrivedNanos + pace.first(),
                arrivedNanos + pace.whole(usage.usage().output()));
        this.choices = choices.stream().map(ChatDeltas::new).toList();
        this.finishes = choices.stream().map(ChatChoice::finish).toList();
        this.usage = usage;
        this.usageTold = usageTold;
        this.pace = pace;
        this.padding = padding;
        this.logprobs = head.logprobsShown();
        this.head = Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("id", head.id());
            json.writeStringField("object", "chat.completion.chunk");
            json.writeNumberField("created", head.created());
            json.writeStringField("model", head.model().answersAs());
            if (!head.tier().isEmpty()) {
                json.writeStringField("service_tier", head.tier());
            }
            Json.member(json, "system_fingerprint", head.fingerprint());
            json.writeEndObject();
        });
        this.open = choices.size();
    }

    /** The same stream with what is judged of what was asked and said, told after the usage. */
    public ChatStream moderated(Optional<Json.Writer> judgement) {
        this.moderation = judgement;
        return this;
    }

    @Override
    @Nullable
    String event() {
        if (open > 0) {
            return choiceChunk();
        }
        if (end == End.USAGE) {
            end = End.MODERATION;
            if (usageTold) {
                return usageChunk();
            }
        }
        if (end == End.MODERATION) {
            end = End.DONE;
            if (moderation.isPresent()) {
                return moderationChunk(moderation.get());
            }
        }
        if (end == End.DONE) {
            end = End.NOTHING;
            return "data: [DONE]\n\n";
        }
        return null;
    }

    /** A choice that opens says its first token in the same turn. */
    private String choiceChunk() {
        while (!choices.get(turn).more()) {
            turn = (turn + 1) % choices.size();
        }
        int index = turn;
        ChatDeltas deltas = choices.get(index);
        boolean opens = deltas.fresh();
        ChatDeltas.Delta delta = deltas.next();
        if (!opens) {
            turn = (turn + 1) % choices.size();
        }
        if (delta.tokens() > 0) {
            later(pace.gap(delta.tokens()));
        }
        if (delta.last()) {
            open--;
            if (open == 0) {
                later(pace.tail());
            }
        }
        return chunk(index, delta);
    }

    private String chunk(int index, ChatDeltas.Delta delta) {
        StringBuilder data = start().append("\"choices\":[{\"index\":").append(index);
        data.append(",\"delta\":{").append(delta.json()).append('}');
        if (logprobs || !delta.logprobs().equals("null")) {
            data.append(",\"logprobs\":").append(delta.logprobs());
        }
        data.append(",\"finish_reason\":");
        if (delta.last()) {
            data.append('"').append(finishes.get(index)).append('"');
        } else {
            data.append("null");
        }
        data.append("}]");
        if (usageTold) {
            data.append(",\"usage\":null");
        }
        return ended(data);
    }

    private String usageChunk() {
        StringBuilder data = start().append("\"choices\":[],\"usage\":");
        return ended(data.append(Json.compact(usage::write)));
    }

    private String moderationChunk(Json.Writer judgement) {
        StringBuilder data = start().append("\"choices\":[]");
        if (usageTold) {
            data.append(",\"usage\":null");
        }
        return ended(data.append(",\"moderation\":").append(Json.compact(judgement)));
    }

    private StringBuilder start() {
        StringBuilder data = new StringBuilder(head.length() + 192).append("data: ");
        return data.append(head, 0, head.length() - 1).append(',');
    }

    private String ended(StringBuilder data) {
        padding.ifPresent(draws -> {
            data.append(",\"obfuscation\":\"");
            int length = data.codePointCount("data: ".length(), data.length()) + "\"}".length();
            data.append(draws.alphanumeric(Math.floorMod(1 - length, PADDED_TO)))
                    .append('"');
        });
        return data.append("}\n\n").toString();
    }

    private enum End {
        USAGE,
        MODERATION,
        DONE,
        NOTHING
    }
}
