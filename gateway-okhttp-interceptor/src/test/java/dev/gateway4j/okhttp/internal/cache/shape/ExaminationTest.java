package dev.gateway4j.okhttp.internal.cache.shape;

import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.CHAT;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.COMPLETIONS;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.EMBEDDINGS;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.EVENTS;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.JSON;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.MODERATIONS;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.PLAIN;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.RESPONSE;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.RESPONSES;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.STREAM;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.STREAM_WITH_USAGE;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.chunk;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.examined;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.landed;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.reason;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.CacheConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExaminationTest {
    private static final String EMBEDDING = "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
            + "\"embedding\":[0.1,-2e-3]}],\"model\":\"text-embedding-3-small\","
            + "\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}";
    private static final String COMPLETION = "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1,"
            + "\"model\":\"davinci-002\",\"choices\":[{\"text\":\"hi\",\"index\":0,\"logprobs\":null,"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    private static final String MODERATION =
            "{\"id\":\"modr-1\",\"model\":\"omni\",\"results\":[{\"flagged\":false,\"categories\":{}}]}";

    @Test
    void a_whole_stream_is_kept_with_its_events_times_model_and_usage() {
        StoredAnswer answer = stored(CHAT, EVENTS, STREAM_WITH_USAGE);

        assertThat(answer.stream()).isTrue();
        assertThat(answer.body()).asString(UTF_8).isEqualTo(STREAM_WITH_USAGE);
        assertThat(answer.ends()).hasSize(6);
        assertThat(answer.ends()[0]).isEqualTo(STREAM_WITH_USAGE.indexOf("\n\n") + 2);
        assertThat(answer.ends()[5]).isEqualTo(STREAM_WITH_USAGE.length());
        assertThat(answer.atNanos()[0]).isEqualTo((answer.ends()[0] - 1) / 10 * 1_000_000L);
        assertThat(answer.model()).contains("gpt-4o-mini-2024-07-18");
        assertThat(answer.usage()).contains(new Usage(14, 4, 0, 2, 1));
        assertThat(answer.requestId()).contains("req_1");
    }

    @Test
    void plain_answers_of_every_endpoint_are_kept() {
        assertThat(stored(CHAT, JSON, PLAIN).usage()).contains(new Usage(14, 4, 0, 2, 1));
        assertThat(stored(COMPLETIONS, JSON, COMPLETION).model()).contains("davinci-002");
        assertThat(stored(RESPONSES, JSON, RESPONSE).usage()).contains(Usage.of(12, 70));
        assertThat(stored(EMBEDDINGS, JSON, EMBEDDING).usage()).contains(Usage.of(5, 0));
        assertThat(stored(MODERATIONS, JSON, MODERATION).ends()).containsExactly(MODERATION.length());
    }

    /** The last byte that matters: the first of the line end of the blank line after the terminal event. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void a_stream_cut_anywhere_is_never_kept(String lineEnd) {
        String response =
                Bodies.text(stored(RESPONSES, JSON, RESPONSE).as(true, true).orElseThrow());
        for (String stream : List.of(STREAM, STREAM_WITH_USAGE)) {
            neverKeptBeforeTheBlankLine(CHAT, "\uFEFF: hello\n\n" + stream, lineEnd);
        }
        neverKeptBeforeTheBlankLine(RESPONSES, response, lineEnd);
        neverKeptBeforeTheBlankLine(
                COMPLETIONS,
                Bodies.text(stored(COMPLETIONS, JSON, COMPLETION).as(true, true).orElseThrow()),
                lineEnd);
    }

    private static void neverKeptBeforeTheBlankLine(String endpoint, String stream, String lineEnd) {
        byte[] whole = stream.replace("\n", lineEnd).getBytes(UTF_8);
        int matters = whole.length - lineEnd.length() + 1;

        for (int cut = 0; cut <= whole.length; cut++) {
            Landed landed = landed(endpoint, EVENTS, Arrays.copyOf(whole, cut));

            boolean kept = Examination.of(landed, CacheConfig.defaults()) instanceof Examination.Fit;

            assertThat(kept).as("cut at %s of %s", cut, whole.length).isEqualTo(cut >= matters);
        }
    }

    @Test
    void a_plain_answer_cut_before_its_last_brace_is_never_kept() {
        cut(CHAT, PLAIN);
        cut(RESPONSES, RESPONSE);
        cut(COMPLETIONS, COMPLETION);
        cut(EMBEDDINGS, EMBEDDING);
        cut(MODERATIONS, MODERATION);
    }

    private static void cut(String endpoint, String body) {
        byte[] whole = (body + "\n\n").getBytes(UTF_8);
        for (int cut = 0; cut <= whole.length; cut++) {
            Landed landed = landed(endpoint, JSON, Arrays.copyOf(whole, cut));

            boolean kept = Examination.of(landed, CacheConfig.defaults()) instanceof Examination.Fit;

            assertThat(kept).as("cut at %s of %s", cut, whole.length).isEqualTo(cut >= whole.length - 2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "length         | cut by length",
                "content_filter | refused",
                "error          | error",
                "whatever       | unknown finish reason",
            })
    void an_answer_that_did_not_end_well_is_not_kept(String finish, String reason) {
        String stream = STREAM.replace("\"stop\"", '"' + finish + '"');
        String plain = PLAIN.replace("\"stop\"", '"' + finish + '"');

        assertThat(reason(examined(CHAT, EVENTS, stream))).isEqualTo(reason);
        assertThat(reason(examined(CHAT, JSON, plain))).isEqualTo(reason);
    }

    @Test
    void what_was_cut_by_its_length_is_kept_if_asked() {
        CacheConfig config = keepingCutAnswers();
        String plain = PLAIN.replace("\"stop\"", "\"length\"");
        String response = RESPONSE.replace("\"status\":\"completed\",\"error\"", "\"status\":\"incomplete\",\"error\"")
                .replace("\"incomplete_details\":null", "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}");
        String filtered = response.replace("max_output_tokens", "content_filter");

        StoredAnswer kept = stored(Examination.of(landed(RESPONSES, JSON, response), config));
        byte[] stream = kept.as(true, true).orElseThrow().body();

        assertThat(Examination.of(landed(CHAT, JSON, plain), config)).isInstanceOf(Examination.Fit.class);
        assertThat(reason(examined(RESPONSES, JSON, response))).isEqualTo("cut by length");
        assertThat(reason(Examination.of(landed(RESPONSES, EVENTS, stream), CacheConfig.defaults())))
                .isEqualTo("cut by length");
        assertThat(new String(stream, UTF_8)).contains("event: response.incomplete\n");
        assertThat(Examination.of(landed(RESPONSES, EVENTS, stream), config)).isInstanceOf(Examination.Fit.class);
        assertThat(reason(Examination.of(landed(RESPONSES, JSON, filtered), config)))
                .isEqualTo("refused");
    }

    @Test
    void refusals_are_not_kept() {
        String part = "\"content\":[{\"type\":\"refusal\",\"refusal\":\"no\"}]";

        assertThat(reason(examined(CHAT, JSON, PLAIN.replace("\"refusal\":null", "\"refusal\":\"I can't\""))))
                .isEqualTo("refused");
        assertThat(reason(examined(CHAT, JSON, PLAIN.replace("\"content\":\"Paris.\"", part))))
                .isEqualTo("refused");
        assertThat(reason(examined(CHAT, EVENTS, STREAM.replace("\"refusal\":null", "\"refusal\":\"\""))))
                .isEqualTo("refused");
        assertThat(reason(examined(
                        RESPONSES, JSON, RESPONSE.replace("\"type\":\"output_text\"", "\"type\":\"refusal\""))))
                .isEqualTo("refused");
        assertThat(reason(examined(
                        RESPONSES,
                        EVENTS,
                        "event: response.refusal.delta\ndata: {\"type\":\"response.refusal.delta\"}\n\n")))
                .isEqualTo("refused");
    }

    @Test
    void errors_are_not_kept_wherever_they_stand() {
        String error = "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}";

        assertThat(reason(examined(CHAT, JSON, error))).isEqualTo("error");
        assertThat(reason(examined(CHAT, JSON, PLAIN.replace("{\"index\"", "{\"error\":{\"code\":502},\"index\""))))
                .isEqualTo("error");
        assertThat(reason(examined(CHAT, EVENTS, "data: " + error + "\n\n" + STREAM)))
                .isEqualTo("error");
        assertThat(reason(examined(CHAT, EVENTS, "event: error\ndata: " + error + "\n\n" + STREAM)))
                .isEqualTo("error");
        assertThat(reason(examined(RESPONSES, EVENTS, "event: error\ndata: {\"type\":\"error\"}\n\n")))
                .isEqualTo("error");
        assertThat(reason(examined(
                        RESPONSES,
                        EVENTS,
                        "data: {\"type\":\"response.failed\",\"response\":{\"status\":\"failed\"}}\n\n")))
                .isEqualTo("error");
        assertThat(reason(examined(EMBEDDINGS, JSON, error))).isEqualTo("error");
    }

    @Test
    void one_unfinished_choice_of_several_keeps_all_from_being_kept() {
        String second = chunk(1, "{\"role\":\"assistant\",\"content\":\"x\"}", "null");
        String finished = chunk(1, "{}", "\"stop\"");

        assertThat(reason(examined(CHAT, EVENTS, second + STREAM))).isEqualTo("unfinished");
        assertThat(reason(examined(CHAT, EVENTS, second + finished + STREAM))).isEqualTo("fit");
        assertThat(reason(examined(CHAT, EVENTS, second + finished + "data: [DONE]\n\n")))
                .isEqualTo("unfinished");
        assertThat(reason(examined(
                        CHAT,
                        JSON,
                        PLAIN.replace(
                                "\"choices\":[",
                                "\"choices\":[{\"index\":1,\"message\":{}," + "\"finish_reason\":null},"))))
                .isEqualTo("unfinished");
    }

    @Test
    void an_answer_with_nothing_in_it_is_not_kept() {
        String choices = "\"choices\":[{";
        String empty = PLAIN.substring(0, PLAIN.indexOf(choices)) + "\"choices\":[]}";

        assertThat(reason(examined(CHAT, JSON, empty))).isEqualTo("empty");
        assertThat(reason(examined(CHAT, EVENTS, "data: [DONE]\n\n"))).isEqualTo("empty");
        assertThat(reason(examined(RESPONSES, JSON, "{\"status\":\"completed\",\"output\":[]}")))
                .isEqualTo("empty");
        assertThat(reason(examined(EMBEDDINGS, JSON, "{\"data\":[]}"))).isEqualTo("empty");
        assertThat(reason(examined(MODERATIONS, JSON, "{\"results\":[]}"))).isEqualTo("empty");
    }

    @Test
    void nothing_but_comments_may_follow_the_end() {
        assertThat(reason(examined(CHAT, EVENTS, STREAM + ": bye\n\n\r\n: and")))
                .isEqualTo("fit");
        assertThat(reason(examined(CHAT, EVENTS, STREAM + "id: 7\n\n"))).isEqualTo("more after the end");
        assertThat(reason(examined(CHAT, EVENTS, STREAM + STREAM))).isEqualTo("more after the end");
        assertThat(reason(examined(CHAT, EVENTS, STREAM + "data: x"))).isEqualTo("not understood");
    }

    @Test
    void comments_and_keep_alives_belong_to_the_event_after_them() {
        String stream =
                ": keep-alive\n\n" + STREAM.replace("data: [DONE]", ": still there\n\ndata: [DONE]") + ": bye\n";

        StoredAnswer answer = stored(CHAT, EVENTS, stream);

        assertThat(answer.ends()).hasSize(5);
        assertThat(answer.ends()[0]).isEqualTo(stream.indexOf("data: ", 20));
        assertThat(answer.ends()[4]).isEqualTo(stream.length());
        assertThat(answer.atNanos()[4]).isLessThan((stream.length() - 1) / 10 * 1_000_000L);
    }

    @Test
    void a_line_that_no_stream_has_keeps_it_from_being_kept() {
        assertThat(reason(examined(CHAT, EVENTS, "{\"error\":\"x\"}\n" + STREAM)))
                .isEqualTo("not understood");
        assertThat(reason(examined(CHAT, EVENTS, "id: 1\nretry: 3000\n" + STREAM)))
                .isEqualTo("fit");
        assertThat(reason(examined(CHAT, EVENTS, "event: ping\ndata: {\"choices\":[]}\n\n" + STREAM)))
                .isEqualTo("not understood");
        assertThat(reason(examined(CHAT, EVENTS, STREAM.replaceFirst("\"choices\":.*\n", "\"x\":1}\n"))))
                .isEqualTo("not understood");
    }

    @Test
    void a_member_that_stands_twice_keeps_an_answer_from_being_kept() {
        assertThat(reason(examined(
                        CHAT,
                        JSON,
                        PLAIN.replace("\"finish_reason\"", "\"finish_reason\":\"stop\",\"finish_reason\""))))
                .isEqualTo("not understood");
        assertThat(reason(examined(CHAT, JSON, PLAIN + PLAIN))).isEqualTo("not understood");
    }

    @Test
    void what_is_outside_decides_first() {
        Landed good = landed(CHAT, JSON, PLAIN);
        CacheConfig config = CacheConfig.defaults();

        assertThat(reason(Examination.of(with(good, 201, Optional.of(JSON), Optional.empty()), config)))
                .isEqualTo("status not 200");
        assertThat(reason(Examination.of(with(good, 200, Optional.of(JSON), Optional.of("gzip")), config)))
                .isEqualTo("encoded");
        assertThat(reason(Examination.of(with(good, 200, Optional.of(JSON), Optional.of("identity")), config)))
                .isEqualTo("fit");
        assertThat(reason(Examination.of(with(good, 200, Optional.of("text/html"), Optional.empty()), config)))
                .isEqualTo("content type");
        assertThat(reason(Examination.of(with(good, 200, Optional.empty(), Optional.empty()), config)))
                .isEqualTo("content type");
        assertThat(reason(examined("/v1/models", JSON, "{}"))).isEqualTo("endpoint");
        assertThat(reason(examined(EMBEDDINGS, EVENTS, STREAM))).isEqualTo("content type");
        assertThat(reason(Examination.of(landed(CHAT, JSON, new byte[(4 << 20) + 1]), config)))
                .isEqualTo("too large");
    }

    private static Landed with(Landed landed, int status, Optional<String> type, Optional<String> encoding) {
        return new Landed(
                landed.endpoint(),
                status,
                type,
                encoding,
                landed.requestId(),
                landed.body(),
                landed.pieces(),
                landed.atNanos());
    }

    private static CacheConfig keepingCutAnswers() {
        CacheConfig all = CacheConfig.defaults();
        return new CacheConfig(
                all.enabled(),
                all.apply(),
                all.ttl(),
                all.maxBytes(),
                all.maxEntryBytes(),
                all.partition(),
                all.sharedNamespaces(),
                all.sampling(),
                CacheConfig.Truncated.KEEP,
                all.staleWhileRevalidate(),
                all.staleWhileError(),
                all.replay(),
                all.maxWaiters(),
                all.ignoredMembers(),
                all.rules(),
                all.semantic());
    }
}
