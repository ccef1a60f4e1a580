package dev.gateway4j.cassette;

import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.spi.PriceBook;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Small recordings for tests of what keeps cassettes in order. */
final class Recordings {
    static final String URL = "https://api.openai.com/v1/chat/completions";

    private Recordings() {}

    static Fields json() {
        return new Fields(Map.of("Content-Type", List.of("application/json")));
    }

    static Fields events() {
        return new Fields(Map.of("Content-Type", List.of("text/event-stream; charset=utf-8")));
    }

    static RecordedRequest asking(String prompt) {
        String body = "{\"model\":\"gpt-blue\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}";
        return RecordedRequest.of("POST", URL, json(), RecordedBody.of(body));
    }

    static String chat(String content) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"gpt-blue-2\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":\"" + content + "\",\"refusal\":null},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":2,"
                + "\"total_tokens\":10}}";
    }

    static String chunk(String delta, String reason) {
        return "data: {\"object\":\"chat.completion.chunk\",\"model\":\"gpt-blue-2\",\"choices\":[{\"index\":0,\"delta\":"
                + delta + ",\"finish_reason\":" + reason + "}]}\n\n";
    }

    static String stream() {
        return chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null") + chunk("{\"content\":\"Hi\"}", "null")
                + chunk("{}", "\"stop\"") + "data: [DONE]\n\n";
    }

    static RecordedResponse answer(int code, Fields headers, String body) {
        return RecordedResponse.of(code, headers, RecordedBody.of(body), Duration.ofMillis(300));
    }

    static Interaction interaction(RecordedRequest request, RecordedResponse response) {
        return new Interaction(0, request, response, Extras.none());
    }

    static Interaction chatting(String prompt, String content) {
        return interaction(asking(prompt), answer(200, json(), chat(content)));
    }

    static Interaction streaming(String prompt, String body) {
        return interaction(asking(prompt), answer(200, events(), body));
    }

    static Cassette cassette(String name, Interaction... interactions) {
        Map<Integer, Interaction> placed = new TreeMap<>();
        for (Interaction interaction : interactions) {
            placed.put(placed.size(), interaction.at(placed.size()));
        }
        return Cassette.of(name, List.copyOf(placed.values()));
    }

    /** A millionth of a dollar for a token, whatever it is; other models have no price. */
    static PriceBook prices() {
        return (model, usage, at) -> model.startsWith("gpt-blue")
                ? new Cost.Known(new BigDecimal("0.000001").multiply(BigDecimal.valueOf(usage.totalTokens())))
                : new Cost.Unknown("no price for " + model);
    }
}
