package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.ResponseIds;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.request.Tools;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.ArrayList;
import java.util.List;

/** What a plan says as the items of a response: reasoning, hosted tools, the message, calls. Used by one thread, once. */
public final class OutputItems {
    private static final int SEALED = 320;
    private static final int SEALED_PER_TOKEN = 4;
    private static final List<String> SPOKEN_PHASES =
            List.of("gpt-5.3-codex", "gpt-5.4", "gpt-5.5", "gpt-5.6", "gpt-6");

    private final ResponsesRequest request;
    private final Plan plan;
    private final Choice choice;
    private final ResponseIds ids;
    private final Draws draws;
    private final long seconds;
    private final FileSearch files;
    private final List<OutputItem> items = new ArrayList<>();

    private OutputItems(
            ResponsesRequest request, Plan plan, ResponseIds ids, Chance chance, long seconds, FileSearch files) {
        this.request = request;
        this.plan = plan;
        this.choice = plan.choices().get(0);
        this.ids = ids;
        this.draws = chance.draws(Chance.Purpose.ITEMS);
        this.seconds = seconds;
        this.files = files;
    }

    /**
     * The items of an answer.
     *
     * @param request what is answered
     * @param plan what is said
     * @param ids ids for the items
     * @param chance the chance of this answer
     * @param seconds when the answer was begun, in seconds since 1970
     * @param files where the tool {@code file_search} looks
     */
    public static List<OutputItem> of(
            ResponsesRequest request, Plan plan, ResponseIds ids, Chance chance, long seconds, FileSearch files) {
        return new OutputItems(request, plan, ids, chance, seconds, files).all();
    }

    private List<OutputItem> all() {
        boolean thought = plan.usage().reasoning() > 0 || !choice.summary().isEmpty();
        if (request.reasons() && thought) {
            items.add(reasoning());
        }
        HostedItems hosted = new HostedItems(request, ids, draws, seconds, files);
        items.addAll(hosted.listings());
        for (PlannedCall call : hostedCalls()) {
            items.addAll(hosted.call(call));
        }
        boolean silent = choice.text().isEmpty() && choice.refusal().isEmpty();
        if (!silent || (items.isEmpty() && choice.calls().isEmpty())) {
            items.add(message(hosted.annotations(choice.text().text())));
        }
        for (PlannedCall call : choice.calls()) {
            if (call.kind() != Tool.Kind.HOSTED) {
                items.add(call(call));
            }
        }
        return items;
    }

    /** Those the plan has, or the one that was demanded and is not in the plan. */
    private List<PlannedCall> hostedCalls() {
        List<PlannedCall> calls = choice.calls().stream()
                .filter(call -> call.kind() == Tool.Kind.HOSTED)
                .limit(request.ask().body().path("max_tool_calls").asLong(Long.MAX_VALUE))
                .toList();
        Tools tools = request.ask().tools();
        List<Tool> usable = tools.usable();
        boolean demanded = tools.choice() == Tools.Choice.REQUIRED
                && choice.calls().isEmpty()
                && !usable.isEmpty()
                && usable.stream().allMatch(tool -> tool.kind() == Tool.Kind.HOSTED);
        return demanded
                ? List.of(new PlannedCall(Tool.Kind.HOSTED, usable.get(0).name(), Pieces.NONE))
                : calls;
    }

    private OutputItem reasoning() {
        ObjectNode item = begin("rs_", "reasoning");
        item.putArray("content");
        int tokens = (int) plan.usage().reasoning();
        if (request.includes("reasoning.encrypted_content")) {
            item.put("encrypted_content", sealed(draws, SEALED + tokens * SEALED_PER_TOKEN));
        }
        ArrayNode summary = item.putArray("summary");
        boolean told = !choice.summary().isEmpty()
                && request.ask().body().path("reasoning").hasNonNull("summary");
        if (!told) {
            return new OutputItem(item, List.of(), tokens);
        }
        summary.addObject()
                .put("type", "summary_text")
                .put("text", choice.summary().text());
        return new OutputItem(
                item,
                List.of(choice.summary()),
                Math.max(0, tokens - choice.summary().tokens()));
    }

    /** Something that looks encrypted, of about this length. */
    static String sealed(Draws draws, int length) {
        return "gAAAAAB" + draws.alphanumeric(Math.max(0, (length + 3) / 4 * 4 - 7));
    }

    private OutputItem message(List<ObjectNode> annotations) {
        ObjectNode item = begin("msg_", "message");
        boolean cut = choice.finish() == Finish.LENGTH || choice.finish() == Finish.CONTENT_FILTER;
        item.put("status", cut ? "incomplete" : "completed");
        ArrayNode content = item.putArray("content");
        List<Pieces> said = new ArrayList<>();
        if (!choice.text().isEmpty() || choice.refusal().isEmpty()) {
            ObjectNode part = content.addObject().put("type", "output_text");
            part.putArray("annotations").addAll(annotations);
            part.set("logprobs", logprobs());
            part.put("text", choice.text().text());
            said.add(choice.text());
        }
        if (!choice.refusal().isEmpty()) {
            content.addObject()
                    .put("type", "refusal")
                    .put("refusal", choice.refusal().text());
            said.add(choice.refusal());
        }
        if (SPOKEN_PHASES.stream().anyMatch(request.ask().model().id()::startsWith)) {
            boolean goesOn = choice.calls().stream().anyMatch(call -> call.kind() != Tool.Kind.HOSTED);
            item.put("phase", goesOn ? "commentary" : "final_answer");
        }
        item.put("role", "assistant");
        return new OutputItem(item, said, 0);
    }

    private ArrayNode logprobs() {
        if (!request.includes("message.output_text.logprobs")) {
            return JsonNodeFactory.instance.arrayNode();
        }
        JsonNode alternatives = request.ask().body().path("top_logprobs");
        return Logprobs.of(choice.text(), alternatives.asInt(0), draws);
    }

    private OutputItem call(PlannedCall call) {
        boolean function = call.kind() == Tool.Kind.FUNCTION;
        ObjectNode item = begin(function ? "fc_" : "ctc_", function ? "function_call" : "custom_tool_call");
        item.put("status", "completed");
        if (function) {
            item.put("arguments", call.arguments().text());
        }
        item.put("call_id", callId(draws));
        if (!function) {
            item.put("input", call.arguments().text());
        }
        item.put("name", call.name());
        return new OutputItem(item, List.of(call.arguments()), 0);
    }

    static String callId(Draws draws) {
        return "call_" + draws.alphanumeric(24);
    }

    private ObjectNode begin(String prefix, String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", ids.next(prefix, seconds))
                .put("type", type);
    }
}
