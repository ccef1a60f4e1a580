package dev.gateway4j.simulator.internal.endpoint.moderation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.ModerationRequest;
import dev.gateway4j.simulator.internal.request.Turn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a chat completion tells of the harm in it, where the request has the member {@code moderation}. It never keeps an answer back. */
public final class InlineModeration {
    private static final String STANDARD = "omni-moderation-latest";

    private InlineModeration() {}

    /**
     * The judgement of what was asked and what is said; empty if none is asked for.
     *
     * @param ask what is asked
     * @param said the texts of the answer, each of which is judged
     */
    public static Optional<Json.Writer> of(Ask ask, List<String> said) {
        JsonNode asked = ask.body().path("moderation");
        if (!asked.isObject()) {
            return Optional.empty();
        }
        String model = asked.path("model").asText(STANDARD);
        List<Turn> turns = ask.conversation().turns();
        String texts = turns.stream().map(Turn::text).collect(Collectors.joining("\n"));
        boolean pictured = turns.stream().anyMatch(turn -> turn.images() > 0);
        ModerationRequest input =
                new ModerationRequest(model, List.of(new ModerationRequest.Input(texts, true, pictured)));
        ModerationRequest output = new ModerationRequest(
                model,
                said.stream()
                        .map(text -> new ModerationRequest.Input(text, true, false))
                        .toList());
        return Optional.of(json -> {
            json.writeStartObject();
            json.writeFieldName("input");
            ModerationBody.results(json, input);
            json.writeFieldName("output");
            ModerationBody.results(json, output);
            json.writeEndObject();
        });
    }
}
