package dev.gateway4j.cassette.internal.match;

import static dev.gateway4j.cassette.internal.match.Requests.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.internal.format.CassetteFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other people's recordings, asked for again. */
@Tag("recordings")
class RecordedVectorsTest {
    private static final Path RECORDINGS =
            Path.of(System.getProperty("gateway4j.shared", "../../shared"), "data", "cassettes");
    private static final MatchRules COMPATIBLE = MatchRules.compatible();
    private static final String MULTIPART = "multipart/form-data; boundary=other";

    private final Random random = new Random(5);

    static List<Cassette> envoy() {
        return cassettes("envoy");
    }

    private static List<Cassette> cassettes(String folder) {
        Path directory = RECORDINGS.resolve(folder);
        assumeTrue(
                Files.exists(directory), () -> directory + " is not here; -Dgateway4j.shared=FOLDER says where it is");
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> read(directory, file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cassette read(Path directory, Path file) {
        try {
            String name = directory.relativize(file).toString().replace(".yaml", "");
            return CassetteFormat.read(name, file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WireRequest again(RecordedRequest request, byte[] body) {
        URI uri = URI.create(request.url());
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        return again(request, uri.getRawPath() + (query.isEmpty() ? "" : "?" + query), body);
    }

    private static WireRequest again(RecordedRequest request, String target, byte[] body) {
        WireHeaders headers = request.headers().headers();
        return Requests.live(
                request.method(), target, headers.first("Content-Type").orElse(""), body);
    }

    private static Stream<RecordedRequest> requests(Cassette cassette) {
        return cassette.interactions().stream().map(Interaction::request);
    }

    private static Optional<JsonNode> json(RecordedRequest request) {
        byte[] body = request.body().bytes();
        return Canonical.of(body, BodyRules.NONE, Optional.empty()).map(spelling -> Trees.of(body, Optional.empty()));
    }

    private String shuffled(JsonNode value) {
        List<String> members = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> members.add(shuffled(item)));
            return "[" + String.join(",", members) + "]";
        }
        if (!value.isObject()) {
            return value.toString();
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String name = com.fasterxml.jackson.databind.node.TextNode.valueOf(member.getKey())
                    .toString();
            members.add(name + ":" + shuffled(member.getValue()));
        }
        Collections.shuffle(members, random);
        return "{" + String.join(",", members) + "}";
    }

    @ParameterizedTest
    @MethodSource("envoy")
    void minified_and_shuffled_it_finds_its_recording_and_no_other(Cassette cassette) {
        RecordedRequest request = requests(cassette).findFirst().orElseThrow();
        byte[] body = json(request)
                .map(tree -> Requests.bytes(shuffled(tree)))
                .orElse(request.body().bytes());
        WireRequest live = again(request, body);

        for (Cassette other : envoy()) {
            RecordedRequest recorded = requests(other).findFirst().orElseThrow();
            boolean same = other.name().equals(cassette.name());
            assertThat(found(COMPATIBLE, live, other.name(), recorded))
                    .as(other.name())
                    .isEqualTo(same);
            assertThat(found(Requests.STRICT, live, other.name(), recorded))
                    .as(other.name())
                    .isEqualTo(same);
        }
    }

    @ParameterizedTest
    @MethodSource("envoy")
    void one_more_member_is_one_difference(Cassette cassette) {
        RecordedRequest request = requests(cassette).findFirst().orElseThrow();
        Optional<ObjectNode> tree = json(request).map(ObjectNode.class::cast);
        tree.ifPresent(object -> object.put("unheard of", 1));
        WireRequest live = again(
                request,
                tree.map(object -> Requests.bytes(object.toString()))
                        .orElse(request.body().bytes()));

        assertThat(found(COMPATIBLE, live, cassette.name(), request)).isEqualTo(tree.isEmpty());
        Question asked = Requests.STRICT.question(live);
        Question recorded = Requests.STRICT.question(cassette.name(), request);
        assertThat(Requests.STRICT.differences(asked, recorded))
                .extracting(Difference::place)
                .isEqualTo(tree.isEmpty() ? List.of() : List.of("body /unheard of"));
    }

    @ParameterizedTest
    @MethodSource("envoy")
    void a_query_counts_unless_it_is_azures(Cassette cassette) {
        RecordedRequest request = requests(cassette).findFirst().orElseThrow();
        boolean azure = cassette.name().startsWith("azure-");
        String path = URI.create(request.url()).getRawPath();
        byte[] body = request.body().bytes();

        assertThat(found(COMPATIBLE, again(request, path + "?api-version=any", body), cassette.name(), request))
                .isEqualTo(azure);
        assertThat(found(Requests.STRICT, again(request, path + "?api-version=any", body), cassette.name(), request))
                .isTrue();
        assertThat(found(Requests.STRICT, again(request, path + "?more=1", body), cassette.name(), request))
                .isEqualTo(azure);
    }

    @ParameterizedTest
    @MethodSource("envoy")
    void any_form_finds_a_recording_whose_form_was_left_out(Cassette cassette) {
        RecordedRequest request = requests(cassette).findFirst().orElseThrow();
        boolean omitted = request.body().equals(RecordedBody.of(MultipartDigest.PLACEHOLDER));
        WireRequest live = Requests.live(
                "POST",
                URI.create(request.url()).getRawPath(),
                MULTIPART,
                Requests.bytes("--other\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--other--\r\n"));

        assertThat(found(COMPATIBLE, live, cassette.name(), request)).isEqualTo(omitted);
        assertThat(found(Requests.STRICT, live, cassette.name(), request)).isEqualTo(omitted);
    }

    @Test
    void every_other_recording_is_found_again_under_both_sets_of_rules() {
        List<Cassette> cassettes = cassettes("fantasy");

        assertThat(cassettes).isNotEmpty();
        for (Cassette cassette : cassettes) {
            requests(cassette).forEach(request -> {
                byte[] body = json(request)
                        .map(tree -> Requests.bytes(shuffled(tree)))
                        .orElse(request.body().bytes());
                assertThat(found(Requests.STRICT, again(request, body), cassette.name(), request))
                        .as(cassette.name())
                        .isTrue();
                assertThat(found(COMPATIBLE, again(request, request.body().bytes()), cassette.name(), request))
                        .as(cassette.name())
                        .isTrue();
            });
        }
    }
}
