package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One answer of a legacy completion.
 *
 * @param text what is said, after the prompt if that is echoed
 * @param finish the {@code finish_reason}
 * @param offset where the text begins, counted from the beginning of the prompt
 * @param echoed true if the text begins with the prompt, whose first token nothing foretells
 * @param logprobs the probabilities of its tokens, if they are told
 */
public record LegacyChoice(Pieces text, String finish, int offset, boolean echoed, Optional<ChatLogprobs> logprobs) {
    /** Writes the {@code logprobs} of all pieces, or of one. */
    void logprobs(JsonGenerator json, int from, int to) throws IOException {
        if (logprobs.isEmpty()) {
            json.writeNull();
            return;
        }
        List<ChatLogprobs.Token> tokens = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        int at = offset;
        for (int piece = 0; piece < to; piece++) {
            for (ChatLogprobs.Token token : logprobs.get().pieces().get(piece)) {
                if (piece >= from) {
                    tokens.add(token);
                    offsets.add(at);
                }
            }
            String said = text.list().get(piece).text();
            at += said.codePointCount(0, said.length());
        }
        boolean unforetold = echoed && from == 0;
        json.writeStartObject();
        json.writeArrayFieldStart("tokens");
        for (ChatLogprobs.Token token : tokens) {
            json.writeString(token.text());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("token_logprobs");
        for (int i = 0; i < tokens.size(); i++) {
            if (unforetold && i == 0) {
                json.writeNull();
            } else {
                json.writeNumber(ChatLogprobs.number(tokens.get(i).logprob()));
            }
        }
        json.writeEndArray();
        top(json, tokens, unforetold);
        json.writeArrayFieldStart("text_offset");
        for (int one : offsets) {
            json.writeNumber(one);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void top(JsonGenerator json, List<ChatLogprobs.Token> tokens, boolean unforetold)
            throws IOException {
        json.writeFieldName("top_logprobs");
        if (tokens.stream().allMatch(token -> token.top().isEmpty())) {
            json.writeNull();
            return;
        }
        json.writeStartArray();
        for (int i = 0; i < tokens.size(); i++) {
            if (unforetold && i == 0) {
                json.writeNull();
                continue;
            }
            json.writeStartObject();
            for (ChatLogprobs.Token other : tokens.get(i).top()) {
                json.writeFieldName(other.text());
                json.writeNumber(ChatLogprobs.number(other.logprob()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
