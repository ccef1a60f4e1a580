package dev.gateway4j.okhttp.internal.cache.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.openai.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Answers that others recorded, of the endpoints that are cached. */
final class Recordings {
    static final Path DATA =
            Path.of(System.getProperty("gateway4j.shared", "../../shared")).resolve("data");

    /** An answer that was recorded. */
    record Recording(String name, String endpoint, int status, String type, String body) {
        Landed landed() {
            Landed landed = Bodies.landed(endpoint, type, body);
            return new Landed(
                    landed.endpoint(),
                    status,
                    landed.contentType(),
                    landed.contentEncoding(),
                    landed.requestId(),
                    landed.body(),
                    landed.pieces(),
                    landed.atNanos());
        }

        boolean isStream() {
            return type.startsWith("text/event-stream");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Recordings() {}

    /** Read once, and only where they are. */
    private static final class Holder {
        static final List<Recording> ALL = read();
    }

    static List<Recording> all() {
        return Holder.ALL;
    }

    private static List<Recording> read() {
        List<Recording> all = new ArrayList<>();
        files("wire-vectors", ".meta.json").forEach(meta -> all.add(vector(meta)));
        files("cassettes", ".yaml").forEach(cassette -> all.addAll(cassette(cassette)));
        return all.stream()
                .filter(recording -> Dialect.of(recording.endpoint()) != Dialect.OTHER)
                .toList();
    }

    private static List<Path> files(String folder, String ending) {
        try (Stream<Path> files = Files.walk(DATA.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording vector(Path meta) {
        JsonNode facts = Bodies.json(read(meta).getBytes(UTF_8));
        boolean stream = facts.path("kind").asText().equals("sse");
        JsonNode status = facts.at("/response/status");
        return new Recording(
                facts.path("name").asText(),
                endpoint(facts.at("/request/url").asText()),
                status.isMissingNode() ? 200 : status.asInt(),
                stream ? Bodies.EVENTS : Bodies.JSON,
                read(meta.resolveSibling(facts.path("body_file").asText())));
    }

    private static List<Recording> cassette(Path file) {
        List<Recording> recordings = new ArrayList<>();
        Object document =
                new Load(LoadSettings.builder().setCodePointLimit(64 << 20).build()).loadFromString(read(file));
        for (Object interaction : (List<?>) at(document, "interactions")) {
            recordings.add(new Recording(
                    DATA.relativize(file) + "#" + at(interaction, "id"),
                    endpoint(String.valueOf(at(interaction, "request", "url"))),
                    ((Number) at(interaction, "response", "code")).intValue(),
                    type((Map<?, ?>) at(interaction, "response", "headers")),
                    String.valueOf(at(interaction, "response", "body"))));
        }
        return recordings;
    }

    private static String type(Map<?, ?> headers) {
        return headers.entrySet().stream()
                .filter(header ->
                        String.valueOf(header.getKey()).toLowerCase(Locale.ROOT).equals("content-type"))
                .map(header -> String.valueOf(((List<?>) header.getValue()).get(0)))
                .findFirst()
                .orElse("");
    }

    private static Object at(Object node, String... names) {
        Object found = node;
        for (String name : names) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(name), name);
        }
        return found;
    }

    /** What the gateway would make of it if that host were an upstream of its. */
    private static String endpoint(String url) {
        String path = URI.create(url.replace(' ', '+')).getPath();
        int v1 = path.lastIndexOf("/v1/");
        if (v1 >= 0) {
            return path.substring(v1);
        }
        int chat = path.indexOf("/chat/completions");
        return chat >= 0 && !path.contains("deployments") ? "/v1" + path.substring(chat) : Endpoint.of(path);
    }
}
