package dev.gateway4j.simulator.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatRequestTest {
    private static final String WEATHER =
            "{\"type\": \"function\", \"function\": {\"name\": \"get_weather\", \"description\": \"Tells it\", \"strict\": true,"
                    + " \"parameters\": {\"type\": \"object\", \"properties\": {\"city\": {\"type\": \"string\"}},"
                    + " \"required\": [\"city\"], \"additionalProperties\": false}}}";
    private static final String SQL =
            "{\"type\": \"custom\", \"custom\": {\"name\": \"sql\", \"description\": \"Asks\"}}";

    @Test
    void tools_of_both_kinds_are_read() {
        Tools tools = tools("[" + WEATHER + ", " + SQL + "]", "");

        assertThat(tools.list()).extracting(Tool::kind).containsExactly(Tool.Kind.FUNCTION, Tool.Kind.CUSTOM);
        assertThat(tools.list()).extracting(Tool::name).containsExactly("get_weather", "sql");
        assertThat(tools.list().get(0).strict()).isTrue();
        assertThat(tools.list().get(0).description()).isEqualTo("Tells it");
        assertThat(tools.list().get(0).parameters().at("/properties/city/type").asText())
                .isEqualTo("string");
        assertThat(tools.choice()).isEqualTo(Tools.Choice.AUTO);
        assertThat(tools.parallel()).isTrue();
    }

    @Test
    void every_form_of_tool_choice_is_read() {
        String both = "[" + WEATHER + ", " + SQL + "]";
        String named = "{\"type\": \"function\", \"function\": {\"name\": \"get_weather\"}}";
        String custom = "{\"type\": \"custom\", \"custom\": {\"name\": \"sql\"}}";
        String allowed =
                "{\"type\": \"allowed_tools\", \"allowed_tools\": {\"mode\": \"auto\", \"tools\": [" + custom + "]}}";

        assertThat(tools(both, ", \"tool_choice\": \"none\"").choice()).isEqualTo(Tools.Choice.NONE);
        assertThat(tools(both, ", \"tool_choice\": \"auto\"").choice()).isEqualTo(Tools.Choice.AUTO);
        assertThat(tools(both, ", \"tool_choice\": \"required\"").choice()).isEqualTo(Tools.Choice.REQUIRED);
        assertThat(tools(both, ", \"tool_choice\": " + named).choice()).isEqualTo(Tools.Choice.REQUIRED);
        assertThat(tools(both, ", \"tool_choice\": " + named).usable())
                .extracting(Tool::name)
                .containsExactly("get_weather");
        assertThat(tools(both, ", \"tool_choice\": " + custom).allowed()).containsExactly("sql");
        assertThat(tools(both, ", \"tool_choice\": " + allowed).choice()).isEqualTo(Tools.Choice.AUTO);
        assertThat(tools(both, ", \"tool_choice\": " + allowed).allowed()).containsExactly("sql");
        assertThat(tools(both, ", \"parallel_tool_calls\": false").parallel()).isFalse();
    }

    @Test
    void functions_are_tools_called_in_the_older_way_one_at_a_time() {
        ChatRequest request = read(
                "\"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"functions\": [{\"name\": \"f\","
                        + " \"parameters\": {\"type\": \"object\", \"properties\": {}}}], \"function_call\": {\"name\": \"f\"}");

        assertThat(request.options().functions()).isTrue();
        assertThat(request.ask().tools().list()).extracting(Tool::name).containsExactly("f");
        assertThat(request.ask().tools().choice()).isEqualTo(Tools.Choice.REQUIRED);
        assertThat(request.ask().tools().parallel()).isFalse();
    }

    @Test
    void calls_and_their_answers_are_read() {
        Conversation talk = read("\"messages\": [{\"role\": \"user\", \"content\": \"Weather?\"},"
                        + "{\"role\": \"assistant\", \"content\": null, \"refusal\": null, \"annotations\": [], \"tool_calls\": ["
                        + "{\"id\": \"call_1\", \"type\": \"function\", \"function\": {\"name\": \"f\", \"arguments\": \"{}\"}},"
                        + "{\"id\": \"call_2\", \"type\": \"custom\", \"custom\": {\"name\": \"sql\", \"input\": \"SELECT\"}}]},"
                        + "{\"role\": \"tool\", \"tool_call_id\": \"call_2\", \"content\": \"two\"},"
                        + "{\"role\": \"tool\", \"tool_call_id\": \"call_1\", \"content\": \"one\"},"
                        + "{\"role\": \"assistant\", \"content\": \"\", \"function_call\": {\"name\": \"g\", \"arguments\": \"{}\"}},"
                        + "{\"role\": \"function\", \"name\": \"g\", \"content\": \"three\"}]")
                .ask()
                .conversation();

        assertThat(talk.turns()).hasSize(6);
        assertThat(talk.turns().get(1).calls())
                .containsExactly(new ToolUse("call_1", "f", "{}"), new ToolUse("call_2", "sql", "SELECT"));
        assertThat(talk.turns()).extracting(Turn::answers).containsExactly("", "", "call_2", "call_1", "", "g");
        assertThat(talk.turns().get(4).calls()).containsExactly(new ToolUse("g", "g", "{}"));
    }

    @Test
    void the_form_of_the_answer_is_read() {
        String schema =
                "{\"type\": \"json_schema\", \"json_schema\": {\"name\": \"Point\", \"strict\": true, \"schema\":"
                        + " {\"type\": \"object\", \"properties\": {\"x\": {\"type\": \"integer\"}}, \"required\": [\"x\"],"
                        + " \"additionalProperties\": false}}}";

        assertThat(format("{\"type\": \"text\"}").kind()).isEqualTo(Format.Kind.TEXT);
        assertThat(format("{\"type\": \"json_object\"}").kind()).isEqualTo(Format.Kind.JSON_OBJECT);
        assertThat(format(schema).kind()).isEqualTo(Format.Kind.JSON_SCHEMA);
        assertThat(format(schema).name()).isEqualTo("Point");
        assertThat(format(schema).strict()).isTrue();
        assertThat(format(schema).schema().path("type").asText()).isEqualTo("object");
    }

    @Test
    void probabilities_are_asked_for_with_or_without_alternatives() {
        String talk = "\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]";

        assertThat(read(talk).options().logprobs()).isEmpty();
        assertThat(read(talk + ", \"logprobs\": true").options().logprobs()).hasValue(0);
        assertThat(read(talk + ", \"logprobs\": true, \"top_logprobs\": 5")
                        .options()
                        .logprobs())
                .hasValue(5);
    }

    private static Tools tools(String tools, String more) {
        return read("\"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"tools\": " + tools + more)
                .ask()
                .tools();
    }

    private static Format format(String format) {
        return read("\"messages\": [{\"role\": \"user\", \"content\": \"As JSON\"}], \"response_format\": " + format)
                .ask()
                .format();
    }

    private static ChatRequest read(String members) {
        byte[] body = ("{\"model\": \"gpt-4o\", " + members + "}").getBytes(StandardCharsets.UTF_8);
        return ChatRequest.read(body, Optional.empty());
    }
}
