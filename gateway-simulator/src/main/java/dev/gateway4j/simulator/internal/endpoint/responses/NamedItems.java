package dev.gateway4j.simulator.internal.endpoint.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.ResponseIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Items that were sent, with the ids they are known by from then on. */
public final class NamedItems {
    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("message", "msg_"),
            Map.entry("reasoning", "rs_"),
            Map.entry("function_call", "fc_"),
            Map.entry("function_call_output", "fc_"),
            Map.entry("custom_tool_call", "ctc_"),
            Map.entry("custom_tool_call_output", "ctc_"),
            Map.entry("web_search_call", "ws_"),
            Map.entry("file_search_call", "fs_"),
            Map.entry("code_interpreter_call", "ci_"),
            Map.entry("image_generation_call", "ig_"),
            Map.entry("mcp_call", "mcp_"),
            Map.entry("mcp_list_tools", "mcpl_"),
            Map.entry("mcp_approval_request", "mcpr_"),
            Map.entry("local_shell_call", "lsh_"),
            Map.entry("shell_call", "sh_"),
            Map.entry("shell_call_output", "sho_"),
            Map.entry("apply_patch_call", "apc_"),
            Map.entry("tool_search_call", "tsc_"),
            Map.entry("tool_search_output", "tso_"),
            Map.entry("program", "cm_"),
            Map.entry("compaction", "cmp_"));

    private NamedItems() {}

    /** The items, each with an id: that it was sent with, or else a new one. */
    public static List<JsonNode> of(List<JsonNode> items, ResponseIds ids, long seconds) {
        List<JsonNode> named = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            named.add(item.hasNonNull("id") ? item : named(item, ids, seconds));
        }
        return named;
    }

    private static JsonNode named(JsonNode item, ResponseIds ids, long seconds) {
        String type = item.path("type").asText();
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        named.put("type", type).put("id", ids.next(PREFIXES.getOrDefault(type, "item_"), seconds));
        if (type.endsWith("_call") || type.endsWith("_output")) {
            named.put("status", item.path("status").asText("completed"));
        }
        for (Map.Entry<String, JsonNode> member : item.properties()) {
            if (!named.has(member.getKey())) {
                named.set(member.getKey(), member.getValue());
            }
        }
        return named;
    }
}
