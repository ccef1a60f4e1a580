package dev.gateway4j.cassette.internal.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedBodyTest {
    private static final byte[] SECRET = "{\"a\":\"sk-proj-canary0000canary\"}".getBytes(StandardCharsets.UTF_8);

    private final Scrubber scrubber = Scrubber.of(CassetteConfig.Scrub.CREDENTIALS);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deflate_is_looked_into_and_packed_again(boolean raw) throws IOException {
        Interaction interaction = answering("deflate", deflated(SECRET, raw));

        assertThat(LeakGuard.find(interaction))
                .contains("interaction 3, response body, inflated at byte 6: looks like an OpenAI key");
        Interaction clean = scrubber.scrub(interaction);
        assertThat(LeakGuard.find(clean)).isEmpty();
        assertThat(clean.response().body().bytes())
                .isEqualTo(deflated("{\"a\":\"scrubbed\"}".getBytes(StandardCharsets.UTF_8), raw));
        assertThat(scrubber.scrub(clean)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress", "gzip, br", "BR", "gzip,gzip"})
    void what_nobody_here_can_unpack_is_refused_with_the_way_out(String coding) {
        byte[] body = {0x1b, 0x10, 0, (byte) 0xf8, 1};

        assertThat(LeakGuard.find(answering(coding, body)).orElseThrow())
                .startsWith("interaction 3, response body: is compressed (")
                .contains("send no Accept-Encoding");
        assertThat(LeakGuard.find(asking(coding, body)).orElseThrow()).startsWith("interaction 3, request body: is");
        assertThat(LeakGuard.find(answering(coding, new byte[0]))).isEmpty();
    }

    @Test
    void gzip_that_cannot_be_opened_is_refused() {
        byte[] whole = Zips.zipped(SECRET);
        byte[] trailer = whole.clone();
        trailer[trailer.length - 6] ^= 1;
        byte[] bomb = Zips.zipped(new byte[(64 << 20) + 1]);

        for (byte[] body : new byte[][] {trailer, Arrays.copyOf(whole, whole.length - 9), bomb}) {
            assertThat(LeakGuard.find(scrubber.scrub(answering("gzip", body))).orElseThrow())
                    .startsWith("interaction 3, response body: is gzip that is broken");
            assertThat(LeakGuard.find(Exchanges.answering(RecordedBody.of(body))))
                    .isPresent();
        }
    }

    @Test
    void plain_bodies_may_say_so() {
        assertThat(LeakGuard.find(answering("identity", new byte[] {1, (byte) 0xff})))
                .isEmpty();
        assertThat(LeakGuard.find(answering("gzip", "{}".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @Test
    void chunks_follow_a_body_that_was_packed_again() {
        byte[] body = Zips.zipped(SECRET);
        RecordedResponse response = answering("gzip", body)
                .response()
                .with(Extras.none().with(RecordedResponse.CHUNKS, "10+7 20+" + (body.length - 7)));

        RecordedResponse clean = scrubber.scrub(
                        Exchanges.of(asking("identity", SECRET).request(), response))
                .response();

        assertThat(clean.extras().text(RecordedResponse.CHUNKS))
                .contains("10+7 20+" + (clean.body().length() - 7));
    }

    private static Interaction answering(String coding, byte[] body) {
        RecordedResponse response = RecordedResponse.of(
                200, Exchanges.fields("Content-Encoding", coding), RecordedBody.of(body), Duration.ZERO);
        return Exchanges.of(RecordedRequest.of("POST", Exchanges.URL, Exchanges.json(), Exchanges.ASKED), response);
    }

    private static Interaction asking(String coding, byte[] body) {
        return Exchanges.of(
                RecordedRequest.of(
                        "POST", Exchanges.URL, Exchanges.fields("Content-Encoding", coding), RecordedBody.of(body)),
                Exchanges.answer(Exchanges.ANSWERED));
    }

    private static byte[] deflated(byte[] bytes, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try (OutputStream zip = new DeflaterOutputStream(out, deflater)) {
            zip.write(bytes);
        }
        deflater.end();
        return out.toByteArray();
    }
}
