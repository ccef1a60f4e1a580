package dev.gateway4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.cassette.CassettePlayer;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.Interaction;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recordings of Envoy AI Gateway, served as its test server serves them, to a plain HTTP client. */
@Tag("recordings")
class EnvoyCassettesTest {
    private static final Path RECORDINGS =
            Path.of(System.getProperty("gateway4j.shared", "../../shared")).resolve("data/cassettes/envoy");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void every_recording_is_served_byte_by_byte_named_and_unnamed() throws Exception {
        assumeTrue(Files.isDirectory(RECORDINGS), () -> "no recordings in " + RECORDINGS.toAbsolutePath());
        Cassettes cassettes = Cassettes.at(RECORDINGS);
        assertThat(cassettes.names()).hasSizeGreaterThan(20);

        try (CassettePlayer player = CassettePlayer.builder()
                        .directory(RECORDINGS)
                        .compatible(RECORDINGS.toString())
                        .build();
                GatewayServer server =
                        GatewayServer.builder(player).time(TimeSource.system()).start()) {
            for (String name : cassettes.names()) {
                Interaction recorded = cassettes.load(name).interactions().get(0);
                for (String header : new String[] {name, ""}) {
                    HttpResponse<byte[]> served = ask(server, recorded, header);

                    assertThat(served.statusCode())
                            .as(name)
                            .isEqualTo(recorded.response().code());
                    assertThat(served.body())
                            .as(name)
                            .isEqualTo(recorded.response().body().bytes());
                    assertThat(served.headers().firstValue("x-request-id"))
                            .as(name)
                            .isEqualTo(recorded.response().headers().first("x-request-id"));
                }
                assertThat(ask(server, recorded, "no-such-cassette").statusCode())
                        .isEqualTo(500);
            }
        }
    }

    private HttpResponse<byte[]> ask(GatewayServer server, Interaction recorded, String name) throws Exception {
        URI url = URI.create(recorded.request().url());
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + url.getRawPath()))
                .header(
                        "Content-Type",
                        recorded.request().headers().first("content-type").orElseThrow())
                .method(
                        recorded.request().method(),
                        BodyPublishers.ofByteArray(recorded.request().body().bytes()));
        if (!name.isEmpty()) {
            request.header("X-Cassette-Name", name);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }
}
