package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.plan.Usage;
import dev.gateway4j.simulator.internal.timing.Pace;
import dev.gateway4j.simulator.internal.tokens.Piece;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A legacy completion as chunks of about a token each. The last token of an answer that reached its limit says so; any other answer ends with
 * a chunk without text. Several choices take turns. Used by one thread at a time.
 */
public final class CompletionStream extends Events {
    private static final Piece NOTHING = new Piece("", 0);

    private final CompletionHead head;
    private final List<LegacyChoice> choices;
    private final Optional<Usage> usage;
    private final Pace pace;
    private final int[] sent;
    private int open;
    private int turn;
    private boolean usageDue;
    private boolean doneDue = true;

    /**
     * A stream.
     *
     * @param head what all chunks have in common
     * @param choices what is said
     * @param usage the usage, if the stream tells it
     * @param pace when chunks arrive
     * @param arrivedNanos when the request arrived
     */
    public CompletionStream(
            CompletionHead head, List<LegacyChoice> choices, Optional<Usage> usage, Pace pace, long arrivedNanos) {
        super(
                arrivedNanos + pace.first(),
                arrivedNanos + pace.whole(usage.map(Usage::output).orElse(0L)));
        this.head = head;
        this.choices = List.copyOf(choices);
        this.usage = usage;
        this.pace = pace;
        this.sent = new int[choices.size()];
        this.open = choices.size();
        this.usageDue = usage.isPresent();
    }

    @Override
    @Nullable
    String event() {
        if (open > 0) {
            return choiceChunk();
        }
        if (usageDue) {
            usageDue = false;
            return chunk(-1, NOTHING, false);
        }
        if (doneDue) {
            doneDue = false;
            return "data: [DONE]\n\n";
        }
        return null;
    }

    private String choiceChunk() {
        while (sent[turn] >= chunks(choices.get(turn))) {
            turn = (turn + 1) % sent.length;
        }
        int index = turn;
        turn = (turn + 1) % sent.length;
        LegacyChoice choice = choices.get(index);
        int step = sent[index];
        Piece piece = step < choice.text().list().size() ? choice.text().list().get(step) : NOTHING;
        boolean last = step + 1 == chunks(choice);
        later(pace.gap(piece.tokens()));
        String chunk = chunk(index, piece, last);
        sent[index]++;
        if (last) {
            open--;
            if (open == 0) {
                later(pace.tail());
            }
        }
        return chunk;
    }

    private static int chunks(LegacyChoice choice) {
        int pieces = choice.text().list().size();
        return choice.finish().equals("length") ? Math.max(1, pieces) : pieces + 1;
    }

    /** A chunk of a choice; of none, to tell the usage, if the index is negative. */
    private String chunk(int index, Piece piece, boolean last) {
        return "data: "
                + Json.compact(json -> {
                    json.writeStartObject();
                    json.writeStringField("id", head.id());
                    json.writeStringField("object", "text_completion");
                    json.writeNumberField("created", head.created());
                    json.writeArrayFieldStart("choices");
                    if (index >= 0) {
                        LegacyChoice choice = choices.get(index);
                        int step = sent[index];
                        json.writeStartObject();
                        json.writeStringField("text", piece.text());
                        json.writeNumberField("index", index);
                        json.writeFieldName("logprobs");
                        if (step < choice.text().list().size()) {
                            choice.logprobs(json, step, step + 1);
                        } else {
                            json.writeNull();
                        }
                        Json.member(json, "finish_reason", last ? Optional.of(choice.finish()) : Optional.empty());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeStringField("model", head.model());
                    if (usage.isPresent()) {
                        json.writeFieldName("usage");
                        if (index < 0) {
                            CompletionBody.usage(json, usage.get());
                        } else {
                            json.writeNull();
                        }
                    }
                    json.writeEndObject();
                })
                + "\n\n";
    }
}
