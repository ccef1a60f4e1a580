package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireReply;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of connections and bodies, byte for byte against the same answer without them. */
class ReplyFaultsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String STREAMED = ChatTest.ask("gpt-4o", ", \"stream\": true, \"max_tokens\": 6");
    private static final String PLAIN = ChatTest.ask("gpt-4o", "");
    private static final String RESPONSE =
            "{\"model\": \"gpt-4o\", \"input\": \"Say hello\", \"stream\": true, \"max_output_tokens\": 16}";

    @ParameterizedTest
    @CsvSource({
        "refused, CONNECT_REFUSED, 0",
        "unknown-host, UNKNOWN_HOST, 0",
        "reset by=2s, RESET, 2000",
        "empty-reply, CUT, 0",
        "timeout, STALL, 0"
    })
    void a_connection_fails_before_any_header(String fault, FaultKind kind, long millis) {
        Sim sim = Sim.with(builder -> builder.faults(fault));

        assertThat(sim.ask("POST", CHAT, PLAIN)).isEqualTo(new Frame.Fault(ms(millis), kind));
    }

    @ParameterizedTest
    @CsvSource({"stall after=3, STALL", "cut after=3, CUT", "reset-body after=3, RESET"})
    void a_stream_breaks_between_two_events(String fault, String kind) {
        Sim.Answer answer = struck(fault, CHAT, STREAMED);

        assertThat(answer.body()).isEqualTo(firstEvents(clean(CHAT, STREAMED), 3));
        assertThat(answer.failure()).isEqualTo(kind);
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void a_stream_breaks_inside_an_event() {
        Sim.Answer answer = struck("cut-event after=1", CHAT, STREAMED);

        List<String> events = events(clean(CHAT, STREAMED));
        assertThat(answer.body())
                .isEqualTo(
                        events.get(0) + events.get(1).substring(0, events.get(1).length() / 2));
        assertThat(answer.failure()).isEqualTo("CUT");
    }

    @Test
    void a_stream_breaks_inside_a_character() {
        Sim.Answer answer = struck("cut-character after=1", CHAT, STREAMED);

        assertThat(answer.bytes()[answer.bytes().length - 1] & 0xff).isGreaterThanOrEqualTo(0xc0);
        assertThat(answer.body())
                .startsWith(firstEvents(clean(CHAT, STREAMED), 1))
                .endsWith("\ufffd");
        assertThat(answer.failure()).isEqualTo("CUT");
    }

    @Test
    void a_stream_breaks_between_carriage_return_and_line_feed() {
        Sim.Answer answer = struck("cut-line after=1", CHAT, STREAMED);

        assertThat(answer.body()).endsWith("}\r").startsWith(firstEvents(clean(CHAT, STREAMED), 1));
        assertThat(answer.failure()).isEqualTo("CUT");
    }

    @Test
    void a_stream_too_short_to_break_breaks_at_its_end() {
        Sim.Answer answer = struck("cut after=1000", CHAT, STREAMED);

        assertThat(answer.body()).isEqualTo(clean(CHAT, STREAMED).body());
        assertThat(answer.failure()).isEqualTo("CUT");
    }

    @Test
    void a_plain_body_breaks_in_its_middle() {
        String whole = clean(CHAT, PLAIN).body();

        assertThat(struck("cut", CHAT, PLAIN).body()).isEqualTo(whole.substring(0, whole.length() / 2));
        assertThat(struck("truncate", CHAT, PLAIN).body()).isEqualTo(whole.substring(0, whole.length() / 2));
        assertThat(struck("truncate", CHAT, PLAIN).failure()).isEmpty();

        Sim.Answer shorter = struck("short-body", CHAT, PLAIN);
        assertThat(shorter.header("content-length")).isEqualTo(Integer.toString(whole.length()));
        assertThat(shorter.bytes()).hasSize(whole.length() / 2);
        assertThat(shorter.failure()).isEqualTo("CUT");
    }

    @Test
    void one_event_is_broken_doubled_or_missing() {
        List<String> clean = events(clean(RESPONSES, RESPONSE));

        List<String> malformed = events(struck("malformed after=4", RESPONSES, RESPONSE));
        List<String> duplicate = events(struck("duplicate after=4", RESPONSES, RESPONSE));
        List<String> gap = events(struck("gap after=4", RESPONSES, RESPONSE));

        assertThat(malformed).hasSameSizeAs(clean);
        assertThat(malformed.get(4))
                .startsWith("event: response.output_text.delta\ndata: {")
                .endsWith("\n\n");
        assertThat(malformed.get(4).length()).isLessThan(clean.get(4).length());
        assertThat(duplicate).hasSize(clean.size() + 1);
        assertThat(duplicate.get(5)).isEqualTo(clean.get(4));
        assertThat(gap).hasSize(clean.size() - 1);
        assertThat(gap.get(4)).isEqualTo(clean.get(5));
    }

    @Test
    void the_end_is_missing_or_comes_twice() {
        String clean = clean(CHAT, STREAMED).body();
        List<String> response = events(clean(RESPONSES, RESPONSE));

        assertThat(struck("no-done", CHAT, STREAMED).body() + "data: [DONE]\n\n")
                .isEqualTo(clean);
        assertThat(struck("done-twice", CHAT, STREAMED).body()).isEqualTo(clean + "data: [DONE]\n\n");
        assertThat(events(struck("no-done", RESPONSES, RESPONSE))).isEqualTo(response.subList(0, response.size() - 1));
    }

    @Test
    void comments_come_before_every_event_and_change_none() {
        String commented = struck("comments", CHAT, STREAMED).body();

        assertThat(commented).startsWith(": keep-alive\n\ndata: {");
        assertThat(commented.replace(": keep-alive\n\n", ""))
                .isEqualTo(clean(CHAT, STREAMED).body());
    }

    @Test
    void the_same_bytes_come_in_pieces() {
        Sim.Answer clean = clean(CHAT, STREAMED);

        Sim.Answer single = struck("pieces", CHAT, STREAMED);
        Sim.Answer seven = struck("pieces bytes=7", CHAT, PLAIN);

        assertThat(single.body()).isEqualTo(clean.body());
        assertThat(single.dues()).hasSize(clean.bytes().length + 1);
        assertThat(seven.body()).isEqualTo(clean(CHAT, PLAIN).body());
        assertThat(seven.dues()).hasSize((seven.bytes().length + 6) / 7 + 1);
    }

    @Test
    void a_chat_stream_fails_with_an_error_among_its_events() {
        Sim.Answer answer = struck("error-event-overloaded after=2", CHAT, STREAMED);

        assertThat(answer.body())
                .isEqualTo(
                        firstEvents(clean(CHAT, STREAMED), 2)
                                + "data: {\"error\":{\"message\":\"Our servers are currently overloaded. Please try again later.\","
                                + "\"type\":\"service_unavailable_error\",\"param\":null,\"code\":\"server_is_overloaded\"}}\n\n");
        assertThat(answer.failure()).isEmpty();
    }

    @Test
    void a_stream_of_a_response_fails_with_an_error_and_the_failed_response() {
        List<String> clean = events(clean(RESPONSES, RESPONSE));

        List<String> events = events(struck("error-event-quota after=2", RESPONSES, RESPONSE));

        assertThat(events.subList(0, 2)).isEqualTo(clean.subList(0, 2));
        assertThat(events.get(2))
                .startsWith(
                        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"insufficient_quota\",\"code\":"
                                + "\"insufficient_quota\",\"message\":\"You exceeded your current quota, ")
                .endsWith("\"param\":null},\"sequence_number\":2}\n\n");
        assertThat(events.get(3))
                .startsWith("event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"id\":\"resp_")
                .contains(
                        "\"status\":\"failed\"",
                        "\"error\":{\"code\":\"insufficient_quota\",\"message\":\"You exceeded",
                        "\"usage\":null")
                .endsWith("\"sequence_number\":3}\n\n");
        assertThat(events).hasSize(4);
    }

    @Test
    void everything_comes_later() {
        Sim.Answer slow = struck("slow by=2s", CHAT, STREAMED);
        Sim.Answer slowBody = struck("slow-body by=2s", CHAT, STREAMED);

        assertThat(slow.due()).isEqualTo(ms(2000));
        assertThat(slow.dues()).containsOnly(ms(2000));
        assertThat(slowBody.due()).isZero();
        assertThat(slowBody.dues()).containsOnly(ms(2000));
        assertThat(slow.body()).isEqualTo(clean(CHAT, STREAMED).body());
    }

    @Test
    void what_is_compressed_unpacks_to_the_same_bytes_for_those_who_accept_it() throws IOException {
        Sim sim = Sim.with(builder -> builder.faults("gzip"));

        Sim.Answer answer = sim.reply("POST", CHAT, STREAMED, "accept-encoding", "gzip, br");

        assertThat(answer.header("content-encoding")).isEqualTo("gzip");
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes();
        assertThat(new String(unpacked, StandardCharsets.UTF_8))
                .isEqualTo(clean(CHAT, STREAMED).body());
        assertThat(struck("gzip", CHAT, STREAMED).body())
                .isEqualTo(clean(CHAT, STREAMED).body());
    }

    @Test
    void what_is_compressed_and_cut_does_not_unpack() {
        Sim sim = Sim.with(builder -> builder.faults("gzip-cut"));

        Sim.Answer answer = sim.reply("POST", CHAT, PLAIN, "accept-encoding", "gzip");

        assertThat(answer.failure()).isEqualTo("CUT");
        Assertions.assertThatThrownBy(
                        () -> new GZIPInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes())
                .isInstanceOf(EOFException.class);
    }

    @Test
    void an_answer_ends_for_another_reason() {
        assertThat(struck("finish-content-filter", CHAT, PLAIN).body())
                .isEqualTo(clean(CHAT, PLAIN)
                        .body()
                        .replace("\"finish_reason\": \"stop\"", "\"finish_reason\": \"content_filter\""))
                .contains("content_filter");
        assertThat(struck("finish-content-filter", CHAT, STREAMED).body())
                .contains("\"finish_reason\":\"content_filter\"");
    }

    @Test
    void a_response_is_incomplete() {
        String longer = RESPONSE.replace(", \"max_output_tokens\": 16", "");
        List<String> events = events(struck("incomplete", RESPONSES, longer));

        String last = events.get(events.size() - 1);
        assertThat(last)
                .startsWith("event: response.incomplete\ndata: {\"type\":\"response.incomplete\"")
                .contains("\"status\":\"incomplete\"", "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}")
                .doesNotContain("\"status\":\"completed\"");
        assertThat(Trees.of(last.substring(last.indexOf('{')))
                        .at("/response/status")
                        .asText())
                .isEqualTo("incomplete");
        assertThat(Trees.of(struck("finish-content-filter", RESPONSES, longer.replace(", \"stream\": true", ""))
                                .body())
                        .at("/incomplete_details/reason")
                        .asText())
                .isEqualTo("content_filter");
    }

    @Test
    void nothing_is_said() {
        assertThat(Trees.of(struck("empty-content", CHAT, PLAIN).body())
                        .at("/choices/0/message/content")
                        .asText("absent"))
                .isEmpty();
        assertThat(events(struck("empty-content", RESPONSES, RESPONSE)))
                .filteredOn(event -> event.contains("output_text"))
                .allMatch(event -> event.contains("\"delta\":\"\"") || event.contains("\"text\":\"\""));
    }

    @Test
    void several_faults_strike_one_reply() {
        Sim.Answer answer = struck("pieces bytes=5; slow by=1s; cut after=2", CHAT, STREAMED);

        assertThat(answer.due()).isEqualTo(ms(1000));
        assertThat(answer.body()).isEqualTo(firstEvents(clean(CHAT, STREAMED), 2));
        assertThat(answer.failure()).isEqualTo("CUT");
    }

    @Test
    void errors_of_handlers_and_of_faults_can_be_late_and_cut() {
        assertThat(struck("500; slow by=1s", CHAT, PLAIN).due()).isEqualTo(ms(1000));
        assertThat(struck("slow by=1s", CHAT, "{}").due()).isEqualTo(ms(1000));
        assertThat(struck("cut", CHAT, "{}").failure()).isEqualTo("CUT");
    }

    @Test
    void the_last_frame_repeats_whatever_struck() {
        for (String name : Fault.names()) {
            Sim sim = Sim.with(builder -> builder.faults(name));
            if (sim.ask("POST", CHAT, STREAMED) instanceof WireReply reply) {
                Frame frame = reply.frames().next();
                while (frame instanceof Frame.Chunk chunk) {
                    assertThat(chunk.bytes()).as(name).isNotEmpty();
                    frame = reply.frames().next();
                }
                assertThat(reply.frames().next()).as(name).isEqualTo(frame);
                reply.frames().close();
            }
        }
    }

    private static Sim.Answer struck(String fault, String path, String body) {
        return Sim.with(builder -> builder.faults(fault)).reply("POST", path, body);
    }

    private static Sim.Answer clean(String path, String body) {
        return Sim.with(builder -> {}).reply("POST", path, body);
    }

    private static String firstEvents(Sim.Answer answer, int count) {
        return String.join("", events(answer).subList(0, count));
    }

    private static List<String> events(Sim.Answer answer) {
        return List.of(answer.body().split("(?<=\n\n)", -1)).stream()
                .filter(event -> !event.isEmpty())
                .toList();
    }

    private static long ms(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
