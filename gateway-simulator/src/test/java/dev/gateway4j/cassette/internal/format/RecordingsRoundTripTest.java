package dev.gateway4j.cassette.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Other people's recordings, read, written and read again. */
@Tag("recordings")
class RecordingsRoundTripTest {
    private static final Path RECORDINGS =
            Path.of(System.getProperty("gateway4j.shared", "../../shared"), "data", "cassettes");

    static List<Path> recordings() {
        try (Stream<Path> files = Files.walk(RECORDINGS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            assumeTrue(false, "no recordings at " + RECORDINGS.toAbsolutePath());
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void nothing_is_lost_on_the_way_to_the_disk_and_back(Path file) throws IOException {
        Cassette once = read(file, Files.readAllBytes(file));

        byte[] written = CassetteFormat.write(once);

        Cassette twice = read(file, written);
        assertThat(twice).isEqualTo(once);
        assertThat(CassetteFormat.write(twice)).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void every_field_says_what_a_plain_yaml_reader_finds(Path file) throws IOException {
        String yaml = Files.readString(file);
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);

        Cassette cassette = read(file, yaml.getBytes(StandardCharsets.UTF_8));

        List<?> interactions = (List<?>) in(document, "interactions");
        assertThat(cassette.interactions()).hasSameSizeAs(interactions);
        for (Interaction interaction : cassette.interactions()) {
            Object expected = Objects.requireNonNull(interactions.get(interaction.id()));
            assertRequest(interaction.request(), in(expected, "request"));
            assertResponse(interaction.response(), in(expected, "response"));
        }
    }

    @Test
    void what_go_vcr_wrote_with_four_blanks_is_written_byte_for_byte_the_same() throws IOException {
        int compared = 0;
        for (Path file : recordings()) {
            String yaml = Files.readString(file);
            if (yaml.contains("\n    - id: 0\n")) {
                compared++;
                assertThat(new String(
                                CassetteFormat.write(read(file, Files.readAllBytes(file))), StandardCharsets.UTF_8))
                        .as(file.toString())
                        .isEqualTo(yaml);
            }
        }

        assertThat(compared).isGreaterThan(10);
    }

    private static Cassette read(Path file, byte[] yaml) {
        return CassetteFormat.read(file.getFileName().toString(), file.toString(), yaml);
    }

    private static void assertRequest(RecordedRequest request, Object expected) {
        assertThat(request.protocol().name()).isEqualTo(in(expected, "proto"));
        assertThat(request.protocol().major()).isEqualTo(in(expected, "proto_major"));
        assertThat(request.protocol().minor()).isEqualTo(in(expected, "proto_minor"));
        assertThat(request.contentLength()).isEqualTo(((Number) in(expected, "content_length")).longValue());
        assertThat(request.host()).isEqualTo(in(expected, "host"));
        assertThat(request.url()).isEqualTo(in(expected, "url"));
        assertThat(request.method()).isEqualTo(in(expected, "method"));
        assertThat(request.form().values()).isEqualTo(in(expected, "form", Map.of()));
        assertThat(request.headers().values()).isEqualTo(in(expected, "headers", Map.of()));
        assertThat(request.body().bytes()).isEqualTo(bytes(in(expected, "body", "")));
        assertThat(request.extras().members()).isEmpty();
    }

    private static void assertResponse(RecordedResponse response, Object expected) {
        assertThat(response.protocol().name()).isEqualTo(in(expected, "proto"));
        assertThat(response.protocol().major()).isEqualTo(in(expected, "proto_major"));
        assertThat(response.contentLength()).isEqualTo(((Number) in(expected, "content_length")).longValue());
        assertThat(response.uncompressed()).isEqualTo(in(expected, "uncompressed", false));
        assertThat(response.transferEncoding()).isEqualTo(in(expected, "transfer_encoding", List.of()));
        assertThat(response.headers().values()).isEqualTo(in(expected, "headers", Map.of()));
        assertThat(response.body().bytes()).isEqualTo(bytes(in(expected, "body", "")));
        assertThat(response.status()).isEqualTo(in(expected, "status"));
        assertThat(response.code()).isEqualTo(in(expected, "code"));
        assertThat(GoDuration.print(response.duration())).isEqualTo(in(expected, "duration"));
        assertThat(response.extras().members()).isEmpty();
    }

    private static Object in(Object map, String name) {
        return Objects.requireNonNull(((Map<?, ?>) map).get(name), name);
    }

    private static Object in(Object map, String name, Object otherwise) {
        return Objects.requireNonNullElse(((Map<?, ?>) map).get(name), otherwise);
    }

    private static byte[] bytes(Object body) {
        return body instanceof byte[] bytes ? bytes : body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
