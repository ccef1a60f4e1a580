package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.model.Model;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked for, whatever the endpoint: the whole input of a plan.
 *
 * @param endpoint the path it came by, such as {@code /v1/chat/completions}
 * @param model the model
 * @param conversation what was said so far
 * @param choices how many answers
 * @param limit the most tokens of one answer
 * @param stops texts before which an answer ends
 * @param tools the tools it may use
 * @param format the form its text must have
 * @param effort the reasoning effort asked for; empty for that of the model
 * @param body the request as it was sent
 */
public record Ask(
        String endpoint,
        Model model,
        Conversation conversation,
        int choices,
        OptionalInt limit,
        List<String> stops,
        Tools tools,
        Format format,
        Optional<String> effort,
        JsonNode body) {
    /** Copies the list. */
    public Ask {
        stops = List.copyOf(stops);
    }

    /**
     * What decides the words of an answer: the model, what was said, and the seed of the request. Limits, streaming and the endpoint do
     * not, so the same question is answered alike in every form.
     */
    public Fingerprint question() {
        StringBuilder said = new StringBuilder(body.path("seed").asText());
        for (Turn turn : conversation.turns()) {
            said.append('\0').append(turn.role()).append('\0').append(turn.text());
        }
        return Fingerprint.of(model.id(), said.toString());
    }
}
