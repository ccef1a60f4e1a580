package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.chance.Ids;
import dev.gateway4j.simulator.internal.encode.FileSearch;
import dev.gateway4j.simulator.internal.encode.OutputItem;
import dev.gateway4j.simulator.internal.encode.OutputItems;
import dev.gateway4j.simulator.internal.encode.ResponseBody;
import dev.gateway4j.simulator.internal.encode.ResponseFailure;
import dev.gateway4j.simulator.internal.encode.ResponseHead;
import dev.gateway4j.simulator.internal.encode.ResponseStream;
import dev.gateway4j.simulator.internal.encode.Schedule;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.plan.Usage;
import dev.gateway4j.simulator.internal.request.Remembered;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.timing.LatencyProfile;
import dev.gateway4j.simulator.internal.timing.Pace;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Plans made by hand, as items and as events. */
class ResponseItemsTest {
    private static final Pieces HELLO = said("Hel", "lo", " there");
    private static final FileSearch ONE_FILE = (stores, query, most) -> List.of(new FileSearch.Hit(
            "file-1", "notes.txt", 0.5, "a " + query + " in " + stores, JsonNodeFactory.instance.objectNode()));

    @Test
    void a_refusal_is_a_part_of_its_own() {
        Told told = tell("gpt-4o", "", choice(Pieces.NONE, said("I", " can't"), Pieces.NONE));

        assertThat(told.item(0))
                .isEqualTo("{'type':'message','status':'completed',"
                        + "'content':[{'type':'refusal','refusal':'I can't'}],'role':'assistant'}");
        assertThat(told.types())
                .containsSubsequence(
                        "response.content_part.added",
                        "response.refusal.delta",
                        "response.refusal.delta",
                        "response.refusal.done",
                        "response.content_part.done");
        assertThat(told.event("response.content_part.added").path("part").toString())
                .isEqualTo("{\"type\":\"refusal\",\"refusal\":\"\"}");
    }

    @Test
    void reasoning_comes_first_with_a_summary_where_one_is_asked_for() {
        Choice choice = choice(HELLO, Pieces.NONE, said("Thin", "king"));

        Told silent = tell("gpt-5", "", choice);
        Told told =
                tell("gpt-5", ", 'reasoning': {'summary': 'auto'}, 'include': ['reasoning.encrypted_content']", choice);

        assertThat(silent.item(0)).isEqualTo("{'type':'reasoning','content':[],'summary':[]}");
        assertThat(silent.types().subList(2, 4))
                .containsExactly("response.output_item.added", "response.output_item.done");
        assertThat(told.item(0))
                .matches("\\{'type':'reasoning','content':\\[\\],'encrypted_content':'gAAAAAB[0-9A-Za-z]+',"
                        + "'summary':\\[\\{'type':'summary_text','text':'Thinking'\\}\\]\\}");
        assertThat(told.types().subList(2, 9))
                .containsExactly(
                        "response.output_item.added",
                        "response.reasoning_summary_part.added",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.done",
                        "response.reasoning_summary_part.done",
                        "response.output_item.done");
        assertThat(told.event("response.output_item.added")
                        .at("/item/encrypted_content")
                        .asText())
                .startsWith("gAAAAAB");
        assertThat(told.finished.at("/reasoning").toString())
                .isEqualTo(
                        "{\"context\":\"current_turn\",\"effort\":\"medium\",\"mode\":\"standard\",\"summary\":\"auto\"}");
    }

    @Test
    void functions_and_custom_tools_are_called_one_after_the_other() {
        String tools =
                ", 'tools': [{'type': 'function', 'name': 'f', 'parameters': {'type': 'object', 'properties': {}}},"
                        + "{'type': 'custom', 'name': 'g'}]";

        Told told = tell(
                "gpt-4o",
                tools,
                calls(
                        new PlannedCall(Tool.Kind.FUNCTION, "f", said("{", "}")),
                        new PlannedCall(Tool.Kind.CUSTOM, "g", said("do", " it"))));

        assertThat(told.item(0))
                .matches("\\{'type':'function_call','status':'completed','arguments':'\\{\\}',"
                        + "'call_id':'call_[0-9A-Za-z]{24}','name':'f'\\}");
        assertThat(told.item(1))
                .matches("\\{'type':'custom_tool_call','status':'completed',"
                        + "'call_id':'call_[0-9A-Za-z]{24}','input':'do it','name':'g'\\}");
        JsonNode done = told.event("response.function_call_arguments.done");
        assertThat(names(done)).containsExactly("type", "arguments", "item_id", "output_index", "sequence_number");
        assertThat(told.event("response.custom_tool_call_input.done")
                        .path("output_index")
                        .asInt())
                .isEqualTo(1);
        assertThat(told.finished.path("tools").toString().replace('"', '\''))
                .isEqualTo("[{'type':'function','description':null,'name':'f','output_schema':null,"
                        + "'parameters':{'type':'object','properties':{},'additionalProperties':false},'strict':true},"
                        + "{'type':'custom','format':{'type':'text'},'name':'g'}]");
    }

