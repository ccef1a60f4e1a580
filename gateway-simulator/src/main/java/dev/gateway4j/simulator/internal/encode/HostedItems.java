package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.chance.ResponseIds;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.media.Picture;
import dev.gateway4j.simulator.internal.media.PictureFormat;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of tools that OpenAI runs itself, or that have an item type of their own, with what they found. Used by one thread, once. */
final class HostedItems {
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{1,3})x([1-9]\\d{1,3})");
    private static final int STANDARD_SIDE = 1024;

    private static final int LONGEST_QUERY = 80;
    private static final int STANDARD_RESULTS = 20;

    private final ResponsesRequest request;
    private final ResponseIds ids;
    private final Draws draws;
    private final long seconds;
    private final FileSearch files;
    private final List<FileSearch.Hit> hits = new ArrayList<>();
    private boolean searched;
    private String query = "";

    HostedItems(ResponsesRequest request, ResponseIds ids, Draws draws, long seconds, FileSearch files) {
        this.request = request;
        this.ids = ids;
        this.draws = draws;
        this.seconds = seconds;
        this.files = files;
    }

    /** What the MCP servers of the request offer, for those whose offer is not in the history yet. */
    List<OutputItem> listings() {
        List<OutputItem> listings = new ArrayList<>();
        for (JsonNode tool : request.ask().body().path("tools")) {
            String label = tool.path("server_label").asText();
            if (tool.path("type").asText().equals("mcp") && !listed(label)) {
                ObjectNode item = begin("mcpl_", "mcp_list_tools").put("server_label", label);
                ArrayNode offered = item.putArray("tools");
                for (String name : mcpTools(tool)) {
                    ObjectNode offer = offered.addObject();
                    offer.putNull("annotations");
                    offer.put("description", name).putObject("input_schema").put("type", "object");
                    offer.put("name", name);
                }
                listings.add(OutputItem.whole(item));
            }
        }
        return listings;
    }

    /** The items of a call. */
    List<OutputItem> call(PlannedCall call) {
        query = query(call);
        return switch (kind(call.name())) {
            case "web_search" -> List.of(webSearch());
            case "file_search" -> List.of(fileSearch());
            case "code_interpreter" -> List.of(codeInterpreter(call));
            case "image_generation" -> List.of(imageGeneration());
            case "mcp" -> List.of(mcp(call));
            case "computer" -> List.of(computer());
            case "local_shell" -> List.of(localShell());
            case "shell" -> List.of(shell());
            case "apply_patch" -> List.of(applyPatch());
            default -> List.of();
        };
    }

    /** Where the text of the message comes from, by the searches that were made. */
    List<ObjectNode> annotations(String text) {
        List<ObjectNode> annotations = new ArrayList<>();
        if (searched && !text.isEmpty()) {
            int end = text.codePointCount(0, text.length());
            annotations.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "url_citation")
                    .put("end_index", end)
                    .put("start_index", Math.max(0, end - LONGEST_QUERY))
                    .put("title", query)
                    .put("url", url()));
        }
        for (FileSearch.Hit hit : hits) {
            annotations.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "file_citation")
                    .put("file_id", hit.fileId())
                    .put("filename", hit.fileName())
                    .put("index", text.length()));
        }
        return annotations;
    }

    private OutputItem webSearch() {
        searched = true;
        ObjectNode item = done("ws_", "web_search_call");
        ObjectNode action = item.putObject("action").put("type", "search");
        action.putArray("queries").add(query);
        action.put("query", query);
        if (request.includes("web_search_call.action.sources")) {
            action.putArray("sources").addObject().put("type", "url").put("url", url());
        }
        return OutputItem.whole(item);
    }

    private OutputItem fileSearch() {
        JsonNode tool = tool("file_search");
        List<String> stores = new ArrayList<>();
        tool.path("vector_store_ids").forEach(id -> stores.add(id.asText()));
        List<FileSearch.Hit> found =
                files.search(stores, query, tool.path("max_num_results").asInt(STANDARD_RESULTS));
        hits.addAll(found);
        ObjectNode item = done("fs_", "file_search_call");
        item.putArray("queries").add(query);
        if (!request.includes("file_search_call.results")) {
            item.putNull("results");
            return OutputItem.whole(item);
        }
        ArrayNode results = item.putArray("results");
        for (FileSearch.Hit hit : found) {
            ObjectNode result = results.addObject();
            result.set("attributes", hit.attributes());
            result.put("file_id", hit.fileId())
                    .put("filename", hit.fileName())
                    .put("score", hit.score())
                    .put("text", hit.text());
        }
        return OutputItem.whole(item);
    }

    private OutputItem codeInterpreter(PlannedCall call) {
        JsonNode container = tool("code_interpreter").path("container");
        Pieces code = call.arguments().isEmpty() ? Pieces.of(List.of(new Piece("print(42)", 3))) : call.arguments();
        ObjectNode item = done("ci_", "code_interpreter_call");
        item.put("code", code.text());
        item.put("container_id", container.isTextual() ? container.asText() : "cntr_" + draws.hex(48));
        if (request.includes("code_interpreter_call.outputs")) {
            item.putArray("outputs").addObject().put("type", "logs").put("logs", "42\n");
        } else {
            item.putNull("outputs");
        }
        return new OutputItem(item, List.of(code), 0);
    }

    private OutputItem imageGeneration() {
        JsonNode tool = tool("image_generation");
        String background = asked(tool, "background", "opaque");
        String format = asked(tool, "output_format", "png");
        Matcher size = SIZE.matcher(asked(tool, "size", ""));
        int width = size.matches() ? Integer.parseInt(size.group(1)) : STANDARD_SIDE;
        int height = size.matches() ? Integer.parseInt(size.group(2)) : STANDARD_SIDE;
        Picture picture =
                Picture.of(Fingerprint.of("image_generation", query), width, height, background.equals("transparent"));
        ObjectNode item = done("ig_", "image_generation_call");
        item.put("background", background)
                .put("output_format", format)
                .put("quality", asked(tool, "quality", "low"))
                .put(
                        "result",
                        Base64.getEncoder()
                                .encodeToString(PictureFormat.of(format).bytes(picture)))
                .put("revised_prompt", query)
                .put("size", width + "x" + height);
        return OutputItem.whole(item);
    }

    private OutputItem mcp(PlannedCall call) {
        JsonNode tool = tool("mcp");
        String label = tool.path("server_label").asText();
        String name = mcpTools(tool).get(0);
        Pieces arguments = call.arguments().isEmpty() ? Pieces.of(List.of(new Piece("{}", 1))) : call.arguments();
        if (!tool.path("require_approval").asText().equals("never") && !approved()) {
            return OutputItem.whole(begin("mcpr_", "mcp_approval_request")
                    .put("arguments", arguments.text())
                    .put("name", name)
                    .put("server_label", label));
        }
        ObjectNode item = done("mcp_", "mcp_call");
        item.putNull("approval_request_id");
        item.put("arguments", arguments.text())
                .putNull("error")
                .put("name", name)
                .put("output", "{}")
                .put("server_label", label);
        return new OutputItem(item, List.of(arguments), 0);
    }

    private OutputItem computer() {
        ObjectNode item = done("cu_", "computer_call");
        item.putObject("action").put("type", "screenshot");
        item.put("call_id", OutputItems.callId(draws)).putArray("pending_safety_checks");
        return OutputItem.whole(item);
    }

    private OutputItem localShell() {
        ObjectNode item = done("lsh_", "local_shell_call");
        ObjectNode action = item.putObject("action").put("type", "exec");
        action.putArray("command").add("ls");
        action.putObject("env");
        action.putNull("timeout_ms").putNull("user").putNull("working_directory");
        item.put("call_id", OutputItems.callId(draws));
        return OutputItem.whole(item);
    }

    private OutputItem shell() {
        ObjectNode item = done("sh_", "shell_call");
        ObjectNode action = item.putObject("action");
        action.putArray("commands").add("ls");
        action.putNull("max_output_length").putNull("timeout_ms");
        item.put("call_id", OutputItems.callId(draws)).putObject("environment").put("type", "local");
        return OutputItem.whole(item);
    }

    private OutputItem applyPatch() {
        Pieces diff = Pieces.of(List.of(new Piece("+hello\n", 3)));
        ObjectNode item = done("apc_", "apply_patch_call");
        item.put("call_id", OutputItems.callId(draws));
        item.putObject("operation")
                .put("type", "create_file")
                .put("diff", diff.text())
                .put("path", "hello.txt");
        return new OutputItem(item, List.of(diff), 0);
    }

    /** What is looked for: what the plan says, or else what the user said last. */
    private String query(PlannedCall call) {
        String planned = call.arguments().text();
        Optional<JsonNode> arguments = Json.read(Json.bytes(planned)).filter(JsonNode::isObject);
        String found = arguments.isPresent()
                ? arguments
                        .get()
                        .path("query")
                        .asText(arguments.get().path("prompt").asText())
                : planned;
        String words = (found.isBlank() ? request.ask().conversation().lastUserMessage() : found).strip();
        boolean whole = words.length() <= LONGEST_QUERY || kind(call.name()).equals("image_generation");
        return whole ? words : words.substring(0, LONGEST_QUERY).strip();
    }

    private String url() {
        String words = query.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return "https://www.example.com/" + words + "?utm_source=openai";
    }

    private boolean listed(String label) {
        return request.history().stream().anyMatch(item -> lists(item, label))
                || request.input().stream().anyMatch(item -> lists(item, label));
    }

    private static boolean lists(JsonNode item, String label) {
        return item.path("type").asText().equals("mcp_list_tools")
                && item.path("server_label").asText().equals(label);
    }

    private boolean approved() {
        return request.input().stream()
                .anyMatch(item -> item.path("type").asText().equals("mcp_approval_response")
                        && item.path("approve").asBoolean());
    }

    private static List<String> mcpTools(JsonNode tool) {
        JsonNode allowed = tool.path("allowed_tools");
        JsonNode named = allowed.isArray() ? allowed : allowed.path("tool_names");
        List<String> names = new ArrayList<>();
        named.forEach(name -> names.add(name.asText()));
        return names.isEmpty() ? List.of("search") : names;
    }

    private JsonNode tool(String kind) {
        for (JsonNode tool : request.ask().body().path("tools")) {
            if (kind(tool.path("type").asText()).equals(kind)) {
                return tool;
            }
        }
        return MissingNode.getInstance();
    }

    /** The kind behind the type of a tool, which may tell a version. */
    private static String kind(String type) {
        if (type.startsWith("web_search")) {
            return "web_search";
        }
        return type.startsWith("computer") ? "computer" : type;
    }

    private static String asked(JsonNode tool, String name, String standard) {
        String value = tool.path(name).asText("auto");
        return value.equals("auto") ? standard : value;
    }

    private ObjectNode done(String prefix, String type) {
        return begin(prefix, type).put("status", "completed");
    }

    private ObjectNode begin(String prefix, String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", ids.next(prefix, seconds))
                .put("type", type);
    }
}
