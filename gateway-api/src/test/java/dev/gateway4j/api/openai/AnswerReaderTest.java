package dev.gateway4j.api.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gateway4j.api.call.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";

    static Stream<Arguments> usages() {
        return Stream.of(
                arguments("{\"prompt_tokens\":14,\"completion_tokens\":2,\"total_tokens\":16}", Usage.of(14, 2)),
                arguments(
                        "{\"prompt_tokens\":140,\"completion_tokens\":20,\"prompt_tokens_details\":{\"cached_tokens\":128,"
                                + "\"cache_write_tokens\":12,\"audio_tokens\":1},\"completion_tokens_details\":{\"reasoning_tokens\":19}}",
                        new Usage(140, 128, 12, 20, 19)),
                arguments(
                        "{\"input_tokens\":12,\"input_tokens_details\":{\"cached_tokens\":3,\"cache_write_tokens\":4},"
                                + "\"output_tokens\":70,\"output_tokens_details\":{\"reasoning_tokens\":64},\"total_tokens\":82}",
                        new Usage(12, 3, 4, 70, 64)),
                arguments("{\"prompt_tokens\":5,\"total_tokens\":5}", Usage.of(5, 0)),
                arguments(
                        "{\"type\":\"tokens\",\"total_tokens\":49,\"input_tokens\":37,"
                                + "\"input_token_details\":{\"text_tokens\":0,\"audio_tokens\":37},\"output_tokens\":12}",
                        Usage.of(37, 12)),
                arguments(
                        "{\"prompt_tokens\":1,\"completion_tokens\":2,\"prompt_tokens_details\":null}", Usage.of(1, 2)),
                arguments(
                        "{\"prompt_tokens\":1,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":null}}",
                        Usage.of(1, 2)),
                arguments("{\"prompt_tokens\":9007199254740992,\"completion_tokens\":0}", Usage.of(1L << 53, 0)),
                arguments("{\"x\":{\"prompt_tokens\":9,\"cached_tokens\":9},\"prompt_tokens\":1}", Usage.of(1, 0)));
    }

    @ParameterizedTest
    @MethodSource("usages")
    void usage_is_found_in_every_shape(String usage, Usage expected) {
        String chunk = "data: {\"model\":\"m\",\"choices\":[],\"usage\":" + usage + "}\n\n";
        String completed = "event: response.completed\ndata: {\"response\":{\"usage\":" + usage + "}}\n\n";

        assertThat(json("{\"model\":\"m\",\"usage\":" + usage + "}").usage()).contains(expected);
        assertThat(stream(CHAT, chunk).usage()).contains(expected);
        assertThat(stream(RESPONSES, completed).usage()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "\"prompt_tokens\"",
                "[{\"prompt_tokens\":1}]",
                "{}",
                "{\"total_tokens\":5}",
                "{\"type\":\"duration\",\"seconds\":4}",
                "{\"prompt_tokens\":-1,\"completion_tokens\":2}",
                "{\"prompt_tokens\":1.5,\"completion_tokens\":2}",
                "{\"prompt_tokens\":\"1\",\"completion_tokens\":2}",
                "{\"prompt_tokens\":9007199254740993,\"completion_tokens\":2}",
                "{\"prompt_tokens\":99999999999999999999999,\"completion_tokens\":2}",
                "{\"prompt_tokens\":5,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":6}}",
                "{\"prompt_tokens\":5,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cache_write_tokens\":6}}",
                "{\"prompt_tokens\":5,\"completion_tokens\":2,\"completion_tokens_details\":{\"reasoning_tokens\":3}}",
                "{\"prompt_tokens\":5,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":-1}}"
            })
    void usage_that_cannot_be_true_is_no_usage(String usage) {
        AnswerReader json = json("{\"usage\":" + usage + "}");
        AnswerReader stream = stream(CHAT, "data: {\"choices\":[],\"usage\":" + usage + "}\n\ndata: [DONE]\n\n");

        assertThat(json.usage()).isEmpty();
        assertThat(json.complete()).isTrue();
        assertThat(stream.usage()).isEmpty();
        assertThat(stream.complete()).isTrue();
        assertThat(stream.malformed()).isFalse();
    }

    @Test
    void the_word_usage_elsewhere_is_not_usage() {
        String decoys =
                "{\"model\":\"m\",\"choices\":[{\"index\":0,\"usage\":{\"prompt_tokens\":1},\"delta\":{\"content\":\"usage\","
                        + "\"usage\" : {\"prompt_tokens\":2},\"text\":\"\\\"usage\\\":{\\\"prompt_tokens\\\":3}\"},"
                        + "\"finish_reason\":null}],\"response\":\"usage\",\"tool_usage\":{\"input_tokens\":4},"
                        + "\"meta\":{\"usage\":{\"input_tokens\":5},\"response\":{\"usage\":{\"input_tokens\":6}}}}";

        assertThat(json(decoys).usage()).isEmpty();
        assertThat(stream(CHAT, "data: " + decoys + "\n\n").usage()).isEmpty();
        assertThat(stream(RESPONSES, "data: " + decoys + "\n\n").usage()).isEmpty();
        assertThat(json("{\"response\":{\"usage\":{\"input_tokens\":5}}}").usage())
                .isEmpty();
    }

    @Test
    void a_chat_answer_is_read_wherever_it_is_split() {
        String body = """
                {
                  "id": "chatcmpl-é", "model": "gpt-4o-2024-08-06",
                  "choices": [{"index": 0, "message": {"content": "a \\"usage\\": {} 😀"}, "finish_reason": "stop"}],
                  "usage": {"prompt_tokens": 14, "completion_tokens": 2},
                  "service_tier": "flex", "error": null
                }
                """;

        everySplit(CHAT, false, body, reader -> {
            assertThat(reader.usage()).contains(Usage.of(14, 2));
            assertThat(reader.model()).contains("gpt-4o-2024-08-06");
            assertThat(reader.serviceTier()).contains("flex");
            assertThat(reader.complete()).isTrue();
            assertThat(reader.failed()).isFalse();
            assertThat(reader.malformed()).isFalse();
            assertThat(reader.tracksCompletion()).isTrue();
        });
    }

    @Test
    void a_chat_stream_is_read_wherever_it_is_split() {
        String body = chunk(0, "null", ",\"usage\":null")
                + chunk(0, "\"stop\"", ",\"usage\" : null")
                + "data: {\"model\":\"m-1\",\"service_tier\":\"default\",\"choices\":[],"
                + "\"usage\"\t: {\"prompt_tokens\":3,\"completion_tokens\":4}}\r\n\r\n"
                + ": keep-alive\n\ndata: [DONE]\n\n";

        everySplit(CHAT, true, body, reader -> {
            assertThat(reader.usage()).contains(Usage.of(3, 4));
            assertThat(reader.model()).contains("m-1");
            assertThat(reader.serviceTier()).contains("default");
            assertThat(reader.complete()).isTrue();
            assertThat(reader.failed()).isFalse();
            assertThat(reader.malformed()).isFalse();
        });
    }

    @Test
    void a_responses_stream_is_read_wherever_it_is_split() {
        String body = "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"error\":null,"
                + "\"model\":\"gpt-5\",\"service_tier\":\"auto\",\"usage\":null},\"sequence_number\":0}\n\n"
                + "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"usage\"}\n\n"
                + "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"error\":null,"
                + "\"model\":\"gpt-5\",\"output\":[{\"model\":\"x\",\"error\":{}}],\"service_tier\":\"priority\","
                + "\"usage\":{\"input_tokens\":7,\"output_tokens\":9}},\"sequence_number\":2}\n\n";

        everySplit(RESPONSES, true, body, reader -> {
            assertThat(reader.usage()).contains(Usage.of(7, 9));
            assertThat(reader.model()).contains("gpt-5");
            assertThat(reader.serviceTier()).contains("priority");
            assertThat(reader.complete()).isTrue();
            assertThat(reader.failed()).isFalse();
        });
    }

    @Test
    void json_is_complete_when_its_root_is_closed() {
        String body = "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}";
        AnswerReader reader = AnswerReader.forBody(CHAT, false);

        feed(reader, body.substring(0, body.length() - 1));
        assertThat(reader.complete()).isFalse();
        feed(reader, "}");

        assertThat(reader.complete()).isTrue();
        assertThat(reader.usage()).contains(Usage.of(1, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"usage\":{\"prompt_tokens\":1}", "{\"usage\":{\"prompt_tokens\":1}} x",
                        "{\"usage\":{\"prompt_tokens\":1}}{}",
                "<html>bad gateway</html>", "{\"usage\":{\"prompt_tokens\":1},}",
                        "{\"usage\":{\"prompt_tokens\":1},\"a\":\"\n\"}"
            })
    void a_broken_json_answer_is_malformed_and_says_nothing(String body) {
        AnswerReader reader = json(body);

        assertThat(reader.malformed()).isTrue();
        assertThat(reader.complete()).isFalse();
        assertThat(reader.usage()).isEmpty();
    }

    @Test
    void invalid_bytes_in_json_are_malformed() {
        byte[] body = "{\"a\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        body[6] = (byte) 0xFF;
        AnswerReader reader = AnswerReader.forBody(CHAT, false);

        reader.feed(body, 0, body.length);
        reader.finish();

        assertThat(reader.malformed()).isTrue();
    }

    @Test
    void an_empty_answer_is_not_complete() {
        assertThat(json("").complete()).isFalse();
        assertThat(stream(CHAT, "").complete()).isFalse();
        assertThat(stream(RESPONSES, "").complete()).isFalse();
    }

    static Stream<Arguments> endings() {
        String delta = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"x\"}\n\n";
        return Stream.of(
                arguments(CHAT, "data: [DONE]\n\n", true, false),
                arguments(CHAT, "data: [DONE] \r\n\r\n", true, false),
                arguments(CHAT, "data: [DONE]", true, false),
                arguments(CHAT, chunk(0, "null", ""), false, false),
                arguments(CHAT, chunk(0, " \"stop\"", ""), true, false),
                arguments(CHAT, chunk(0, "\"length\"", "").trim(), true, false),
                arguments(CHAT, chunk(0, "\"stop\"", "").substring(0, 60), false, false),
                arguments(CHAT, "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\n", true, false),
                arguments(CHAT, "data: {\"choices\":[{\"delta\":{\"content\":\"[DONE]\"}}]}\n\n", false, false),
                arguments(CHAT, chunk(0, "null", "") + chunk(1, "null", "") + chunk(1, "\"stop\"", ""), false, false),
                arguments(
                        CHAT,
                        chunk(0, "null", "")
                                + chunk(1, "null", "")
                                + chunk(1, "\"stop\"", "")
                                + chunk(0, "\"stop\"", ""),
                        true,
                        false),
                arguments(
                        CHAT,
                        "data: {\"choices\":[],\"model\":\"\"}\n\n" + chunk(0, "\"content_filter\"", ""),
                        true,
                        false),
                arguments(CHAT, "data: {\"error\":{\"message\":\"overloaded\"}}\n\n", true, true),
                arguments(CHAT, "data: {\"error\" : \"overloaded\"}\n\n", true, true),
                arguments(CHAT, "event: error\ndata: {\"message\":\"x\"}\n\n", true, true),
                arguments(CHAT, "data: {\"error\":null,\"choices\":[]}\n\n", false, false),
                arguments(CHAT, "data: {\"choices\":[{\"delta\":{\"error\":{}}}]}\n\n", false, false),
                arguments(CHAT, "event: response.completed\ndata: {}\n\n", false, false),
                arguments("/v1/completions", chunk(0, "\"length\"", ""), true, false),
                arguments(RESPONSES, delta, false, false),
                arguments(RESPONSES, delta + "event: response.completed\ndata: {}\n\n", true, false),
                arguments(RESPONSES, "data: {\"type\":\"response.completed\",\"response\":{}}\n\n", true, false),
                arguments(RESPONSES, "data: {\"type\" : \"response.incomplete\"}\n\n", true, false),
                arguments(RESPONSES, "data: {\"type\":\"response.mcp_call.completed\"}\n\n", false, false),
                arguments(RESPONSES, "data: {\"item\":{\"type\":\"response.completed\"}}\n\n", false, false),
                arguments(
                        RESPONSES,
                        "event: response.failed\ndata: {\"response\":{\"error\":{\"code\":\"server_error\"}}}\n\n",
                        true,
                        true),
                arguments(RESPONSES, "event: error\ndata: {\"type\":\"error\",\"code\":\"x\"}\n\n", true, true),
                arguments(RESPONSES, "data: {\"type\":\"error\",\"error\":{\"code\":\"x\"}}\n\n", true, true),
                arguments("/v1/responses/resp_1", delta, false, false),
                arguments("/v1/audio/speech", "data: {\"type\":\"speech.audio.delta\"}\n\n", true, false),
                arguments("/v1/images/generations", "data: {\"error\":{\"code\":\"x\"}}\n\n", true, true));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void a_stream_is_complete_when_it_says_so(String endpoint, String body, boolean complete, boolean failed) {
        everySplit(endpoint, true, body, reader -> {
            assertThat(reader.complete()).isEqualTo(complete);
            assertThat(reader.failed()).isEqualTo(failed);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"image_generation.completed", "image_edit.completed", "transcript.text.done", "speech.audio.done"
            })
    void other_streams_end_with_their_own_events(String type) {
        AnswerReader reader = AnswerReader.forBody("/v1/whatever", true);

        feed(reader, "data: {\"type\":\"x.delta\",\"audio\":\"AAAA\"}\n\n");
        assertThat(reader.complete()).isFalse();
        feed(reader, "data: {\"type\":\"" + type + "\",\"usage\":{\"input_tokens\":76,\"output_tokens\":120}}\n\n");

        assertThat(reader.complete()).isTrue();
        assertThat(reader.usage()).contains(Usage.of(76, 120));
        assertThat(reader.tracksCompletion()).isFalse();
    }

    @Test
    void a_stream_that_breaks_off_is_not_complete_without_an_end() {
        AnswerReader reader = AnswerReader.forBody("/v1/audio/speech", true);

        feed(reader, "data: {\"type\":\"speech.audio.delta\"}\n\n");

        assertThat(reader.complete()).isFalse();
    }

    @Test
    void the_last_usage_counts_and_an_impossible_one_changes_nothing() {
        AnswerReader reader = stream(CHAT, """
                data: {"usage":{"prompt_tokens":1,"completion_tokens":1}}

                data: {"usage":{"prompt_tokens":1,"completion_tokens":2}}

                data: {"usage":null}

                data: {"usage":{"prompt_tokens":-1}}

                """);

        assertThat(reader.usage()).contains(Usage.of(1, 2));
    }

    @Test
    void an_event_that_is_no_json_is_malformed_but_what_was_learned_stays() {
        AnswerReader reader = stream(
                CHAT, "data: {\"model\":\"m\",\"usage\":{\"prompt_tokens\":1}}\n\ndata: {\"usage\":{\"prompt\n\n");

        assertThat(reader.malformed()).isTrue();
        assertThat(reader.usage()).contains(Usage.of(1, 0));
        assertThat(reader.complete()).isFalse();
    }

    @Test
    void an_error_body_is_a_failure() {
        AnswerReader reader = json("{\"error\":{\"message\":\"no\",\"type\":\"x\",\"param\":null,\"code\":null}}");

        assertThat(reader.failed()).isTrue();
        assertThat(reader.complete()).isTrue();
        assertThat(json("{\"error\":null,\"x\":{\"error\":{}}}").failed()).isFalse();
    }

    @Test
    void what_is_no_json_by_nature_is_complete_at_its_end() {
        AnswerReader speech = AnswerReader.forBody("/v1/audio/speech", false);
        AnswerReader file = AnswerReader.forBody("/v1/files/file-1/content", false);
        AnswerReader subtitles = AnswerReader.forBody("/v1/audio/transcriptions", false);

        for (AnswerReader reader : new AnswerReader[] {speech, file, subtitles}) {
            feed(reader, "\n1\n00:00:00,000 --> 00:00:01,000 {");
            assertThat(reader.complete()).isFalse();
            reader.finish();
            assertThat(reader.complete()).isTrue();
            assertThat(reader.malformed()).isFalse();
            assertThat(reader.tracksCompletion()).isFalse();
            assertThat(reader.usage()).isEmpty();
        }
        assertThat(read("/v1/audio/transcriptions", false, "{\"text\":\"a\",\"usage\":{\"input_tokens\":3}}")
                        .usage())
                .contains(Usage.of(3, 0));
    }

    @Test
    void deep_answers_are_read_without_a_stack() {
        AnswerReader reader =
                json("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"usage\":{\"prompt_tokens\":1}}");

        assertThat(reader.usage()).contains(Usage.of(1, 0));
        assertThat(json("[".repeat(100_000)).malformed()).isTrue();
    }

    @Test
    void long_strings_are_passed_over_wherever_they_are_split() {
        String text = ("x".repeat(5000) + "é😀\\n\\u00e9\\ud83d\\ude00\\\\" + "y".repeat(300) + "\\\"{").repeat(3);
        String body = "{\"data\":[{\"b64_json\":\"" + text + "\"}],\"usage\":{\"input_tokens\":5},\"model\":\"m\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(1);

        for (int i = 0; i < 500; i++) {
            AnswerReader reader = AnswerReader.forBody("/v1/images/generations", false);
            int from = 0;
            for (int to : random.ints(6, 0, bytes.length + 1).sorted().toArray()) {
                reader.feed(bytes, from, to - from);
                from = to;
            }
            reader.feed(bytes, from, bytes.length - from);
            reader.finish();
            assertThat(reader.usage()).contains(Usage.of(5, 0));
            assertThat(reader.model()).contains("m");
            assertThat(reader.malformed()).isFalse();
        }
    }

    @Test
    void an_error_in_a_long_string_is_still_seen() {
        assertThat(json("{\"a\":\"" + "x".repeat(9000) + "\n" + "x".repeat(9000) + "\"}")
                        .malformed())
                .isTrue();
        assertThat(json("{\"a\":\"" + "x".repeat(9000) + "\\q\"}").malformed()).isTrue();
        assertThat(json("{\"a\":\"" + "x".repeat(9000) + "\\u00\"}").malformed())
                .isTrue();
        assertThat(json("{\"a\":\"" + "x".repeat(9000)).malformed()).isTrue();
    }

    @Test
    void a_huge_answer_is_not_held() {
        AnswerReader reader = AnswerReader.forBody("/v1/images/generations", false);
        byte[] image = "A".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);

        feed(reader, "{\"data\":[{\"b64_json\":\"");
        for (int i = 0; i < 256; i++) {
            reader.feed(image, 0, image.length); // 256 MiB, more than the parser would take in one string
        }
        feed(reader, "\"}],\"usage\":{\"input_tokens\":5,\"output_tokens\":6}}");
        reader.finish();

        assertThat(reader.usage()).contains(Usage.of(5, 6));
        assertThat(reader.complete()).isTrue();
    }

    @Test
    void damaged_answers_never_throw() {
        String json = "{\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":1,\"prompt_tokens_details\":{\"cached_tokens\":1}},\"error\":null}";
        String nasty = "{}[]\",:\\0e-tn\n\r \u00e9\u0001";
        Random random = new Random(9);

        for (int i = 0; i < 10_000; i++) {
            StringBuilder body = new StringBuilder(i % 2 == 0 ? json : "data: " + json + "\n\ndata: " + json);
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                body.setCharAt(random.nextInt(body.length()), nasty.charAt(random.nextInt(nasty.length())));
            }
            AnswerReader reader = read(i % 3 == 0 ? RESPONSES : CHAT, i % 2 == 1, body.toString());
            Optional<Usage> usage = reader.usage();
            assertThat(usage.map(Usage::totalTokens).orElse(0L)).isGreaterThanOrEqualTo(0L);
        }
    }

    private static String chunk(int index, String finishReason, String more) {
        return "data: {\"id\":\"c\",\"model\":\"m-1\",\"choices\":[{\"index\":" + index
                + ",\"delta\":{\"content\":\"x\",\"tool_calls\":[{\"index\":0}]},\"finish_reason\":" + finishReason
                + "}]" + more
                + "}\n\n";
    }

    private interface Check {
        void on(AnswerReader reader);
    }

    private static void everySplit(String endpoint, boolean stream, String body, Check check) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i <= bytes.length; i++) {
            AnswerReader reader = AnswerReader.forBody(endpoint, stream);
            reader.feed(bytes.clone(), 0, i);
            reader.feed(bytes, i, bytes.length - i);
            reader.finish();
            check.on(reader);
        }
        AnswerReader slow = AnswerReader.forBody(endpoint, stream);
        byte[] one = new byte[1];
        for (byte b : bytes) {
            one[0] = b;
            slow.feed(one, 0, 1);
        }
        slow.finish();
        check.on(slow);
    }

    private static AnswerReader json(String body) {
        return read(CHAT, false, body);
    }

    private static AnswerReader stream(String endpoint, String body) {
        return read(endpoint, true, body);
    }

    private static AnswerReader read(String endpoint, boolean stream, String body) {
        AnswerReader reader = AnswerReader.forBody(endpoint, stream);
        feed(reader, body);
        reader.finish();
        return reader;
    }

    private static void feed(AnswerReader reader, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reader.feed(bytes, 0, bytes.length);
    }
}
