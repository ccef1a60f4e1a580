package dev.gateway4j.api.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gateway4j.api.openai.RequestFacts.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final int DEPTH = 64;

    @Test
    void a_chat_request_gives_all_its_facts() {
        String body = """
                {"model": "gpt-4o", "stream": true, "stream_options": {"x": [1], "include_usage": true}, "user": "ann",
                 "max_tokens": 7, "max_completion_tokens": 99, "n": 3, "temperature": 0.25, "store": false,
                 "service_tier": "flex", "metadata": {"model": "decoy"},
                 "messages": [
                   {"role": "system", "content": "abc"},
                   {"role": "user", "content": [
                      {"type": "text", "text": "de\\u00e9\\ud83d\\ude00"},
                      {"type": "image_url", "image_url": {"url": "data:xxxx", "text": "no"}}]},
                   {"role": "assistant", "content": null, "tool_calls": [{"function": {"arguments": "{}"}}]}],
                 "tools": [{"type": "function"}, {"type": "custom"}], "functions": [{}]}
                """;

        RequestFacts facts = read(body);

        assertThat(facts.shape()).isEqualTo(Shape.OBJECT);
        assertThat(facts.model()).contains("gpt-4o");
        assertThat(facts.stream()).isTrue();
        assertThat(facts.includeUsage()).isTrue();
        assertThat(facts.user()).contains("ann");
        assertThat(facts.maxOutputTokens()).hasValue(99);
        assertThat(facts.n()).isEqualTo(3);
        assertThat(facts.temperature()).hasValue(0.25);
        assertThat(facts.store()).contains(false);
        assertThat(facts.previousResponse()).isFalse();
        assertThat(facts.serviceTier()).contains("flex");
        assertThat(facts.messages()).isEqualTo(3);
        assertThat(facts.textCharacters()).isEqualTo(3 + 5);
        assertThat(facts.images()).isEqualTo(1);
        assertThat(facts.tools()).isEqualTo(3);
    }

    static Stream<Arguments> prompts() {
        return Stream.of(
                arguments("{\"input\":\"12345\",\"instructions\":\"678\"}", 8, 0, 0),
                arguments("{\"input\":[{\"role\":\"user\",\"content\":\"1234\"}]}", 4, 1, 0),
                arguments(
                        "{\"input\":[{\"content\":[{\"type\":\"input_text\",\"text\":\"12\"},"
                                + "{\"type\":\"input_image\",\"image_url\":\"http://x\"}]},"
                                + "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"345\"}]}",
                        5,
                        2,
                        1),
                arguments("{\"input\":[\"12\",\"3\"]}", 3, 0, 0),
                arguments("{\"input\":[[1,2,3],[4]]}", 0, 0, 0),
                arguments("{\"prompt\":\"1234\"}", 4, 0, 0),
                arguments("{\"prompt\":[\"12\",\"34\",5]}", 4, 0, 0),
                arguments("{\"messages\":{\"content\":\"abc\"}}", 0, 0, 0),
                arguments("{\"messages\":[{\"content\":\"abcdef\"}],\"messages\":[{\"content\":\"a\"}]}", 1, 1, 0));
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void the_text_of_every_kind_of_prompt_is_counted(String body, int characters, int messages, int images) {
        RequestFacts facts = read(body);

        assertThat(facts.textCharacters()).isEqualTo(characters);
        assertThat(facts.messages()).isEqualTo(messages);
        assertThat(facts.images()).isEqualTo(images);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":5,\"stream\":\"yes\",\"stream_options\":true,\"user\":{},\"max_tokens\":\"9\",\"n\":0}",
                "{\"model\":null,\"stream\":1,\"stream_options\":{\"include_usage\":\"true\"},\"user\":[],\"max_tokens\":-1}",
                "{\"model\":[\"x\"],\"n\":1.5,\"temperature\":\"hot\",\"store\":\"no\",\"service_tier\":3}",
                "{\"n\":99999999999999999999,\"max_tokens\":9999999999999999999999,\"tools\":{},\"messages\":\"\"}",
                "{\"max_output_tokens\":1e3,\"previous_response_id\":null,\"conversation\":null,\"temperature\":null}"
            })
    void a_member_of_the_wrong_type_is_unset(String body) {
        RequestFacts facts = read(body);

        assertThat(facts).isEqualTo(RequestFacts.of(Shape.OBJECT));
    }

    @Test
    void of_several_caps_on_output_the_largest_counts() {
        assertThat(read("{\"max_output_tokens\":3,\"max_tokens\":2}").maxOutputTokens())
                .hasValue(3);
        assertThat(read("{\"max_completion_tokens\":3,\"max_tokens\":4000}").maxOutputTokens())
                .hasValue(4000);
        assertThat(read("{\"max_output_tokens\":3}").maxOutputTokens()).hasValue(3);
        assertThat(read("{\"max_tokens\":0}").maxOutputTokens()).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'input':'héllo'}                         | 6 | 0 | 1",
                "{'input':['日本','ab']}                | 8 | 0 | 2",
                "{'input':['😀']}                       | 4 | 0 | 1",
                "{'input':[1,2,3]}                              | 0 | 3 | 1",
                "{'input':[[1,2],[3,4,5]]}                      | 0 | 5 | 2",
                "{'prompt':['a','b','c'],'n':2}                 | 3 | 0 | 3",
                "{'prompt':[7,8]}                               | 0 | 2 | 1",
                "{'input':[1,2],'input':'abc'}                  | 3 | 0 | 1",
                "{'messages':[{'role':'user','content':'ü'}]} | 2 | 0 | 1"
            })
    void what_the_model_reads_is_measured(String body, long textBytes, long tokens, int prompts) {
        RequestFacts.Sizes sizes = read(body.replace('\'', '"')).sizes();

        assertThat(sizes).isEqualTo(new RequestFacts.Sizes(textBytes, tokens, prompts, 0));
    }

    @Test
    void tools_are_measured_as_they_stand_in_the_body() {
        String tools = "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

        assertThat(read("{\"tools\":" + tools + "}").sizes().toolBytes()).isEqualTo(tools.length());
    }

    @Test
    void an_earlier_response_or_a_conversation_is_state() {
        assertThat(read("{\"previous_response_id\":\"resp_1\"}").previousResponse())
                .isTrue();
        assertThat(read("{\"conversation\":{\"id\":\"conv_1\"}}").previousResponse())
                .isTrue();
    }

    @Test
    void of_two_models_the_last_one_counts() {
        RequestFacts facts = read("{\"model\":\"first\",\"model\":\"last\"}");

        assertThat(facts.model()).contains("last");
        assertThat(new String(facts.withModel(bytes("{\"model\":\"first\",\"model\":\"last\"}"), "x"), UTF_8))
                .isEqualTo("{\"model\":\"first\",\"model\":\"x\"}");
        assertThat(read("{\"model\":\"first\",\"model\":1}").model()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"gpt\",\"n\":1}",
                "{ \"é😀\" : [1,{}], \"model\" \n:\t \"g\\u0070t\\\"\" , \"a\":\"b\" }",
                "\uFEFF{\"a\":1,\"model\":\"\"}",
                "{\"model\":\"日本語\"}"
            })
    void only_the_model_is_replaced(String body) {
        byte[] before = bytes(body);
        RequestFacts facts = RequestReader.read(before, DEPTH);

        byte[] after = facts.withModel(before, "a \"b\" \\ \n é");

        String token =
                new String(Arrays.copyOfRange(before, facts.modelStart(), facts.modelEnd()), StandardCharsets.UTF_8);
        assertThat(token).startsWith("\"").endsWith("\"");
        assertThat(new String(after, UTF_8)).isEqualTo(body.replace(token, "\"a \\\"b\\\" \\\\ \\n é\""));
        assertThat(RequestReader.read(after, DEPTH).model()).contains("a \"b\" \\ \n é");
    }

    @Test
    void without_a_model_nothing_is_replaced() {
        byte[] body = bytes("{\"n\":1}");

        assertThat(RequestReader.read(body, DEPTH).withModel(body, "x")).isEqualTo(body);
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                arguments("", Shape.ABSENT),
                arguments("{}", Shape.OBJECT),
                arguments(" \n{ } ", Shape.OBJECT),
                arguments("[]", Shape.NOT_OBJECT),
                arguments("\"text\"", Shape.NOT_OBJECT),
                arguments("1", Shape.NOT_OBJECT),
                arguments("null", Shape.NOT_OBJECT),
                arguments(" ", Shape.MALFORMED),
                arguments("{", Shape.MALFORMED),
                arguments("{}{}", Shape.MALFORMED),
                arguments("{} x", Shape.MALFORMED),
                arguments("[1,]", Shape.MALFORMED),
                arguments("{'a':1}", Shape.MALFORMED),
                arguments("{\"a\":01}", Shape.MALFORMED),
                arguments("{\"a\":NaN}", Shape.MALFORMED),
                arguments("{\"a\":\"\\x\"}", Shape.MALFORMED),
                arguments("{\"a\":\"\n\"}", Shape.MALFORMED),
                arguments("{\"model\":\"m\",\"a\":}", Shape.MALFORMED),
                arguments("--boundary\r\ncontent", Shape.MALFORMED),
                arguments("[[[[]]]]", Shape.NOT_OBJECT),
                arguments("[[[[[]]]]]", Shape.TOO_DEEP),
                arguments("{\"messages\":[{\"content\":[{}]}]}", Shape.TOO_DEEP),
                arguments("{\"messages\":[{\"content\":[\"a\"]}]}", Shape.OBJECT),
                arguments("{\"a\":[],\"a\":[],\"b\":[[[]]],\"c\":{\"d\":{\"e\":{}}}}", Shape.OBJECT));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void the_shape_says_what_the_body_is(String body, Shape shape) {
        RequestFacts facts = RequestReader.read(bytes(body), 4);

        assertThat(facts.shape()).isEqualTo(shape);
        if (shape != Shape.OBJECT) {
            assertThat(facts).isEqualTo(RequestFacts.of(shape));
        }
    }

    static Stream<byte[]> invalidUtf8() {
        return Stream.of(
                new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xC3},
                new byte[] {(byte) 0xC0, (byte) 0x80},
                new byte[] {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xE2, (byte) 0x28, (byte) 0xA1},
                new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) 0x98},
                new byte[] {(byte) 0xFF});
    }

    @ParameterizedTest
    @MethodSource("invalidUtf8")
    void invalid_utf_8_is_malformed_even_where_nobody_looks(byte[] bad) {
        byte[] body = bytes("{\"ignored\":\"" + "x".repeat(bad.length) + "\"}");
        System.arraycopy(bad, 0, body, 12, bad.length);

        assertThat(RequestReader.read(body, DEPTH).shape()).isEqualTo(Shape.MALFORMED);
    }

    @Test
    void utf_16_is_malformed() {
        assertThat(RequestReader.read("{}".getBytes(StandardCharsets.UTF_16BE), DEPTH)
                        .shape())
                .isEqualTo(Shape.MALFORMED);
    }

    @Test
    void a_hundred_thousand_levels_end_at_the_bound_without_a_stack() {
        byte[] deep = bytes("[".repeat(100_000));

        assertThat(RequestReader.read(deep, DEPTH).shape()).isEqualTo(Shape.TOO_DEEP);
        assertThat(RequestReader.read(deep, 1_000_000).shape()).isEqualTo(Shape.MALFORMED);
        assertThat(RequestReader.read(bytes("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"), 1_000_000)
                        .shape())
                .isEqualTo(Shape.OBJECT);
    }

    @Test
    void a_string_of_fifty_megabytes_is_read() {
        byte[] body = new byte[50_000_000];
        byte[] head = bytes("{\"model\":\"m\",\"input\":\"");
        Arrays.fill(body, (byte) 'x');
        System.arraycopy(head, 0, body, 0, head.length);
        body[body.length - 2] = '"';
        body[body.length - 1] = '}';

        RequestFacts facts = RequestReader.read(body, DEPTH);

        assertThat(facts.shape()).isEqualTo(Shape.OBJECT);
        assertThat(facts.textCharacters()).isEqualTo(body.length - head.length - 2);
    }

    @Test
    void damaged_bodies_never_throw() {
        byte[] whole = bytes(
                "{\"model\":\"gpt\",\"n\":12,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                        + "\"text\":\"é😀\"}]}],\"stream_options\":{\"include_usage\":true},\"tools\":[{}],\"temperature\":1e2}");
        String nasty = "{}[]\",:\\0e-tn \u00e9\u0001";
        Random random = new Random(42);

        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int hits = random.nextInt(3); hits >= 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) nasty.charAt(random.nextInt(nasty.length()));
            }
            RequestFacts facts = RequestReader.read(damaged, DEPTH);
            assertThat(facts.shape()).isNotEqualTo(Shape.ABSENT);
        }
    }

    private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

    private static RequestFacts read(String body) {
        return RequestReader.read(bytes(body), DEPTH);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