    @Test
    void a_web_search_that_is_demanded_is_made_and_cited() {
        Told told = tell(
                "gpt-4o",
                ", 'tools': [{'type': 'web_search'}], 'tool_choice': 'required', 'include': ['web_search_call.action.sources']",
                choice(HELLO, Pieces.NONE, Pieces.NONE));

        assertThat(told.item(0))
                .isEqualTo("{'type':'web_search_call','status':'completed','action':{'type':'search',"
                        + "'queries':['What now?'],'query':'What now?','sources':[{'type':'url',"
                        + "'url':'https://www.example.com/what-now-?utm_source=openai'}]}}");
        assertThat(told.finished
                        .at("/output/1/content/0/annotations")
                        .toString()
                        .replace('"', '\''))
                .isEqualTo("[{'type':'url_citation','end_index':11,'start_index':0,'title':'What now?',"
                        + "'url':'https://www.example.com/what-now-?utm_source=openai'}]");
        assertThat(told.types().subList(2, 7))
                .containsExactly(
                        "response.output_item.added",
                        "response.web_search_call.in_progress",
                        "response.web_search_call.searching",
                        "response.web_search_call.completed",
                        "response.output_item.done");
        assertThat(names(told.event("response.output_text.annotation.added")))
                .containsExactly(
                        "type",
                        "annotation",
                        "annotation_index",
                        "content_index",
                        "item_id",
                        "output_index",
                        "sequence_number");
        assertThat(told.finished.at("/tool_usage/web_search/num_requests").asInt())
                .isEqualTo(1);
    }

    @Test
    void a_file_search_shows_what_it_found_where_that_is_asked_for() {
        String tools = ", 'tools': [{'type': 'file_search', 'vector_store_ids': ['vs_1']}]";
        Choice choice = new Choice(
                HELLO,
                Pieces.NONE,
                List.of(new PlannedCall(Tool.Kind.HOSTED, "file_search", said("{\"query\": \"cat\"}"))),
                Pieces.NONE,
                Finish.STOP);

        Told plain = tell("gpt-4o", tools, choice);
        Told told = tell("gpt-4o", tools + ", 'include': ['file_search_call.results']", choice);

        assertThat(plain.item(0))
                .isEqualTo("{'type':'file_search_call','status':'completed','queries':['cat'],'results':null}");
        assertThat(told.item(0))
                .isEqualTo(
                        "{'type':'file_search_call','status':'completed','queries':['cat'],'results':[{'attributes':{},"
                                + "'file_id':'file-1','filename':'notes.txt','score':0.5,'text':'a cat in [vs_1]'}]}");
        assertThat(told.finished
                        .at("/output/1/content/0/annotations/0")
                        .toString()
                        .replace('"', '\''))
                .isEqualTo("{'type':'file_citation','file_id':'file-1','filename':'notes.txt','index':11}");
    }

