package dev.gateway4j.okhttp.internal.cache.shape;

import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.CHAT;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.EVENTS;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.HEAD;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.JSON;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.MODERATIONS;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.PLAIN;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.RESPONSE;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.RESPONSES;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.STREAM;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.STREAM_WITH_USAGE;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.USAGE;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.chunk;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.events;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.json;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.stored;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.text;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.withUsage;
import static dev.gateway4j.okhttp.internal.cache.shape.Streams.assertSound;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.Usage;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredAnswerTest {
    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":\"thinking\"}", "{\"status\":\"done\"}"})
    void a_text_of_which_nobody_knows_whether_it_goes_on_is_not_joined(String second) {
        String twice = withUsage(chunk("{\"status\":\"thinking\"}", "null") + chunk(second, "null") + STREAM);

        assertThat(stored(CHAT, EVENTS, twice).as(false, false)).isEmpty();
    }

    @Test
    void a_text_that_is_said_once_is_taken_over() {
        String once =
                withUsage(chunk("{\"status\":\"\"}", "null") + chunk("{\"status\":\"thinking\"}", "null") + STREAM);

        assertThat(text(stored(CHAT, EVENTS, once).as(false, false).orElseThrow()))
                .contains("\"status\":\"thinking\"");
    }

    @Test
    void the_same_form_keeps_its_bytes() {
        StoredAnswer plain = stored(CHAT, JSON, PLAIN);
        StoredAnswer stream = stored(CHAT, EVENTS, STREAM);
        StoredAnswer withUsage = stored(CHAT, EVENTS, STREAM_WITH_USAGE);

        assertThat(plain.as(false, false).orElseThrow().body()).isSameAs(plain.body());
        assertThat(plain.as(false, true).orElseThrow().body()).isSameAs(plain.body());
        assertThat(stream.as(true, false).orElseThrow().body()).isSameAs(stream.body());
        assertThat(withUsage.as(true, true).orElseThrow().body()).isSameAs(withUsage.body());
        assertThat(stream.as(true, false).orElseThrow().contentType()).isEqualTo(EVENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void a_usage_that_is_not_wanted_is_cut_out_and_nothing_else(String lineEnd) {
        String comment = ": processing\n\n";
        String asked = (comment + STREAM_WITH_USAGE).replace("\n", lineEnd);

        Rendition given =
                assertSound(stored(CHAT, EVENTS, asked).as(true, false).orElseThrow());

        assertThat(text(given)).isEqualTo((comment + STREAM).replace("\n", lineEnd));
        assertThat(given.ends()).hasSize(5);
        assertThat(given.ends()[1]).isEqualTo(text(given).indexOf("is.") - "data: ".length() - offset());
    }

    /** From the beginning of the JSON of a chunk to its content. */
    private static int offset() {
        return chunk("{\"content\":\"is.\"}", "null").indexOf("is.") - "data: ".length();
    }

    @Test
    void an_empty_usage_is_cut_out_wherever_it_stands() {
        String first = "data: {\"usage\" : null , \"choices\":[ ]}\n\n";
        String last = "data: {\"choices\":[], \"usage\":null }\n\n";
        String only = "data: {\"choices\":[],\"x\":{\"usage\":null},\"y\":\"\\\"usage\\\":null\"}\n\n";
        String spaced = "data: {\"choices\" : [ ] , \"usage\" : {\"prompt_tokens\":1} }\n\n";

        String given = text(stored(CHAT, EVENTS, first + last + only + spaced + STREAM)
                .as(true, false)
                .orElseThrow());

        assertThat(given).isEqualTo("data: {\"choices\":[ ]}\n\n" + "data: {\"choices\":[] }\n\n" + only + STREAM);
    }

    @Test
    void a_usage_beside_choices_was_not_asked_for_and_stays() {
        String stream =
                STREAM.replace("\"finish_reason\":\"stop\"}]", "\"finish_reason\":\"stop\"}],\"usage\":" + USAGE);

        StoredAnswer answer = stored(CHAT, EVENTS, stream);

        assertThat(answer.usage()).contains(new Usage(14, 4, 0, 2, 1));
        assertThat(text(answer.as(true, false).orElseThrow())).isEqualTo(stream);
        assertThat(answer.as(true, true).orElseThrow().body()).isSameAs(answer.body());
        assertThat(json(answer.as(false, false).orElseThrow().body()).path("usage"))
                .isEqualTo(json(USAGE.getBytes(UTF_8)));
    }

    @Test
    void a_usage_that_is_wanted_and_known_is_added_before_the_end() {
        StoredAnswer answer = stored(CHAT, EVENTS, STREAM + ": bye\n\n").withUsage(new Usage(14, 4, 0, 2, 1));

        Rendition given = assertSound(answer.as(true, true).orElseThrow());

        String chunk = "data: " + HEAD + "\"choices\":[],\"usage\":" + USAGE + "}\n\n";
        assertThat(text(given)).isEqualTo(STREAM.replace("data: [DONE]", chunk + "data: [DONE]") + ": bye\n\n");
        assertThat(events(given)).hasSize(6).contains(chunk);
    }

    @Test
    void a_stream_that_did_not_say_what_it_used_gives_neither_usage_nor_a_plain_answer() {
        StoredAnswer answer = stored(CHAT, EVENTS, STREAM);

        assertThat(answer.as(true, true)).isEmpty();
        assertThat(answer.as(false, false)).isEmpty();
        assertThat(answer.withUsage(Usage.of(1, 2)).as(false, false)).isPresent();
    }

    @Test
    void a_stream_becomes_a_plain_answer() {
        Rendition given = assertSound(
                stored(CHAT, EVENTS, STREAM_WITH_USAGE).as(false, false).orElseThrow());

        assertThat(text(given)).isEqualTo(PLAIN);
        assertThat(given.contentType()).isEqualTo(JSON);
    }

    @Test
    void a_plain_answer_becomes_a_stream_in_pieces() {
        String plain = PLAIN.replace(
                "Paris.", "Paris is the capital of France, and \uD83D\uDE00\uD83D\uDE00 has been for long.");

        Rendition with = assertSound(stored(CHAT, JSON, plain).as(true, true).orElseThrow());
        Rendition without =
                assertSound(stored(CHAT, JSON, plain).as(true, false).orElseThrow());

        assertThat(text(with))
                .endsWith("data: " + HEAD + "\"choices\":[],\"usage\":" + USAGE + "}\n\ndata: [DONE]\n\n");
        assertThat(events(with).get(0))
                .contains(
                        "\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}");
        assertThat(events(with)).hasSizeGreaterThan(6);
        assertThat(text(without))
                .doesNotContain("usage")
                .endsWith("\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        assertThat(with.contentType()).isEqualTo(EVENTS);
        assertThat(text(stored(CHAT, EVENTS, text(with)).as(false, false).orElseThrow()))
                .isEqualTo(plain);
        assertThat(with.atNanos()[with.atNanos().length - 1])
                .isEqualTo((plain.getBytes(UTF_8).length - 1) / 10 * 1_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // tool calls, one of them custom, one without arguments
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"location\\\": \\\"Boston and a lot more\\\"}\"}},{\"id\":\"call_2\",\"type\":\"custom\",\"custom\":{\"name\":\"g\",\"input\":\"some text that is long enough\"}},{\"id\":\"call_3\",\"type\":\"function\",\"function\":{\"name\":\"h\",\"arguments\":\"\"}}],\"refusal\":null,\"annotations\":[]},\"finish_reason\":\"tool_calls\"}",
                // the function call of old
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\": 1}\"}},\"logprobs\":null,\"finish_reason\":\"function_call\"}",
                // logprobs
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi there you all and everybody\",\"refusal\":null},\"logprobs\":{\"content\":[{\"token\":\"Hi\",\"logprob\":-0.10,\"bytes\":[72,105],\"top_logprobs\":[]}],\"refusal\":null},\"finish_reason\":\"stop\"}",
                // thoughts of compatible servers, members nobody knows
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"yes\",\"reasoning_content\":\"I thought about it for a long time.\",\"reasoning\":null,\"x\":{\"y\":[1,2.0]},\"z\":\"one two three four five six\"},\"finish_reason\":\"stop\",\"content_filter_results\":{\"hate\":{\"filtered\":false}}}",
                // citations, and what is empty
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"\",\"annotations\":[{\"type\":\"url_citation\"}],\"tool_calls\":[],\"function_call\":null,\"reasoning\":\"\"},\"finish_reason\":\"stop\"}",
                // half a character
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"\\ud83d alone \\ud83d\\ude00\"},\"finish_reason\":\"stop\"}",
                // several choices
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"finish_reason\":\"stop\"},{\"index\":1,\"message\":{\"role\":\"assistant\",\"content\":\"b c d e f g\"},\"finish_reason\":\"stop\"}",
            })
    void a_plain_answer_comes_back_from_its_stream_as_it_was(String choices) {
        String plain =
                "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":["
                        + choices + "],\"usage\":" + USAGE
                        + ",\"system_fingerprint\":null,\"prompt_filter_results\":[{\"a\":1}]}";

        String stream =
                text(assertSound(stored(CHAT, JSON, plain).as(true, true).orElseThrow()));
        byte[] back =
                stored(CHAT, EVENTS, stream).as(false, false).orElseThrow().body();

        assertThat(json(back)).isEqualTo(json(plain.getBytes(UTF_8)));
    }

    @Test
    void a_completion_comes_back_from_its_stream_as_it_was() {
        String plain =
                "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1,\"model\":\"davinci-002\",\"choices\":["
                        + "{\"text\":\"one two three four five six seven\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"},"
                        + "{\"text\":\"ab\",\"index\":1,\"logprobs\":{\"tokens\":[\"a\",\"b\"],\"token_logprobs\":[null,-0.50],"
                        + "\"top_logprobs\":null,\"text_offset\":[0,1]},\"finish_reason\":\"stop\"}],\"usage\":" + USAGE
                        + "}";

        String stream = text(assertSound(
                stored(Bodies.COMPLETIONS, JSON, plain).as(true, true).orElseThrow()));
        byte[] back = stored(Bodies.COMPLETIONS, EVENTS, stream)
                .as(false, false)
                .orElseThrow()
                .body();

        assertThat(stream).contains("\"text\":\"one two three four\"", "\"usage\":null");
        assertThat(json(back)).isEqualTo(json(plain.getBytes(UTF_8)));
    }

    @Test
    void a_response_comes_back_from_its_stream_to_the_byte() {
        Rendition stream =
                assertSound(stored(RESPONSES, JSON, RESPONSE).as(true, false).orElseThrow());

        StoredAnswer again = stored(RESPONSES, EVENTS, text(stream));

        assertThat(json(again.as(false, false).orElseThrow().body())).isEqualTo(json(RESPONSE.getBytes(UTF_8)));
        assertThat(again.as(true, false).orElseThrow().body()).isSameAs(again.body());
        assertThat(again.as(true, true).orElseThrow().body()).isSameAs(again.body());
        assertThat(again.usage()).contains(Usage.of(12, 70));
    }

    @Test
    void the_events_of_a_response_come_in_order_with_all_they_say() {
        Rendition stream = stored(RESPONSES, JSON, RESPONSE).as(true, false).orElseThrow();

        List<String> types = events(stream).stream()
                .map(event -> event.lines().findFirst().orElseThrow().substring("event: response.".length()))
                .toList();

        assertThat(types)
                .containsExactly(
                        "created",
                        "in_progress",
                        "output_item.added",
                        "reasoning_summary_part.added",
                        "reasoning_summary_text.delta",
                        "reasoning_summary_text.delta",
                        "reasoning_summary_text.done",
                        "reasoning_summary_part.done",
                        "output_item.done",
                        "output_item.added",
                        "content_part.added",
                        "output_text.delta",
                        "output_text.delta",
                        "output_text.annotation.added",
                        "output_text.done",
                        "content_part.done",
                        "output_item.done",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "output_item.added",
                        "output_item.done",
                        "completed");
        assertThat(Streams.data(stream))
                .extracting(event -> event.path("sequence_number").asInt())
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, types.size())
                        .boxed()
                        .toList());
        assertThat(joined(stream, "response.output_text.delta"))
                .isEqualTo("Paris is the capital \uD83D\uDE00 of France.");
        assertThat(joined(stream, "response.function_call_arguments.delta")).isEqualTo("{\"a\": 1}");
        assertThat(joined(stream, "response.reasoning_summary_text.delta"))
                .isEqualTo("I think of the capital of a country.");
    }

    private static String joined(Rendition stream, String type) {
        return Streams.data(stream).stream()
                .filter(event -> event.path("type").asText().equals(type))
                .map(event -> event.path("delta").asText())
                .collect(Collectors.joining());
    }

    @Test
    void what_cannot_be_converted_without_guessing_is_not_given() {
        String parts = PLAIN.replace("\"Paris.\"", "[{\"type\":\"text\",\"text\":\"x\"}]");
        String names = withTool(
                "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\"}}",
                "{\"index\":0,\"function\":{\"name\":\"g\"}}");
        String ids = withTool("{\"index\":0,\"id\":\"a\"}", "{\"index\":0,\"id\":\"b\"}");
        String unnumbered = withTool("{\"id\":\"a\"}", "{\"id\":\"b\"}");

        assertThat(stored(CHAT, JSON, parts).as(true, false)).isEmpty();
        assertThat(stored(CHAT, EVENTS, names).as(false, false)).isEmpty();
        assertThat(stored(CHAT, EVENTS, ids).as(false, false)).isEmpty();
        assertThat(stored(CHAT, EVENTS, unnumbered).as(false, false)).isEmpty();
        assertThat(stored(MODERATIONS, JSON, "{\"results\":[{\"categories\":{}}]}")
                        .as(true, false))
                .isEmpty();
    }

    @Test
    void an_entry_that_is_not_what_it_says_gives_nothing() {
        StoredAnswer good = stored(CHAT, EVENTS, STREAM_WITH_USAGE);
        int[] end = {5};
        long[] time = {1};

        for (String body : List.of("", "data: {}\n\n", "data: \"usage\"\n\n", ": \"usage\"\n\n", "\"usage\"")) {
            for (String endpoint : List.of(CHAT, RESPONSES, MODERATIONS)) {
                byte[] bytes = body.getBytes(UTF_8);
                StoredAnswer odd = new StoredAnswer(
                        endpoint, EVENTS, good.requestId(), true, bytes, end, time, good.model(), good.usage());
                StoredAnswer plain = new StoredAnswer(
                        endpoint, JSON, good.requestId(), false, bytes, end, time, good.model(), good.usage());

                assertThat(odd.as(false, false)).isEmpty();
                assertThat(plain.as(true, true)).isEmpty();
            }
            StoredAnswer odd = new StoredAnswer(
                    CHAT, EVENTS, good.requestId(), true, body.getBytes(UTF_8), end, time, good.model(), good.usage());
            assertThat(odd.as(true, true)).isEmpty();
        }
    }

    private static String withTool(String first, String second) {
        return chunk("{\"tool_calls\":[" + first + "]}", "null")
                + chunk("{\"tool_calls\":[" + second + "]}", "null")
                + STREAM_WITH_USAGE;
    }

    @Test
    void a_surrogate_pair_that_two_chunks_share_is_put_together() {
        String stream = STREAM_WITH_USAGE.replace("\"Par\"", "\"\\ud83d\"").replace("\"is.\"", "\"\\ude00\"");

        byte[] plain =
                stored(CHAT, EVENTS, stream).as(false, false).orElseThrow().body();

        assertThat(json(plain).at("/choices/0/message/content").asText()).isEqualTo("\uD83D\uDE00");
    }

    @Test
    void the_first_chunk_of_azure_says_nothing_about_id_model_and_time() {
        String first = "data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
                + "\"prompt_filter_results\":[{\"prompt_index\":0}]}\n\n";

        byte[] plain = stored(CHAT, EVENTS, first + STREAM_WITH_USAGE)
                .as(false, false)
                .orElseThrow()
                .body();

        assertThat(json(plain).path("id").asText()).isEqualTo("chatcmpl-1");
        assertThat(json(plain).path("created").asLong()).isEqualTo(1700000000);
        assertThat(json(plain).path("model").asText()).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(json(plain).path("prompt_filter_results")).hasSize(1);
    }

    @Test
    void chunks_that_interleave_come_out_in_order() {
        String stream = "data: " + HEAD
                + "\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"},\"finish_reason\":null}]}\n\n"
                + STREAM_WITH_USAGE.replace("data: [DONE]", chunk(1, "{}", "\"stop\"") + "data: [DONE]");

        byte[] plain =
                stored(CHAT, EVENTS, stream).as(false, false).orElseThrow().body();

        assertThat(json(plain).at("/choices/0/message/content").asText()).isEqualTo("Paris.");
        assertThat(json(plain).at("/choices/1/message/content").asText()).isEqualTo("b");
        assertThat(json(plain).at("/choices/1/message/role").asText()).isEqualTo("assistant");
    }

    @Test
    void data_in_several_lines_is_read_and_left_as_it_is() {
        String stream = STREAM.replace(",\"choices\"", ",\ndata: \"choices\"");

        StoredAnswer answer = stored(CHAT, EVENTS, stream).withUsage(Usage.of(3, 4));

        assertThat(text(answer.as(true, false).orElseThrow())).isEqualTo(stream);
        assertThat(json(answer.as(false, false).orElseThrow().body())
                        .at("/usage/total_tokens")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void pieces_are_a_few_words_and_never_half_a_character() {
        String text = "\uD83D\uDE00".repeat(60) + " one two three four five six seven  eight";

        List<String> pieces = Pieces.of(text);

        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces).allSatisfy(piece -> {
            assertThat(piece.length()).isLessThanOrEqualTo(50);
            assertThat(new String(piece.getBytes(UTF_8), UTF_8)).isEqualTo(piece);
        });
        assertThat(Pieces.of("")).isEmpty();
    }
}
