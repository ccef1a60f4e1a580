package dev.gateway4j.okhttp.flow.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.TruncatedAnswerException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an answer ended is decided by what it said, not by what HTTP made of it. */
@Timeout(300)
final class StreamEndingsTest {
    private static final String FIRST =
            "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o-mini\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"gr\u00fc\u00df\"},\"finish_reason\":null}]}\n\n";
    private static final String LAST =
            "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o-mini\","
                    + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String CLOSE_DELIMITED = RawServer.head("text/event-stream", "Connection: close");
    private static final String CHUNKED = RawServer.head("text/event-stream", "Transfer-Encoding: chunked");

    private final Reports reports = new Reports();

    @Test
    void a_whole_stream_is_completed() throws Exception {
        try (RawServer server = RawServer.closing(answer(CLOSE_DELIMITED, FIRST + LAST + DONE))) {
            assertThat(read(server)).isEqualTo(FIRST + LAST + DONE);
        }

        assertThat(reports.only().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(reports.only().usage()).isPresent();
    }

    @Test
    void a_stream_that_ends_cleanly_without_its_last_word_is_truncated() throws Exception {
        try (RawServer server = RawServer.closing(answer(CLOSE_DELIMITED, FIRST))) {
            assertThatThrownBy(() -> read(server))
                    .isInstanceOf(TruncatedAnswerException.class)
                    .hasMessageContaining("after " + FIRST.getBytes(StandardCharsets.UTF_8).length + " bytes");
        }

        assertTruncated();
    }

    @Test
    void a_stream_cut_inside_of_a_character_is_truncated() throws Exception {
        byte[] whole = answer(CLOSE_DELIMITED, FIRST);
        int at = CLOSE_DELIMITED.length()
                + FIRST.substring(0, FIRST.indexOf('\u00fc')).length()
                + 1;
        try (RawServer server = RawServer.closing(Arrays.copyOf(whole, at))) {
            assertThatThrownBy(() -> read(server)).isInstanceOf(TruncatedAnswerException.class);
        }

        assertTruncated();
    }

    @Test
    void no_cut_of_a_stream_is_ever_taken_for_a_whole_one() throws Exception {
        byte[] body = (FIRST + LAST + DONE).getBytes(StandardCharsets.UTF_8);
        int finished = (FIRST + LAST).getBytes(StandardCharsets.UTF_8).length;
        byte[][] cuts = new byte[body.length][];
        for (int at = 0; at < body.length; at++) {
            cuts[at] = Gzip.answer(CLOSE_DELIMITED, Arrays.copyOf(body, at));
        }
        try (RawServer server = RawServer.closing(cuts)) {
            OkHttpClient client =
                    Configs.gateway(Configs.passthrough(server), reports).wrap(new OkHttpClient());
            for (int at = 0; at < body.length; at++) {
                boolean failed = false;
                try (Response response = client.newCall(Configs.chat(server)).execute()) {
                    response.body().bytes();
                } catch (TruncatedAnswerException e) {
                    failed = true;
                }
                // The blank line after the finish reason may be missing, since the end of the body ends the event as
                // well.
                boolean mayBeWhole = at >= finished - 2;
                assertThat(failed).as("cut after %s bytes", at).isEqualTo(!mayBeWhole);
                CallReport report = reports.all().get(at);
                assertThat(report.ending())
                        .as("cut after %s bytes", at)
                        .isEqualTo(failed ? Ending.TRUNCATED : Ending.COMPLETED);
                // Usage may have been told just before the cut; what was not told is unknown and never nothing.
                assertThat(report.usage().isPresent() || !failed)
                        .as("cut after %s bytes", at)
                        .isEqualTo(report.cost() instanceof Cost.Known);
                assertThat(report.cost()).as("cut after %s bytes", at).isNotEqualTo(Cost.NOTHING);
            }
        }
    }

    @Test
    void a_chunked_stream_that_is_cut_is_truncated() throws Exception {
        byte[] chunk = FIRST.getBytes(StandardCharsets.UTF_8);
        String body = Integer.toHexString(chunk.length) + "\r\n" + FIRST + "\r\n";
        try (RawServer server = RawServer.closing(answer(CHUNKED, body))) {
            assertThatThrownBy(() -> read(server)).isInstanceOfAny(EOFException.class, ProtocolException.class);
        }

        assertTruncated();
    }

    @Test
    void a_stream_closed_after_its_last_word_is_completed() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = holdingOpen(FIRST + LAST + DONE, over)) {
            try (Response response = call(server)) {
                BufferedSource source = response.body().source();
                while (!source.readUtf8LineStrict().equals("data: [DONE]")) {
                    assertThat(source.isOpen()).isTrue();
                }
            }
            over.countDown();
        }

        assertThat(reports.only().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(reports.only().usage()).isPresent();
    }