    @Test
    void other_hosted_tools_have_items_and_events_of_their_own() {
        assertThat(hosted("{'type': 'code_interpreter', 'container': {'type': 'auto'}}"))
                .containsExactly(
                        "response.code_interpreter_call.in_progress",
                        "response.code_interpreter_call_code.delta",
                        "response.code_interpreter_call_code.done",
                        "response.code_interpreter_call.interpreting",
                        "response.code_interpreter_call.completed");
        assertThat(hosted("{'type': 'image_generation'}"))
                .containsExactly(
                        "response.image_generation_call.in_progress",
                        "response.image_generation_call.generating",
                        "response.image_generation_call.completed");
        assertThat(hosted("{'type': 'file_search', 'vector_store_ids': ['vs_1']}"))
                .containsExactly(
                        "response.file_search_call.in_progress",
                        "response.file_search_call.searching",
                        "response.file_search_call.completed");
        assertThat(hosted(
                        "{'type': 'mcp', 'server_label': 's', 'server_url': 'https://x', 'require_approval': 'never'}"))
                .containsExactly(
                        "response.mcp_list_tools.in_progress",
                        "response.mcp_list_tools.completed",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.mcp_call.in_progress",
                        "response.mcp_call_arguments.delta",
                        "response.mcp_call_arguments.done",
                        "response.mcp_call.completed");
        assertThat(hosted("{'type': 'apply_patch'}"))
                .containsExactly(
                        "response.apply_patch_call_operation_diff.delta",
                        "response.apply_patch_call_operation_diff.done");
        assertThat(hosted("{'type': 'shell'}"))
                .containsExactly(
                        "response.shell_call_command.added",
                        "response.shell_call_command.delta",
                        "response.shell_call_command.done");
        assertThat(hosted("{'type': 'local_shell'}")).isEmpty();
        assertThat(hosted("{'type': 'computer'}")).isEmpty();
    }

    @Test
    void a_server_that_wants_approval_is_not_called() {
        Told told = tell(
                "gpt-4o",
                ", 'tool_choice': 'required', 'tools': [{'type': 'mcp', 'server_label': 's', 'server_url': 'https://x'}]",
                choice(Pieces.NONE, Pieces.NONE, Pieces.NONE));

        assertThat(told.item(0))
                .isEqualTo("{'type':'mcp_list_tools','server_label':'s','tools':[{'annotations':null,"
                        + "'description':'search','input_schema':{'type':'object'},'name':'search'}]}");
        assertThat(told.item(1))
                .isEqualTo("{'type':'mcp_approval_request','arguments':'{}','name':'search','server_label':'s'}");
        assertThat(told.finished.path("output")).hasSize(2);
    }

    @Test
    void probabilities_are_told_where_they_are_asked_for() {
        Told told = tell(
                "gpt-4o",
                ", 'include': ['message.output_text.logprobs'], 'top_logprobs': 2",
                choice(HELLO, Pieces.NONE, Pieces.NONE));

        JsonNode delta = told.event("response.output_text.delta");
        assertThat(names(delta.at("/logprobs/0"))).containsExactly("bytes", "logprob", "token", "top_logprobs");
        assertThat(delta.at("/logprobs/0/bytes").toString()).isEqualTo("[72,101,108]");
        assertThat(delta.at("/logprobs/0/top_logprobs")).hasSize(2);
        assertThat(told.event("response.output_text.done").path("logprobs")).hasSize(3);
        assertThat(told.event("response.content_part.done").at("/part/logprobs"))
                .isEmpty();
        assertThat(told.finished.at("/output/0/content/0/logprobs")).hasSize(3);
    }

    @Test
    void an_answer_that_a_filter_cut_is_incomplete() {
        Told told = tell("gpt-4o", "", new Choice(HELLO, Pieces.NONE, List.of(), Pieces.NONE, Finish.CONTENT_FILTER));

        assertThat(told.types().get(told.types().size() - 1)).isEqualTo("response.incomplete");
        assertThat(told.finished.path("incomplete_details").toString()).isEqualTo("{\"reason\":\"content_filter\"}");
        assertThat(told.finished.at("/output/0/status").asText()).isEqualTo("incomplete");
    }

