package dev.gateway4j.cassette;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRefusal;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.internal.format.CassetteFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cassettes for tests, requests to them, and what comes back. */
public final class Shelves {
    private static final String CHAT = "https://api.openai.com/v1/chat/completions";
    private static final Fields JSON = new Fields(Map.of("Content-Type", List.of("application/json")));

    private Shelves() {}

    /** A chat that says something and is answered. */
    public static Interaction chat(String said, String answered) {
        return exchange(RecordedRequest.of("POST", CHAT, JSON, RecordedBody.of(body(said))), reply(answered));
    }

    /** The body of a chat. */
    public static String body(String said) {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + said + "\"}]}";
    }

    /** A response of JSON. */
    public static RecordedResponse reply(String body) {
        return RecordedResponse.of(200, JSON, RecordedBody.of(body), Duration.ofMillis(300));
    }

    /** A response of server-sent events. */
    public static RecordedResponse stream(String body) {
        Fields headers = new Fields(Map.of("Content-Type", List.of("text/event-stream; charset=utf-8")));
        return RecordedResponse.of(200, headers, RecordedBody.of(body), Duration.ofMillis(300));
    }

    /** An interaction of these two. */
    public static Interaction exchange(RecordedRequest request, RecordedResponse response) {
        return new Interaction(0, request, response, Extras.none());
    }

    /** Writes a cassette where a library finds it. */
    public static Path put(Path directory, String name, Interaction... interactions) {
        List<Interaction> placed = new ArrayList<>();
        for (Interaction interaction : interactions) {
            placed.add(interaction.at(placed.size()));
        }
        return put(directory, name, CassetteFormat.write(Cassette.of(name, placed)));
    }

    /** Writes any bytes where a library finds them. */
    public static Path put(Path directory, String name, byte[] yaml) {
        Path file = directory.resolve(name + ".yaml");
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A chat as it would come in. */
    public static WireRequest ask(String said) {
        return post("/v1/chat/completions", body(said));
    }

    /** JSON to any path. */
    public static WireRequest post(String path, String json) {
        return post(
                path, "", WireHeaders.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
    }

    /** Anything. */
    public static WireRequest post(String path, String query, WireHeaders headers, byte[] body) {
        return new WireRequest(
                "call",
                1,
                "POST",
                "https",
                "api.openai.com",
                path,
                query,
                Endpoint.of(path),
                headers,
                CallTags.none(),
                body,
                0);
    }

    /** The same, asking for a cassette by its name. */
    public static WireRequest naming(String cassette, WireRequest request) {
        return new WireRequest(
                request.callId(),
                request.attempt(),
                request.method(),
                request.scheme(),
                request.authority(),
                request.path(),
                request.query(),
                request.endpoint(),
                request.headers(),
                request.tags().withCassette(cassette),
                request.body(),
                request.arrivedNanos());
    }

    /** What a player answered, heard to its end. */
    public static Heard hear(WireAnswer answer) {
        if (answer instanceof WireRefusal refusal) {
            return new Heard(
                    refusal.refusal().reason().status(),
                    WireHeaders.empty(),
                    refusal.dueNanos(),
                    List.of(),
                    List.of(),
                    new Frame.End(0, WireHeaders.empty()),
                    refusal.refusal().message());
        }
        WireReply reply = (WireReply) answer;
        List<byte[]> chunks = new ArrayList<>();
        List<Long> dues = new ArrayList<>();
        Frame frame = reply.frames().next();
        while (frame instanceof Frame.Chunk chunk) {
            chunks.add(chunk.bytes());
            dues.add(chunk.dueNanos());
            frame = reply.frames().next();
        }
        reply.frames().close();
        return new Heard(reply.status(), reply.headers(), reply.dueNanos(), chunks, dues, frame, "");
    }

    /**
     * An answer.
     *
     * @param status of the reply or the refusal
     * @param headers of the reply
     * @param headDue when they are due
     * @param chunks of the body
     * @param dues when they are due
     * @param last the end or the fault
     * @param refusal what it says, if it is one
     */
    public record Heard(
            int status,
            WireHeaders headers,
            long headDue,
            List<byte[]> chunks,
            List<Long> dues,
            Frame last,
            String refusal) {
        /** The chunks put together. */
        public byte[] bytes() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            chunks.forEach(all::writeBytes);
            return all.toByteArray();
        }

        /** The body as text. */
        public String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }
    }
}
