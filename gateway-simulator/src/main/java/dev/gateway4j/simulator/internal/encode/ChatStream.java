package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.tokens.Piece;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion as chunks: the role, about a token each, the finish, the usage if it was asked for, {@code [DONE]}. Several choices
 * take turns. Used by one thread at a time.
 */
public final class ChatStream extends Events {
    private static final int PADDED_TO = 16;
    private static final JsonStringEncoder QUOTE = JsonStringEncoder.getInstance();

    private final Plan plan;
    private final boolean usage;
    private final Optional<Draws> padding;
    private final boolean logprobs;
    private final boolean cacheWrite;
    private final String head;
    private final int[] sent;
    private int turn;
    private int open;
    private End end = End.USAGE;

    /**
     * A stream.
     *
     * @param head what all chunks have in common
     * @param plan what is said
     * @param usage true if the stream tells its usage
     * @param padding draws for padding; none if chunks are not padded
     * @param arrivedNanos when the request arrived
     */
    public ChatStream(ChatHead head, Plan plan, boolean usage, Optional<Draws> padding, long arrivedNanos) {
        super(arrivedNanos + plan.pace().first());
        this.plan = plan;
        this.usage = usage;
        this.padding = padding;
        this.logprobs = head.model().family().logprobsShown();
        this.cacheWrite = head.model().family().cacheWriteShown();
        this.head = Json.compact(json -> {
            json.writeStartObject();
            json.writeStringField("id", head.id());
            json.writeStringField("object", "chat.completion.chunk");
            json.writeNumberField("created", head.created());
            json.writeStringField("model", head.model().answersAs());
            json.writeStringField("service_tier", head.tier());
            Json.member(json, "system_fingerprint", head.fingerprint());
            json.writeEndObject();
        });
        this.sent = new int[plan.choices().size()];
        this.open = plan.choices().size();
    }

    @Override
    @Nullable
    String event() {
        if (open > 0) {
            return choiceChunk();
        }
        if (end == End.USAGE) {
            end = End.DONE;
            if (usage) {
                return usageChunk();
            }
        }
        if (end == End.DONE) {
            end = End.NOTHING;
            return "data: [DONE]\n\n";
        }
        return null;
    }

    /** Chunk 0 of a choice is its role, chunks 1 to n its pieces, chunk n + 1 its finish. */
    private String choiceChunk() {
        while (sent[turn] > plan.choices().get(turn).text().list().size() + 1) {
            turn = (turn + 1) % sent.length;
        }
        int index = turn;
        int step = sent[index]++;
        turn = (turn + 1) % sent.length;
        Choice choice = plan.choices().get(index);
        if (step == 0) {
            return chunk(index, "\"role\":\"assistant\",\"content\":\"\",\"refusal\":null", "null");
        }
        if (step <= choice.text().list().size()) {
            return piece(index, choice.text().list().get(step - 1));
        }
        open--;
        if (open == 0) {
            later(plan.pace().tail());
        }
        return chunk(index, "", "\"" + choice.finish().id() + "\"");
    }

    private String piece(int index, Piece piece) {
        later(plan.pace().gap(piece.tokens()));
        StringBuilder delta = new StringBuilder(piece.text().length() + 16).append("\"content\":\"");
        QUOTE.quoteAsString(piece.text(), delta);
        return chunk(index, delta.append('"').toString(), "null");
    }

    private String chunk(int index, String delta, String finish) {
        StringBuilder data = start().append("\"choices\":[{\"index\":").append(index);
        data.append(",\"delta\":{").append(delta).append('}');
        if (logprobs) {
            data.append(",\"logprobs\":null");
        }
        data.append(",\"finish_reason\":").append(finish).append("}]");
        if (usage) {
            data.append(",\"usage\":null");
        }
        return ended(data);
    }

    private String usageChunk() {
        StringBuilder data = start().append("\"choices\":[],\"usage\":");
        data.append(Json.compact(json -> ChatBody.usage(json, plan.usage(), cacheWrite)));
        return ended(data);
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
        DONE,
        NOTHING
    }
}
