package dev.gateway4j.testkit;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Cassettes made up for tests. */
public final class Recordings {
    /** A question. */
    public static final String HELLO = chat("Hello");

    /** Its answer. */
    public static final String HI =
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"gpt-4o-mini\",\"choices\":"
                    + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi!\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}";

    /** Its answer as a stream. */
    public static final String STREAM =
            "data: {\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o-mini\",\"choices\":"
                    + "[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n"
                    + "data: {\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o-mini\",\"choices\":"
                    + "[{\"index\":0,\"delta\":{\"content\":\"!\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private Recordings() {}

    /** The body of a chat. */
    public static String chat(String text) {
        return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    /** An exchange with the real address of chats. */
    public static Interaction exchange(String question, String answer) {
        return exchange("POST", "https://api.openai.com/v1/chat/completions", question, "application/json", answer);
    }

    /** Any exchange. */
    public static Interaction exchange(String method, String url, String question, String type, String answer) {
        return new Interaction(
                0,
                RecordedRequest.of(
                        method,
                        url,
                        Fields.of(WireHeaders.of("content-type", "application/json")),
                        RecordedBody.of(question)),
                RecordedResponse.of(
                        200,
                        Fields.of(WireHeaders.of("content-type", type)),
                        RecordedBody.of(answer),
                        Duration.ofMillis(250)),
                Extras.none());
    }

    /** Saves a cassette of these. */
    public static void save(Path directory, String name, Interaction... exchanges) {
        List<Interaction> numbered = new ArrayList<>();
        for (Interaction exchange : exchanges) {
            numbered.add(exchange.at(numbered.size()));
        }
        Cassettes.at(directory).save(Cassette.of(name, numbered));
    }
}
