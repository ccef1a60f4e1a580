package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Azure makes of an answer: members in alphabetical order, no white space, and what its content filters found. */
public final class AzureBodies {
    /** What filters look for with a severity, in the order in which they are told. */
    static final List<String> CATEGORIES = List.of("hate", "self_harm", "sexual", "violence");

    private static final String UNKNOWN_KEY =
            "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active"
                    + " subscription and use a correct regional API endpoint for your resource.";
    private static final String FILTERED =
            "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your"
                    + " prompt and retry. To learn more about our content filtering policies please read our documentation:"
                    + " https://go.microsoft.com/fwlink/?linkid=2198766";
    private static final Pattern WAIT = Pattern.compile("try again in (?:(\\d+)m(?!s))?(?:([\\d.]+)(ms|s))?");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AzureBodies() {}

    /** A chat completion or legacy completion, with what the filters found. */
    public static byte[] completion(byte[] body) {
        ObjectNode tree = tree(body);
        for (JsonNode choice : tree.path("choices")) {
            ((ObjectNode) choice).set("content_filter_results", found(choice));
        }
        ObjectNode sorted = sorted(tree);
        sorted.set("prompt_filter_results", promptResults());
        return Json.bytes(compact(resorted(sorted)));
    }

    /** Any other answer. */
    public static byte[] plain(byte[] body) {
        return Json.bytes(compact(sorted(tree(body))));
    }

    /** One event of a stream of completions. */
    static String chunk(String json) {
        ObjectNode tree = tree(Json.bytes(json));
        for (JsonNode choice : tree.path("choices")) {
            ObjectNode results = cut(choice) ? hit() : NODES.objectNode();
            boolean says = choice.path("delta").path("content").asText("").length()
                            + choice.path("text").asText("").length()
                    > 0;
            if (says) {
                results.set("protected_material_text", detected());
            }
            ObjectNode filtered = (ObjectNode) choice;
            filtered.set("content_filter_results", results);
            if (!filtered.has("logprobs")) {
                filtered.putNull("logprobs");
            }
        }
        return compact(sorted(tree));
    }

    /** The event before all others of a stream: what the filters found in the prompt. */
    static String promptChunk() {
        ObjectNode chunk = NODES.objectNode();
        chunk.putArray("choices");
        chunk.put("created", 0).put("id", "").put("model", "").put("object", "");
        chunk.set("prompt_filter_results", promptResults());
        return compact(chunk);
    }

    /** The refusal of a prompt in which a filter found something of this category. */
    public static byte[] filtered(String category) {
        ObjectNode results = safe();
        results.set("jailbreak", NODES.objectNode().put("filtered", false).put("detected", false));
        ObjectNode hit = results.withObjectProperty(category);
        hit.put("filtered", true);
        if (category.equals("jailbreak")) {
            hit.put("detected", true);
        } else {
            hit.put("severity", "medium");
        }
        ObjectNode error = NODES.objectNode();
        error.put("message", FILTERED).putNull("type").put("param", "prompt");
        error.put("code", "content_filter").put("status", 400);
        error.putObject("innererror")
                .put("code", "ResponsibleAIPolicyViolation")
                .set("content_filter_result", sorted(results));
        ObjectNode body = NODES.objectNode();
        body.set("error", error);
        return Json.bytes(compact(body));
    }