    @Test
    void a_failure_strikes_after_some_text() {
        ResponseFailure failure = new ResponseFailure(
                "service_unavailable_error", "server_is_overloaded", "Our servers are currently overloaded.", 2);

        Told told = tell("gpt-4o", "", choice(HELLO, Pieces.NONE, Pieces.NONE), Optional.of(failure));

        assertThat(told.types().subList(4, 8))
                .containsExactly(
                        "response.output_text.delta", "response.output_text.delta", "error", "response.failed");
        assertThat(told.event("error").toString())
                .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"service_unavailable_error\","
                        + "\"code\":\"server_is_overloaded\",\"message\":\"Our servers are currently overloaded.\","
                        + "\"param\":null},\"sequence_number\":6}");
        assertThat(told.finished.path("error").toString())
                .isEqualTo("{\"code\":\"server_is_overloaded\",\"message\":\"Our servers are currently overloaded.\"}");
        assertThat(told.finished.path("usage").isNull()).isTrue();
    }

    @Test
    void newer_models_tell_the_phase_of_a_message() {
        assertThat(tell("gpt-5.6", "", choice(HELLO, Pieces.NONE, Pieces.NONE))
                        .finished
                        .at("/output/1/phase")
                        .asText())
                .isEqualTo("final_answer");
    }

    /** The events between the beginning of the first item and the end of the last but the message. */
    private static List<String> hosted(String tool) {
        Told told = tell(
                "gpt-4o",
                ", 'tool_choice': 'required', 'tools': [" + tool + "]",
                choice(Pieces.NONE, Pieces.NONE, Pieces.NONE));
        return told.types().subList(3, told.types().size() - 2);
    }

    private record Told(ObjectNode finished, List<JsonNode> events) {
        List<String> types() {
            return events.stream().map(event -> event.path("type").asText()).toList();
        }

        JsonNode event(String type) {
            return events.stream()
                    .filter(event -> event.path("type").asText().equals(type))
                    .findFirst()
                    .orElseThrow();
        }

        /** An item without its id, in single quotes. */
        String item(int index) {
            ObjectNode item = finished.path("output").get(index).deepCopy();
            assertThat(item.remove("id").asText()).matches("[a-z]+_[0-9a-f]{50}");
            return item.toString().replace('"', '\'');
        }
    }

    private static Told tell(String model, String more, Choice choice) {
        return tell(model, more, choice, Optional.empty());
    }

    /** Tells a choice whole and as events, and has the events judged. */
    private static Told tell(String model, String more, Choice choice, Optional<ResponseFailure> failure) {
        String body = ("{'model': '" + model + "', 'input': 'What now?'" + more + "}").replace('\'', '"');
        ResponsesRequest request = ResponsesRequest.read(body.getBytes(StandardCharsets.UTF_8), false, new Nothing());
        Chance chance = new Chance(7, Fingerprint.of(model, body), 0);
        long thought = choice.summary().isEmpty() && !model.startsWith("gpt-5.6") ? 0 : 64;
        Plan plan = new Plan(
                List.of(choice),
                new Usage(10, 0, 0, 80, thought),
                Pace.of(LatencyProfile.named("instant").orElseThrow(), chance.draws(Chance.Purpose.PACE), 0, 0));
        List<OutputItem> items =
                OutputItems.of(request, plan, new Ids(chance).response(""), chance, 1_787_000_000, ONE_FILE);
        ResponseHead head = new ResponseHead("resp_1", 1_787_000_000, 1_787_000_001, request, false, failure);
        ObjectNode finished = ResponseBody.of(head, plan, items);
        ResponseStream stream = new ResponseStream(
                new ResponseStream.Story(finished, items, "auto", failure),
                Schedule.of(plan.pace(), 0),
                Optional.empty(),
                () -> false);
        List<JsonNode> events = new ArrayList<>();
        while (stream.next() instanceof Frame.Chunk chunk) {
            String event = new String(chunk.bytes(), StandardCharsets.UTF_8);
            events.add(Trees.of(event.substring(event.indexOf("\ndata: ") + 7)));
        }
        JsonNode end = EventGrammar.judge(events);
        assertThat(Trees.of(finished.toString()).path("output")).isEqualTo(end.path("output"));
        return new Told(finished, events);
    }

    private static Choice choice(Pieces text, Pieces refusal, Pieces summary) {
        return new Choice(text, refusal, List.of(), summary, Finish.STOP);
    }

    private static Choice calls(PlannedCall... calls) {
        return new Choice(Pieces.NONE, Pieces.NONE, List.of(calls), Pieces.NONE, Finish.TOOL_CALLS);
    }

    private static Pieces said(String... pieces) {
        return Pieces.of(Stream.of(pieces).map(piece -> new Piece(piece, 1)).toList());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static final class Nothing implements Remembered {
        @Override
        public Optional<List<JsonNode>> response(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<List<JsonNode>> conversation(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<JsonNode> item(String id) {
            return Optional.empty();
        }
    }
}
