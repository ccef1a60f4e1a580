package dev.gateway4j.simulator.internal.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.Usage;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatEncodingTest {
    private static final ChatHead HEAD =
            new ChatHead("chatcmpl-1", 1_774_963_589, Models.deployed("gpt-4o-mini-2024-07-18"), "default");
    private static final Choice WEATHER = Plans.calls(
            Plans.function("get_weather", "{\"city\": \"Oslo\"}"), Plans.function("get_time", "{\"zone\": \"UTC\"}"));

    @Test
    void tool_calls_stand_between_content_and_refusal() {
        ChatChoice choice = ChatChoice.of(
                Plans.calls(Plans.function("f", "{}"), Plans.custom("sql", "SELECT 1")), List.of("call_a", "call_b"));

        assertThat(body(choice)).contains("""
                      "message": {
                        "role": "assistant",
                        "content": null,
                        "tool_calls": [
                          {
                            "id": "call_a",
                            "type": "function",
                            "function": {
                              "name": "f",
                              "arguments": "{}"
                            }
                          },
                          {
                            "id": "call_b",
                            "type": "custom",
                            "custom": {
                              "name": "sql",
                              "input": "SELECT 1"
                            }
                          }
                        ],
                        "refusal": null,
                        "annotations": []
                      },
                      "logprobs": null,
                      "finish_reason": "tool_calls"
                """);
    }

    @Test
    void a_function_called_in_the_older_way_has_no_id_and_a_finish_of_its_own() {
        ChatChoice choice = ChatChoice.of(Plans.calls(Plans.function("f", "{\"a\":1}")), List.of());

        JsonNode whole = tree(body(choice)).at("/choices/0");
        List<String> deltas = deltas(List.of(choice));

        assertThat(whole.path("message").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":"
                        + "\"{\\\"a\\\":1}\"},\"refusal\":null,\"annotations\":[]}");
        assertThat(whole.path("finish_reason").asText()).isEqualTo("function_call");
        assertThat(deltas.get(0))
                .isEqualTo(
                        "0 {\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"\"},"
                                + "\"refusal\":null} null");
        assertThat(deltas.get(1)).isEqualTo("0 {\"function_call\":{\"arguments\":\"{\\\"\"}} null");
        assertThat(deltas.get(deltas.size() - 1)).isEqualTo("0 {} function_call");
    }

    @Test
    void one_call_opens_with_the_role_and_several_open_one_after_the_other() {
        List<String> one = deltas(List.of(ChatChoice.of(Plans.calls(Plans.function("f", "{}")), List.of("call_a"))));
        List<String> two = deltas(List.of(ChatChoice.of(WEATHER, List.of("call_a", "call_b"))));

        assertThat(one)
                .containsExactly(
                        "0 {\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_a\",\"type\":"
                                + "\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}],\"refusal\":null} null",
                        "0 {\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]} null",
                        "0 {} tool_calls");
        assertThat(two.get(0)).isEqualTo("0 {\"role\":\"assistant\",\"content\":null} null");
        assertThat(two.get(1))
                .isEqualTo(
                        "0 {\"tool_calls\":[{\"index\":0,\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":"
                                + "\"get_weather\",\"arguments\":\"\"}}]} null");
        int second = two.indexOf(
                "0 {\"tool_calls\":[{\"index\":1,\"id\":\"call_b\",\"type\":\"function\",\"function\":{\"name\":"
                        + "\"get_time\",\"arguments\":\"\"}}]} null");
        assertThat(two.subList(2, second)).isNotEmpty().allMatch(delta -> delta.contains("\"index\":0"));
        assertThat(two.subList(second + 1, two.size() - 1))
                .isNotEmpty()
                .allMatch(delta -> delta.startsWith("0 {\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\""));
    }

    @Test
    void streamed_arguments_joined_are_the_whole_ones() {
        ChatChoice choice = ChatChoice.of(WEATHER, List.of("call_a", "call_b"));
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        for (JsonNode chunk : chunks(List.of(choice))) {
            for (JsonNode call : chunk.at("/choices/0/delta/tool_calls")) {
                (call.path("index").asInt() == 0 ? first : second)
                        .append(call.at("/function/arguments").asText());
            }
        }

        assertThat(first).hasToString("{\"city\": \"Oslo\"}");
        assertThat(second).hasToString("{\"zone\": \"UTC\"}");
    }

    @Test
    void a_custom_tool_streams_its_input() {
        List<String> deltas =
                deltas(List.of(ChatChoice.of(Plans.calls(Plans.custom("sql", "SELECT")), List.of("call_a"))));

        assertThat(deltas)
                .containsExactly(
                        "0 {\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_a\",\"type\":"
                                + "\"custom\",\"custom\":{\"name\":\"sql\",\"input\":\"\"}}],\"refusal\":null} null",
                        "0 {\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"SELECT\"}}]} null",
                        "0 {} tool_calls");
    }

    @Test
    void words_may_come_before_calls() {
        Choice choice = new Choice(
                Plans.pieces("Look"), Pieces.NONE, List.of(Plans.function("f", "{}")), Pieces.NONE, Finish.TOOL_CALLS);

        List<String> deltas = deltas(List.of(ChatChoice.of(choice, List.of("call_a"))));

        assertThat(deltas.get(0)).isEqualTo("0 {\"role\":\"assistant\",\"content\":\"\",\"refusal\":null} null");
        assertThat(deltas.get(1)).isEqualTo("0 {\"content\":\"Look\"} null");
        assertThat(deltas.get(2)).startsWith("0 {\"tool_calls\":[{\"index\":0,\"id\":\"call_a\"");
    }

    @Test
    void a_refusal_has_no_content() {
        ChatChoice choice = ChatChoice.of(Plans.refusal("I can't."), List.of());

        assertThat(tree(body(choice)).at("/choices/0/message").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I can't.\",\"annotations\":[]}");
        assertThat(deltas(List.of(choice)))
                .containsExactly(
                        "0 {\"role\":\"assistant\",\"content\":null,\"refusal\":\"\"} null",
                        "0 {\"refusal\":\"I\"} null",
                        "0 {\"refusal\":\" can't\"} null",
                        "0 {\"refusal\":\".\"} null",
                        "0 {} stop");
    }

    @Test
    void an_answer_that_is_all_reasoning_has_empty_content() {
        ChatChoice choice = ChatChoice.of(Choice.of(Pieces.NONE, Finish.LENGTH), List.of());

        assertThat(tree(body(choice)).at("/choices/0/message/content").asText("null"))
                .isEmpty();
        assertThat(deltas(List.of(choice)))
                .containsExactly("0 {\"role\":\"assistant\",\"content\":\"\",\"refusal\":null} null", "0 {} length");
    }

    @Test
    void choices_take_turns_and_each_opens_with_its_first_token() {
        List<String> deltas = deltas(List.of(
                ChatChoice.of(Plans.text("Hey there!"), List.of()), ChatChoice.of(Plans.text("Not much"), List.of())));

        String role = " {\"role\":\"assistant\",\"content\":\"\",\"refusal\":null} null";
        assertThat(deltas)
                .containsExactly(
                        "0" + role,
                        "0 {\"content\":\"Hey\"} null",
                        "1" + role,
                        "1 {\"content\":\"Not\"} null",
                        "0 {\"content\":\" there\"} null",
                        "1 {\"content\":\" much\"} null",
                        "0 {\"content\":\"!\"} null",
                        "1 {} stop",
                        "0 {} stop");
    }

    @Test
    void every_token_tells_how_likely_it_was() {
        Pieces text = Plans.pieces("Hello, wörld 👩‍🚀!");
        ChatChoice choice = likely(Choice.of(text, Finish.STOP), text, 3);

        JsonNode whole = tree(body(choice)).at("/choices/0/logprobs");
        List<JsonNode> streamed = new ArrayList<>();
        for (JsonNode chunk : chunks(List.of(choice))) {
            chunk.at("/choices/0/logprobs/content").forEach(streamed::add);
        }

        assertThat(whole.path("refusal").isNull()).isTrue();
        assertThat(whole.path("content")).hasSize(text.tokens()).isEqualTo(tree(streamed.toString()));
        List<Byte> bytes = new ArrayList<>();
        for (JsonNode token : whole.path("content")) {
            token.path("bytes").forEach(one -> bytes.add((byte) one.asInt()));
            assertThat(token.path("top_logprobs")).hasSize(3);
            assertThat(token.path("top_logprobs").toString())
                    .contains(token.path("logprob").asText(), "\"token\":" + token.path("token"));
            double sum = 0;
            double above = 0;
            for (JsonNode other : token.path("top_logprobs")) {
                sum += Math.exp(other.path("logprob").asDouble());
                assertThat(other.path("logprob").asDouble()).isLessThanOrEqualTo(above);
                above = other.path("logprob").asDouble();
            }
            assertThat(sum).isLessThanOrEqualTo(1.0000001);
        }
        byte[] all = new byte[bytes.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes.get(i);
        }
        assertThat(new String(all, StandardCharsets.UTF_8)).isEqualTo(text.text());
    }

    @Test
    void probabilities_open_empty_and_end_with_null() {
        Pieces text = Plans.pieces("Foo!");
        List<JsonNode> chunks = chunks(List.of(likely(Choice.of(text, Finish.STOP), text, 0)));

        assertThat(chunks.get(0).at("/choices/0/logprobs").toString()).isEqualTo("{\"content\":[],\"refusal\":null}");
        assertThat(chunks.get(1).at("/choices/0/logprobs").toString())
                .startsWith("{\"content\":[{\"token\":\"Foo\",\"logprob\":")
                .endsWith(",\"bytes\":[70,111,111],\"top_logprobs\":[]}],\"refusal\":null}");
        assertThat(chunks.get(3).at("/choices/0/logprobs").isNull()).isTrue();
    }

    @Test
    void probabilities_of_a_refusal_stand_under_refusal() {
        Choice refusal = Plans.refusal("No.");
        ChatChoice choice = likely(refusal, refusal.refusal(), 0);

        assertThat(tree(body(choice)).at("/choices/0/logprobs/content").isNull())
                .isTrue();
        assertThat(tree(body(choice)).at("/choices/0/logprobs/refusal")).hasSize(2);
        assertThat(chunks(List.of(choice)).get(0).at("/choices/0/logprobs").toString())
                .isEqualTo("{\"content\":null,\"refusal\":[]}");
    }

    @Test
    void small_probabilities_are_printed_as_on_the_wire() {
        assertThat(ChatLogprobs.number(-3.4121115e-6)).isEqualTo("-3.4121115e-6");
        assertThat(ChatLogprobs.number(-0.000033809047)).isEqualTo("-0.000033809047");
        assertThat(ChatLogprobs.number(-0.0025094282)).isEqualTo("-0.0025094282");
        assertThat(ChatLogprobs.number(-1)).isEqualTo("-1.0");
        assertThat(ChatLogprobs.number(0)).isEqualTo("0.0");
    }

    @Test
    void citations_are_found_in_the_text_and_come_before_the_end() {
        String said =
                "Ruby 3.4 is out. ([ruby-lang.org](https://www.ruby-lang.org/news/ruby-3-4-released/?utm_source=openai))";
        Choice choice = Plans.text(said);
        ChatChoice cited = new ChatChoice(choice, List.of(), Optional.empty(), Citation.in(said), Optional.empty());

        JsonNode annotation = tree(body(cited)).at("/choices/0/message/annotations/0");
        List<String> deltas = deltas(List.of(cited));

        assertThat(annotation.toString())
                .isEqualTo("{\"type\":\"url_citation\",\"url_citation\":{\"end_index\":" + said.length()
                        + ",\"start_index\":17,\"title\":\"ruby 3 4 released\",\"url\":"
                        + "\"https://www.ruby-lang.org/news/ruby-3-4-released/?utm_source=openai\"}}");
        assertThat(deltas.get(deltas.size() - 2)).startsWith("0 {\"annotations\":[{\"type\":\"url_citation\"");
    }

    @Test
    void a_spoken_answer_is_a_playable_file_and_its_words() {
        Choice choice = Plans.text("Good morning to you");
        Speech speech = Speech.of(choice, "wav", "audio_1", 1_774_967_189);
        ChatChoice spoken = new ChatChoice(choice, List.of(), Optional.empty(), List.of(), Optional.of(speech));

        JsonNode message = tree(body(spoken)).at("/choices/0/message");
        byte[] wav = Base64.getDecoder().decode(message.at("/audio/data").asText());
        StringBuilder data = new StringBuilder();
        StringBuilder transcript = new StringBuilder();
        for (JsonNode chunk : chunks(List.of(spoken))) {
            data.append(chunk.at("/choices/0/delta/audio/data").asText());
            transcript.append(chunk.at("/choices/0/delta/audio/transcript").asText());
        }

        assertThat(message.path("content").isNull()).isTrue();
        assertThat(message.path("audio").properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("id", "data", "expires_at", "transcript");
        assertThat(new String(wav, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
        assertThat(new String(wav, 8, 8, StandardCharsets.US_ASCII)).isEqualTo("WAVEfmt ");
        assertThat(wav).hasSize(44 + 4 * 1_200 * 2);
        assertThat(data).hasToString(message.at("/audio/data").asText());
        assertThat(transcript).hasToString("Good morning to you");
    }

    @Test
    void usage_of_sound_tells_text_apart() {
        ChatUsage usage = new ChatUsage(new Usage(30, 0, 0, 12, 0), false, true, 20, 8);

        assertThat(Json.compact(usage::write))
                .isEqualTo(
                        "{\"prompt_tokens\":30,\"completion_tokens\":12,\"total_tokens\":42,\"prompt_tokens_details\":"
                                + "{\"cached_tokens\":0,\"audio_tokens\":20,\"text_tokens\":10,\"image_tokens\":0},"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":8,"
                                + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0,\"text_tokens\":4}}");
    }

    @Test
    void azure_says_which_filter_cut_an_answer() {
        ChatChoice cut = ChatChoice.of(Choice.of(Plans.pieces("Once upon"), Finish.CONTENT_FILTER), List.of());
        ChatStream stream = new ChatStream(HEAD, List.of(cut), usage(), false, Optional.empty(), Plans.instant(), 0);

        byte[] whole = AzureBodies.completion(ChatBody.of(HEAD, List.of(cut), usage()));
        String streamed = Plans.read(new AzureStream(stream));

        String hit = "\"violence\":{\"filtered\":true,\"severity\":\"medium\"}";
        assertThat(new String(whole, StandardCharsets.UTF_8)).contains(hit + "},\"finish_reason\":\"content_filter\"");
        assertThat(streamed).contains(hit + "},\"delta\":{},\"finish_reason\":\"content_filter\"");
    }

    @Test
    void a_searching_model_tells_neither_tier_nor_fingerprint() {
        ChatHead head = new ChatHead("chatcmpl-1", 1, Models.deployed("gpt-4o-mini-search-preview"), "");

        String body = new String(
                ChatBody.of(head, List.of(ChatChoice.of(Plans.text("Hi"), List.of())), usage()),
                StandardCharsets.UTF_8);

        assertThat(body)
                .contains("\"system_fingerprint\": \"\"")
                .doesNotContain("service_tier")
                .doesNotContain("logprobs");
    }

    private static ChatChoice likely(Choice choice, Pieces text, int top) {
        ChatLogprobs logprobs = ChatLogprobs.of(text, new Draws(5), top);
        return new ChatChoice(choice, List.of(), Optional.of(logprobs), List.of(), Optional.empty());
    }

    private static ChatUsage usage() {
        return ChatUsage.of(new Usage(9, 0, 0, 3, 0), false);
    }

    private static String body(ChatChoice choice) {
        return new String(ChatBody.of(HEAD, List.of(choice), usage()), StandardCharsets.UTF_8);
    }

    private static List<JsonNode> chunks(List<ChatChoice> choices) {
        ChatStream stream =
                new ChatStream(HEAD, choices, usage(), false, Optional.of(new Draws(3)), Plans.instant(), 0);
        List<JsonNode> chunks = new ArrayList<>();
        for (String line : Plans.read(stream).lines().toList()) {
            if (line.startsWith("data: {")) {
                String json = line.substring("data: ".length());
                assertThat(json.codePointCount(0, json.length()) % 16).isEqualTo(1);
                chunks.add(tree(json));
            }
        }
        return chunks;
    }

    /** Index, delta and finish of every chunk. */
    private static List<String> deltas(List<ChatChoice> choices) {
        return chunks(choices).stream()
                .map(chunk -> chunk.at("/choices/0"))
                .map(choice -> choice.path("index").asInt() + " " + choice.path("delta") + " "
                        + choice.path("finish_reason").asText())
                .toList();
    }

    private static JsonNode tree(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