    @Test
    void a_stream_closed_early_is_abandoned() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = holdingOpen(FIRST, over)) {
            try (Response response = call(server)) {
                assertThat(response.body().source().readUtf8LineStrict()).startsWith("data: ");
            }
            over.countDown();
        }

        assertThat(reports.only().ending()).isEqualTo(Ending.ABANDONED);
        assertThat(reports.only().cost()).isInstanceOf(Cost.Unknown.class);
    }

    @Test
    void json_cut_where_only_the_connection_ends_it_is_truncated() throws Exception {
        String head = RawServer.head("application/json", "Connection: close");
        for (int at : new int[] {1, 40, Configs.ANSWER.length() - 1}) {
            try (RawServer server = RawServer.closing(head + Configs.ANSWER.substring(0, at))) {
                assertThatThrownBy(() -> read(server)).isInstanceOf(TruncatedAnswerException.class);
            }
        }

        assertThat(reports.all()).hasSize(3).allSatisfy(report -> assertThat(report.ending())
                .isEqualTo(Ending.TRUNCATED));
    }

    @Test
    void a_reader_that_stops_at_the_last_brace_has_read_a_whole_answer() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        String head = RawServer.head("application/json", "Transfer-Encoding: chunked");
        String body = Integer.toHexString(Configs.ANSWER.length()) + "\r\n" + Configs.ANSWER + "\r\n";
        try (RawServer server = RawServer.start(exchange -> {
            exchange.body();
            exchange.send(head + body); // and never the last chunk
            over.await();
            return false;
        })) {
            try (Response response = call(server)) {
                response.body().source().readByteArray(Configs.ANSWER.length());
            }
            over.countDown();
        }

        assertThat(reports.only().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(reports.only().usage()).isPresent();
    }

    @Test
    void gzip_is_unpacked_for_an_application_that_did_not_ask_for_it() throws Exception {
        byte[] packed = Gzip.of(Configs.ANSWER);
        String head = RawServer.head("application/json", "Content-Encoding: gzip", "Content-Length: " + packed.length);
        try (RawServer server = RawServer.closing(Gzip.answer(head, packed))) {
            assertThat(read(server)).isEqualTo(Configs.ANSWER);
        }

        assertThat(reports.only().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(reports.only().usage()).isPresent();
    }

    @Test
    void gzip_stays_packed_for_an_application_that_asked_for_it_and_is_metered_all_the_same() throws Exception {
        byte[] packed = Gzip.of(Configs.ANSWER);
        String head = RawServer.head("application/json", "Content-Encoding: gzip", "Content-Length: " + packed.length);
        try (RawServer server = RawServer.closing(Gzip.answer(head, packed))) {
            try (Response response = call(server, "gzip")) {
                assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
                assertThat(response.body().bytes()).isEqualTo(packed);
            }
        }

        assertThat(reports.only().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(reports.only().usage()).isPresent();
    }

    @Test
    void broken_gzip_is_an_io_exception_and_never_a_whole_answer() throws Exception {
        String head = RawServer.head("application/json", "Content-Encoding: gzip", "Connection: close");
        byte[] packed = Gzip.of(Configs.ANSWER);
        byte[] damaged = packed.clone();
        damaged[damaged.length - 6] ^= 0x55;
        for (byte[] body : new byte[][] {
            Configs.ANSWER.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(packed, packed.length / 2), damaged
        }) {
            try (RawServer server = RawServer.closing(Gzip.answer(head, body))) {
                assertThatThrownBy(() -> read(server)).isInstanceOf(IOException.class);
            }
        }

        assertThat(reports.all()).hasSize(3).allSatisfy(report -> assertThat(report.ending())
                .isIn(Ending.TRUNCATED, Ending.FAILED));
    }

    @Test
    void an_encoding_nobody_here_knows_passes_untouched_and_costs_an_unknown_amount() throws Exception {
        byte[] opaque = {1, 2, 3, 4};
        String head = RawServer.head("application/json", "Content-Encoding: br", "Content-Length: 4");
        try (RawServer server = RawServer.closing(Gzip.answer(head, opaque))) {
            try (Response response = call(server, "br")) {
                assertThat(response.body().bytes()).isEqualTo(opaque);
            }
        }

        assertThat(reports.only().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(reports.only().cost()).isInstanceOf(Cost.Unknown.class);
    }

    private void assertTruncated() {
        CallReport report = reports.only();
        assertThat(report.ending()).isEqualTo(Ending.TRUNCATED);
        assertThat(report.cost()).isInstanceOf(Cost.Unknown.class);
        assertThat(report.failure()).isPresent();
    }

    private static byte[] answer(String head, String body) {
        return Gzip.answer(head, body.getBytes(StandardCharsets.UTF_8));
    }

    private static RawServer holdingOpen(String body, CountDownLatch over) throws IOException {
        return RawServer.start(exchange -> {
            exchange.body();
            exchange.out().write(answer(CLOSE_DELIMITED, body));
            exchange.out().flush();
            over.await();
            return false;
        });
    }

    private String read(RawServer server) throws IOException {
        try (Response response = call(server)) {
            return response.body().string();
        }
    }

    private Response call(RawServer server) throws IOException {
        return call(server, "");
    }

    private Response call(RawServer server, String encoding) throws IOException {
        OkHttpClient client =
                Configs.gateway(Configs.passthrough(server), reports).wrap(new OkHttpClient());
        Request.Builder request = Configs.chat(server).newBuilder();
        if (!encoding.isEmpty()) {
            request.header("Accept-Encoding", encoding);
        }
        return client.newCall(request.build()).execute();
    }
}