    /**
     * The body of an error.
     *
     * @param error the error
     * @param escaped true where angle brackets are escaped
     * @param version the version of the API it was asked for
     */
    public static byte[] error(ApiError error, boolean escaped, String version) {
        String code = error.code().orElse("");
        if (code.equals("DeploymentNotFound") || (error.status() == 404 && code.equals("model_not_found"))) {
            return Json.bytes(Json.indented(json -> {
                json.writeStartObject();
                json.writeObjectFieldStart("error");
                json.writeStringField("type", "invalid_request_error");
                json.writeStringField("code", "DeploymentNotFound");
                json.writeStringField("message", deployment());
                json.writeEndObject();
                json.writeEndObject();
            }));
        }
        return switch (error.status()) {
            case 401 -> brief("401", UNKNOWN_KEY);
            case 404 ->
                error.text().startsWith("Invalid URL") || code.equals("404") || code.equals("unknown_url")
                        ? brief("404", "Resource not found")
                        : ErrorBodies.of(error, escaped);
            case 429 ->
                brief(
                        "429",
                        "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version " + version
                                + " have exceeded " + (error.type().equals("requests") ? "call" : "token")
                                + " rate limit of your current OpenAI S0 pricing tier. Please retry after "
                                + seconds(error.text()) + " seconds.");
            default -> ErrorBodies.of(error, escaped);
        };
    }

    private static String deployment() {
        return ErrorKind.AZURE_DEPLOYMENT.with().text();
    }

    private static long seconds(String text) {
        Matcher matcher = WAIT.matcher(text);
        if (!matcher.find()) {
            return 1;
        }
        double seconds = matcher.group(1) == null ? 0 : 60.0 * Integer.parseInt(matcher.group(1));
        if (matcher.group(2) != null) {
            seconds += Double.parseDouble(matcher.group(2)) / (matcher.group(3).equals("ms") ? 1000 : 1);
        }
        return Math.max(1, (long) Math.ceil(seconds));
    }

    private static byte[] brief(String code, String message) {
        ObjectNode body = NODES.objectNode();
        body.putObject("error").put("code", code).put("message", message);
        return Json.bytes(compact(body));
    }

    private static ObjectNode found(JsonNode choice) {
        boolean cut = cut(choice);
        if (choice.path("message").path("content").isNull() && !cut) {
            return NODES.objectNode();
        }
        ObjectNode results = cut ? hit() : safe();
        results.set("protected_material_code", detected());
        results.set("protected_material_text", detected());
        return results;
    }

    private static ArrayNode promptResults() {
        ObjectNode results = safe();
        results.set("jailbreak", detected());
        ArrayNode all = NODES.arrayNode();
        ObjectNode one = all.addObject().put("prompt_index", 0);
        one.set("content_filter_results", sorted(results));
        return all;
    }

    private static ObjectNode safe() {
        ObjectNode results = NODES.objectNode();
        for (String category : CATEGORIES) {
            results.putObject(category).put("filtered", false).put("severity", "safe");
        }
        return results;
    }

    /** True if a filter ended the answer; which one is not known, so it is the one most likely. */
    private static boolean cut(JsonNode choice) {
        return choice.path("finish_reason").asText().equals("content_filter");
    }

    private static ObjectNode hit() {
        ObjectNode results = safe();
        results.withObjectProperty("violence").put("filtered", true).put("severity", "medium");
        return results;
    }

    private static ObjectNode detected() {
        return NODES.objectNode().put("detected", false).put("filtered", false);
    }

    /** The members of an object in alphabetical order, those below as they are. */
    private static ObjectNode resorted(ObjectNode object) {
        Map<String, JsonNode> members = new TreeMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        ObjectNode sorted = NODES.objectNode();
        members.forEach(sorted::set);
        return sorted;
    }

    private static ObjectNode sorted(ObjectNode object) {
        ObjectNode sorted = resorted(object);
        for (Map.Entry<String, JsonNode> member : sorted.properties()) {
            member.setValue(below(member.getValue()));
        }
        return sorted;
    }

    private static JsonNode below(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return sorted(object);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode sorted = NODES.arrayNode(array.size());
            array.forEach(element -> sorted.add(below(element)));
            return sorted;
        }
        return node;
    }

    private static ObjectNode tree(byte[] body) {
        return (ObjectNode) Json.read(body).orElseThrow(() -> new IllegalStateException("an answer that is no JSON"));
    }

    private static String compact(JsonNode node) {
        return Json.compact(json -> json.writeTree(node));
    }
}
