package dev.gateway4j.cassette;

import static dev.gateway4j.cassette.Shelves.hear;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Shelves.Heard;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other people's cassettes, replayed. */
@Tag("recordings")
class RecordedCassettesTest {
    private static final Path CASSETTES =
            Path.of(System.getProperty("gateway4j.shared", "../../shared"), "data", "cassettes");
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeEach
    void recordings_are_there() {
        assumeTrue(Files.isDirectory(CASSETTES), "no recordings at " + CASSETTES.toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"envoy", "fantasy"})
    void all_replay_to_the_byte_named_and_unnamed_minified_and_shuffled(String folder) {
        for (boolean compatible : new boolean[] {false, true}) {
            CassettePlayer player = player(folder, compatible);
            all(folder).forEach(recording -> {
                WireRequest asked = recording.asked();
                for (WireRequest variant : variants(asked)) {
                    assertPlays(recording, player, Shelves.naming(recording.cassette(), variant));
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"envoy", "fantasy"})
    void a_search_finds_a_recording_of_the_same_request(String folder) {
        CassettePlayer player = player(folder, false);
        Map<String, List<byte[]>> answers = new TreeMap<>();
        all(folder).forEach(recording -> answers.computeIfAbsent(identity(recording), key -> new ArrayList<>())
                .add(recording.interaction().response().body().bytes()));

        all(folder).forEach(recording -> {
            for (WireRequest variant : variants(recording.asked())) {
                Heard heard = hear(player.answer(variant));

                assertThat(heard.status())
                        .as(recording.cassette() + heard.refusal())
                        .isLessThan(500);
                assertThat(answers.get(identity(recording)))
                        .as(recording.cassette())
                        .anySatisfy(body -> assertThat(heard.bytes()).isEqualTo(body));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"envoy", "fantasy"})
    void a_queue_plays_every_recording_of_a_cassette(String folder) {
        Cassettes cassettes = Cassettes.at(CASSETTES.resolve(folder));
        CassettePlayer player = player(folder, false);

        all(folder).forEach(recording -> player.answer(Shelves.naming(recording.cassette(), recording.asked())));

        assertThat(player.played().keySet()).isEqualTo(cassettes.names());
    }

    @Test
    void streams_come_event_by_event() {
        assertThat(events("chat-streaming")).isEqualTo(51);
        assertThat(events("chat-streaming-detailed-usage")).isEqualTo(4);
        assertThat(events("completion-streaming")).isEqualTo(26);
    }

    @Test
    void one_more_member_is_a_conflict_with_the_name_and_not_found_without_it() {
        CassettePlayer ours = player("envoy", false);
        CassettePlayer theirs = player("envoy", true);
        all("envoy").filter(Recording::isJson).forEach(recording -> {
            WireRequest more = with(recording.asked(), changed(recording.asked().body()));
            WireRequest named = Shelves.naming(recording.cassette(), more);

            assertThat(hear(ours.answer(named)).status()).isEqualTo(409);
            assertThat(hear(ours.answer(more)).status()).isEqualTo(404);
            assertThat(hear(theirs.answer(named)).status()).isEqualTo(409);
            assertThat(hear(theirs.answer(more)).status()).isEqualTo(500);
        });
    }

    @Test
    void the_version_of_azures_api_does_not_count_and_any_other_query_does() {
        CassettePlayer theirs = player("envoy", true);
        CassettePlayer ours = player("envoy", false);
        all("envoy").filter(Recording::isJson).forEach(recording -> {
            boolean azure = recording.cassette().startsWith("azure-");
            WireRequest version = withQuery(recording.asked(), "api-version=2099-01-01");
            WireRequest other = withQuery(recording.asked(), "other=1");

            int expected = azure ? recording.interaction().response().code() : 409;
            assertThat(hear(theirs.answer(Shelves.naming(recording.cassette(), version)))
                            .status())
                    .isEqualTo(expected);
            assertThat(hear(ours.answer(Shelves.naming(recording.cassette(), version)))
                            .status())
                    .isEqualTo(recording.interaction().response().code());
            if (!azure) {
                assertThat(hear(ours.answer(Shelves.naming(recording.cassette(), other)))
                                .status())
                        .isEqualTo(409);
            }
        });
    }

    @Test
    void any_form_to_its_path_gets_the_recorded_transcription() {
        Recording recording = all("envoy")
                .filter(each -> each.cassette().equals("audio-transcription-basic"))
                .findFirst()
                .orElseThrow();
        WireHeaders form = WireHeaders.of("Content-Type", "multipart/form-data; boundary=x");
        WireRequest asked =
                Shelves.post("/v1/audio/transcriptions", "", form, "--x--".getBytes(StandardCharsets.UTF_8));

        assertThat(hear(player("envoy", true).answer(asked)).bytes())
                .isEqualTo(recording.interaction().response().body().bytes());
    }

    private static void assertPlays(Recording recording, CassettePlayer player, WireRequest request) {
        Heard heard = hear(player.answer(request));
        RecordedResponse first = first(recording).response();

        assertThat(heard.status())
                .as(recording.cassette() + ": " + heard.refusal())
                .isEqualTo(first.code());
        assertThat(heard.bytes())
                .as(recording.cassette())
                .isEqualTo(first.body().bytes());
        assertThat(heard.chunks()).allSatisfy(chunk -> assertThat(chunk).isNotEmpty());
        first.headers().first("Content-Length").ifPresent(any -> assertThat(
                        heard.headers().first("Content-Length"))
                .contains(Integer.toString(first.body().length())));
    }

    /** Of recordings of the same request the first answers. */
    private static Interaction first(Recording recording) {
        return all(recording.folder(), recording.cassette())
                .filter(other -> identity(other).equals(identity(recording)))
                .findFirst()
                .map(Recording::interaction)
                .orElseThrow();
    }

    private static String identity(Recording recording) {
        RecordedRequest request = recording.interaction().request();
        String body = recording.isJson()
                ? sorted(tree(request.body().bytes())).toString()
                : request.headers().first("Content-Type").orElse("").startsWith("multipart/")
                        ? ""
                        : new String(request.body().bytes(), StandardCharsets.ISO_8859_1);
        URI url = URI.create(request.url());
        return request.method() + " " + url.getRawPath() + " " + url.getRawQuery() + " " + body;
    }

    private static List<WireRequest> variants(WireRequest request) {
        if (!request.headers().first("Content-Type").orElse("").contains("json")) {
            return List.of(request);
        }
        JsonNode tree = tree(request.body());
        return List.of(
                request,
                with(request, bytes(tree)),
                with(request, bytes(reversed(tree))),
                with(request, tree.toPrettyString().getBytes(StandardCharsets.UTF_8)));
    }

    private int events(String cassette) {
        Recording recording = all("envoy", cassette).findFirst().orElseThrow();
        return hear(player("envoy", false).answer(Shelves.naming(cassette, recording.asked())))
                .chunks()
                .size();
    }

    private static CassettePlayer player(String folder, boolean compatible) {
        CassettePlayer.Builder builder = CassettePlayer.builder().directory(CASSETTES.resolve(folder));
        return (compatible ? builder.compatible("/cassettes") : builder).build();
    }

    private static Stream<Recording> all(String folder) {
        return Cassettes.at(CASSETTES.resolve(folder)).names().stream().flatMap(name -> all(folder, name));
    }

    private static final Map<String, List<Recording>> LOADED = Collections.synchronizedMap(new TreeMap<>());

    private static Stream<Recording> all(String folder, String cassette) {
        return LOADED
                .computeIfAbsent(
                        folder + "/" + cassette,
                        any -> Cassettes.at(CASSETTES.resolve(folder)).load(cassette).interactions().stream()
                                .map(interaction -> new Recording(folder, cassette, interaction))
                                .toList())
                .stream();
    }

    private static WireRequest with(WireRequest request, byte[] body) {
        return copy(request, request.query(), body);
    }

    private static WireRequest withQuery(WireRequest request, String query) {
        return copy(request, query, request.body());
    }

    private static WireRequest copy(WireRequest request, String query, byte[] body) {
        return new WireRequest(
                request.callId(),
                request.attempt(),
                request.method(),
                request.scheme(),
                request.authority(),
                request.path(),
                query,
                request.endpoint(),
                request.headers(),
                request.tags(),
                body,
                request.arrivedNanos());
    }

    private static byte[] changed(byte[] body) {
        ObjectNode tree = (ObjectNode) tree(body);
        tree.put("gateway4j_extra", true);
        return bytes(tree);
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] bytes(JsonNode tree) {
        return tree.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode reversed(JsonNode node) {
        return ordered(node, true);
    }

    private static JsonNode sorted(JsonNode node) {
        return ordered(node, false);
    }

    /** The same document with the members of all objects in another order. */
    private static JsonNode ordered(JsonNode node, boolean backwards) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.createArrayNode();
            array.forEach(item -> copy.add(ordered(item, backwards)));
            return copy;
        }
        if (!(node instanceof ObjectNode)) {
            return node;
        }
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        Collections.sort(names);
        if (backwards) {
            Collections.reverse(names);
        }
        ObjectNode copy = JSON.createObjectNode();
        names.forEach(name -> copy.set(name, ordered(node.get(name), backwards)));
        return copy;
    }

    private record Recording(String folder, String cassette, Interaction interaction) {
        boolean isJson() {
            return interaction
                    .request()
                    .headers()
                    .first("Content-Type")
                    .orElse("")
                    .contains("json");
        }

        WireRequest asked() {
            RecordedRequest request = interaction.request();
            URI url = URI.create(request.url());
            return new WireRequest(
                    "call",
                    1,
                    request.method().toUpperCase(Locale.ROOT),
                    "https",
                    url.getAuthority(),
                    url.getRawPath(),
                    url.getRawQuery() == null ? "" : url.getRawQuery(),
                    Endpoint.of(url.getRawPath()),
                    request.headers().headers(),
                    CallTags.none(),
                    request.body().bytes(),
                    0);
        }
    }
}
