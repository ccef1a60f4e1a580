package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a response's input, tools or form, in the words of the wire. Single quotes in bodies stand for double ones. */
class ResponsesErrorsTest {
    private static final String PATH = "/v1/responses";
    private static final String CALL = "{'type': 'function_call', 'call_id': 'call_1', 'name': 'f', 'arguments': '{}'}";

    private final Sim sim = Sim.standard();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'input': [{'type': 'function_call_output', 'call_id': 'call_9', 'output': 'x'}] | input | null | No tool call found for function call output with call_id call_9.
            'input': [{'type': 'function_call', 'call_id': 'call_1', 'name': 'f', 'arguments': '{}'}] | input | null | No tool output found for function call call_1.
            'input': [{'type': 'custom_tool_call', 'call_id': 'call_1', 'name': 'f', 'input': 'x'}] | input | null | No tool output found for custom tool call call_1.
            'input': [{'type': 'reasoning', 'id': 'rs_1', 'summary': []}] | input | null | Item 'rs_1' of type 'reasoning' was provided without its required following item.
            'input': [{'role': 'user', 'content': 'x', 'id': 'msg_1'}, {'role': 'user', 'content': 'x', 'id': 'msg_1'}] | input | null | Duplicate item found with id msg_1. Remove duplicate items from your input and try again.
            'input': [{'type': 'function_call', 'name': 'f', 'arguments': '{}'}] | input[0].call_id | missing_required_parameter | Missing required parameter: 'input[0].call_id'.
            'input': 'x', 'previous_response_id': 'resp_1', 'conversation': 'conv_1' | null | mutually_exclusive_parameters | Mutually exclusive parameters: 'previous_response_id' and 'conversation'. Ensure you are only providing one of: 'previous_response_id' or 'conversation'.
            'input': 'x', 'tools': [{'type': 'function', 'function': {'name': 'f'}}] | tools[0].name | missing_required_parameter | Missing required parameter: 'tools[0].name'.
            'input': 'x', 'tool_choice': 'maybe' | tool_choice | invalid_value | Invalid value: 'maybe'. Supported values are: 'none', 'auto', and 'required'.
            'input': 'x', 'tool_choice': {'type': 'function', 'name': 'f'} | tool_choice | null | Tool choice 'f' not found in 'tools' parameter.
            'input': 'x', 'tool_choice': 'required' | tool_choice | null | Tool choice 'required' must be specified with 'tools' parameter.
            'input': 'x', 'tools': [{'type': 'custom', 'name': 'f'}, {'type': 'custom', 'name': 'f'}] | tools | null | Tool names must be unique: 'f' was provided more than once.
            'input': 'x', 'include': ['all'] | include[0] | invalid_value | Invalid value: 'all'. Supported values are: 'file_search_call.results', 'web_search_call.results', 'web_search_call.action.sources', 'message.input_image.image_url', 'computer_call_output.output.image_url', 'code_interpreter_call.outputs', 'reasoning.encrypted_content', and 'message.output_text.logprobs'.
            'input': 'x', 'text': {'format': {'type': 'yaml'}} | text.format.type | invalid_value | Invalid value: 'yaml'. Supported values are: 'json_object', 'json_schema', and 'text'.
            'input': 'x', 'text': {'format': {'type': 'json_schema', 'schema': {}}} | text.format.name | missing_required_parameter | Missing required parameter: 'text.format.name'.
            'input': 'x', 'text': {'format': {'type': 'json_schema', 'name': 'X', 'strict': true, 'schema': {'type': 'object', 'properties': {'message': {'type': 'string'}}, 'required': [], 'additionalProperties': false}}} | text.format.schema | invalid_json_schema | Invalid schema for response_format 'X': In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'message'.
            'input': 'x', 'text': {'format': {'type': 'json_schema', 'name': 'X', 'strict': true, 'schema': {'type': 'object', 'properties': {'a': {'type': 'object'}}, 'required': ['a'], 'additionalProperties': false}}} | text.format.schema | invalid_json_schema | Invalid schema for response_format 'X': In context=('properties', 'a'), 'additionalProperties' is required to be supplied and to be false.
            'input': 'x', 'tools': [{'type': 'function', 'name': 'f', 'parameters': {'type': 'array'}}] | tools[0].parameters | invalid_function_parameters | Invalid schema for function 'f': schema must be a JSON Schema of 'type: "object"', got 'type: "array"'.
            'input': 'x', 'response_format': {} | response_format | unsupported_parameter | Unsupported parameter: 'response_format'. In the Responses API, this parameter has moved to 'text.format'. Try again with the new parameter. See the API documentation for more information: https://platform.openai.com/docs/api-reference/responses/create.
            'input': 'x', 'text': {'format': {'type': 'json_object'}} | input | null | Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.
            'input': 'x', 'background': true, 'store': false | background | null | Background responses require 'store' to be true.
            'input': 'x', 'reasoning': {'effort': 'low'} | reasoning.effort | null | Unsupported parameter: 'reasoning.effort' is not supported with this model.
            'input': 'x', 'reasoning': {'effort': 'lots'} | reasoning.effort | invalid_value | Invalid value: 'lots'. Supported values are: 'none', 'minimal', 'low', 'medium', 'high', 'xhigh', and 'max'.
            """)
    void a_wrong_request_gets_the_error_of_the_wire(String members, String param, String code, String message) {
        Sim.Answer answer = sim.post(PATH, ("{'model': 'gpt-4o', " + members + "}").replace('\'', '"'));

        JsonNode error = Trees.of(answer.body()).path("error");
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(error.path("message").asText()).isEqualTo(message);
        assertThat(error.path("param").asText()).isEqualTo(param);
        assertThat(error.path("code").asText()).isEqualTo(code);
    }

    @Test
    void what_is_not_remembered_is_not_found() {
        assertThat(message(sim.post(PATH, body("'conversation': 'conv_1', 'input': 'x'")), 404))
                .isEqualTo("Conversation with id 'conv_1' not found.");
        assertThat(message(sim.post(PATH, body("'input': [{'type': 'item_reference', 'id': 'msg_1'}]")), 404))
                .isEqualTo(
                        "Item with id 'msg_1' not found. Items are not persisted when `store` is set to false. Try again with"
                                + " `store` set to true, or remove this item from your input.");
        assertThat(message(sim.get(PATH + "/resp_1?stream=true"), 404))
                .isEqualTo("Response with id 'resp_1' not found.");
        assertThat(message(sim.post(PATH + "/resp_1/cancel", ""), 404))
                .isEqualTo("Response with id 'resp_1' not found.");
        assertThat(message(sim.get("/v1/conversations/conv_1/items"), 404))
                .isEqualTo("Conversation with id 'conv_1' not found.");
    }

    @Test
    void angle_brackets_of_what_was_sent_are_escaped() {
        assertThat(sim.post(PATH, "{\"model\": \"<b>\", \"input\": \"x\"}").body())
                .contains("The requested model '\\u003cb\\u003e' does not exist.");
        assertThat(sim.get("/v1/conversations/<b>").body()).contains("'\\u003cb\\u003e'");
    }

    @Test
    void a_call_that_is_answered_is_accepted_in_one_request_and_over_two() {
        String answer = "{'type': 'function_call_output', 'call_id': 'call_1', 'output': 'sunny'}";

        Sim.Answer one = sim.post(PATH, body("'input': [" + CALL + ", " + answer + "]"));

        assertThat(one.status()).as(one.body()).isEqualTo(200);
        assertThat(Trees.of(sim.get(PATH + "/" + Trees.of(one.body()).path("id").asText() + "/input_items")
                                .body())
                        .at("/data/0/id")
                        .asText())
                .startsWith("fc_");
    }

    @Test
    void tokens_are_counted_and_long_exchanges_compacted() {
        String first = Trees.of(sim.post(PATH, body("'input': 'remember me'")).body())
                .path("id")
                .asText();

        JsonNode compacted =
                Trees.of(sim.post(PATH + "/compact", body("'input': 'and me', 'previous_response_id': '" + first + "'"))
                        .body());

        assertThat(sim.post(PATH + "/input_tokens", body("'input': 'remember me'"))
                        .body())
                .isEqualTo("{\n  \"object\": \"response.input_tokens\",\n  \"input_tokens\": 9\n}");
        assertThat(compacted.path("object").asText()).isEqualTo("response.compaction");
        assertThat(compacted.path("output")).hasSize(3);
        assertThat(compacted.at("/output/0/content/0/text").asText()).isEqualTo("remember me");
        assertThat(compacted.at("/output/1/content/0/text").asText()).isEqualTo("and me");
        assertThat(compacted.at("/output/2/id").asText()).matches("cmp_[0-9a-f]{50}");
        assertThat(compacted.at("/output/2/encrypted_content").asText()).startsWith("gAAAAAB");
    }

    @Test
    void a_beta_query_changes_nothing() {
        assertThat(sim.send(
                                "POST",
                                PATH + "?beta=true",
                                body("'input': 'x'").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    private static String body(String members) {
        return ("{'model': 'gpt-4o', " + members + "}").replace('\'', '"');
    }

    private static String message(Sim.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return Trees.of(answer.body()).at("/error/message").asText();
    }
}
