package dev.gateway4j.benchmarks;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The cassettes that are measured. None is a recording; all are made here, so that none has to be fetched. */
public final class CassetteSamples {
    /** The URL of every chat. */
    public static final String URL = "https://api.openai.com/v1/chat/completions";

    private static final String WORDS =
            "Each lamp on the stair is lit before the storm, and every ship is told by name. ";
    private static final String JSON = "application/json";

    private CassetteSamples() {}

    /** A cassette of so many chats, 1.5 KB up and 1.2 KB down; their requests differ in one word. */
    public static Cassette chats(String name, int from, int to) {
        List<Interaction> chats = new ArrayList<>();
        for (int i = from; i < to; i++) {
            chats.add(interaction(i - from, URL, request(i), JSON, answer(i)));
        }
        return Cassette.of(name, chats);
    }

    /** The body of the n-th chat's request. */
    public static String request(int number) {
        return text(Samples.request(false)).replace("You answer briefly.", "You answer briefly, " + number + ".");
    }

    /** The body of the n-th chat's answer. */
    public static String answer(int number) {
        return text(Samples.answer()).replace("chatcmpl-B9MHDbslfk", "chatcmpl-" + (1_000_000_000 + number));
    }

    /** 43 cassettes in the sizes of those of Envoy's test server, 300 KB together: embeddings, streams, and mostly plain answers. */
    static List<Cassette> likeEnvoys() {
        List<Cassette> cassettes = new ArrayList<>();
        for (int kilobytes : new int[] {42, 35, 10, 10, 10}) {
            cassettes.add(cassette("embeddings-" + cassettes.size(), JSON, embeddings(kilobytes << 10)));
        }
        for (int kilobytes : new int[] {17, 8, 8, 6, 4, 4}) {
            cassettes.add(cassette("stream-" + cassettes.size(), "text/event-stream", stream(kilobytes << 10)));
        }
        while (cassettes.size() < 43) {
            cassettes.add(cassette("chat-" + cassettes.size(), JSON, chat(1_000 + 100 * (cassettes.size() % 30))));
        }
        return List.copyOf(cassettes);
    }

    /** Saves them to a new directory, which {@link #delete} removes. */
    public static Path saved(List<Cassette> cassettes) throws IOException {
        Path directory = Files.createTempDirectory("gateway4j-cassettes");
        cassettes.forEach(Cassettes.at(directory)::save);
        return directory;
    }

    /** Removes a directory and what it holds. */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Cassette cassette(String name, String type, String answer) {
        String url = "https://api.openai.com/v1/" + (name.startsWith("embeddings") ? "embeddings" : "chat/completions");
        String asked = "{\n  \"messages\": [\n    {\n      \"content\": \"Hello from " + name
                + "\",\n      \"role\": \"user\"\n" + "    }\n  ],\n  \"model\": \"gpt-4o-mini\"\n}";
        return Cassette.of(name, List.of(interaction(0, url, asked, type, answer)));
    }

    private static Interaction interaction(int id, String url, String asked, String type, String answered) {
        RecordedRequest request =
                RecordedRequest.of("POST", url, fields(Map.of("Content-Type", JSON)), RecordedBody.of(asked));
        Fields headers = fields(Map.of(
                "Content-Type",
                type,
                "Date",
                "Sat, 21 Nov 2026 08:00:00 GMT",
                "Openai-Version",
                "2020-10-01",
                "X-Request-Id",
                "req_" + id));
        RecordedResponse response =
                RecordedResponse.of(200, headers, RecordedBody.of(answered), Duration.ofMillis(412));
        return new Interaction(id, request, response, Extras.none());
    }

    private static Fields fields(Map<String, String> values) {
        Fields fields = Fields.none();
        for (Map.Entry<String, String> value : values.entrySet()) {
            fields = fields.with(value.getKey(), value.getValue());
        }
        return fields;
    }

    private static String embeddings(int bytes) {
        StringBuilder body = new StringBuilder(
                "{\n  \"object\": \"list\",\n  \"data\": [\n    {\n      \"object\": \"embedding\",\n      \"index\": 0,\n"
                        + "      \"embedding\": [");
        for (int i = 0; body.length() < bytes; i++) {
            body.append(i == 0 ? "\n" : ",\n").append("        -0.0").append(10_000_000 + i * 7_919 % 89_999_999);
        }
        return body.append("\n      ]\n    }\n  ],\n  \"model\": \"text-embedding-3-small\"\n}\n")
                .toString();
    }

    private static String stream(int bytes) {
        StringBuilder body = new StringBuilder();
        while (body.length() < bytes) {
            for (byte[] event : Samples.events().subList(1, 6)) {
                body.append(text(event));
            }
        }
        return body.append("data: [DONE]\n\n").toString();
    }

    private static String chat(int bytes) {
        return "{\n  \"choices\": [\n    {\n      \"finish_reason\": \"stop\",\n      \"index\": 0,\n      \"message\": {\n"
                + "        \"content\": \"" + WORDS.repeat(1 + bytes / WORDS.length())
                + "\",\n        \"role\": \"assistant\"\n"
                + "      }\n    }\n  ],\n  \"object\": \"chat.completion\"\n}\n";
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
