package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.config.CacheConfig.Sampling;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says why the cache has nothing to do with a call. A reason is one of a few, so that reasons can be counted. */
final class Cacheability {
    static final String CHAT = "/v1/chat/completions";
    static final String RESPONSES = "/v1/responses";
    static final String EMBEDDINGS = "/v1/embeddings";
    private static final String SIMULATOR = "X-Gateway-Sim";
    private static final String COMPLETIONS = "/v1/completions";
    private static final String MODERATIONS = "/v1/moderations";
    private static final Set<String> ENDPOINTS = Set.of(CHAT, RESPONSES, EMBEDDINGS, COMPLETIONS, MODERATIONS);

    /** OpenAI's, Azure's, OpenRouter's and xAI's way to have something looked up. */
    private static final List<String> SEARCHES =
            List.of("web_search_options", "data_sources", "plugins", "search_parameters");

    private Cacheability() {}

    /** What the call itself shows, before its body is looked into. */
    static Optional<String> objection(CallFacts call) {
        if (call.foreign()) {
            return Optional.of("no upstream");
        }
        if (call.webSocket()) {
            return Optional.of("web socket");
        }
        if (!call.method().equals("POST") || !ENDPOINTS.contains(call.endpoint())) {
            return Optional.of("endpoint");
        }
        if (!call.leaves() && call.original().header(SIMULATOR) != null) {
            return Optional.of("asks the simulator for something");
        }
        return call.body().isEmpty() ? Optional.of("body not read") : Optional.empty();
    }

    /** What the body shows. */
    static Optional<String> objection(CallFacts call, Members body, Sampling sampling) {
        if (isKept(call, body)) {
            return Optional.of("kept upstream");
        }
        if (body.has("previous_response_id") || body.has("conversation") || hasPromptTemplate(call, body)) {
            return Optional.of("state upstream");
        }
        if (body.isOther("background", "false")) {
            return Optional.of("background");
        }
        if (SEARCHES.stream().anyMatch(body::has) || searches(call.modelSent()) || searches(call.modelAsked())) {
            return Optional.of("search");
        }
        if (RemoteContent.isIn(body.bytes())) {
            return Optional.of("remote content");
        }
        if (hasHostedTool(body)) {
            return Optional.of("hosted tool");
        }
        if (hasAudio(body)) {
            return Optional.of("audio");
        }
        return isChance(call, body, sampling) ? Optional.of("sampling") : Optional.empty();
    }

    /** The upstream keeps responses unless told not to, and others if told to. */
    private static boolean isKept(CallFacts call, Members body) {
        return call.endpoint().equals(RESPONSES) ? !body.is("store", "false") : body.isOther("store", "false");
    }

    /** A prompt by its id, which may be another one tomorrow. */
    private static boolean hasPromptTemplate(CallFacts call, Members body) {
        return call.endpoint().equals(RESPONSES) && body.has("prompt");
    }

    private static boolean searches(Optional<String> model) {
        if (model.isEmpty()) {
            return false;
        }
        String name = model.get().toLowerCase(Locale.ROOT);
        return name.contains("search") || name.endsWith(":online");
    }

    /** What runs at the upstream may answer differently each time: everything but functions and the like. */
    private static boolean hasHostedTool(Members body) {
        int tools = body.start("tools");
        if (tools < 0) {
            return false;
        }
        byte[] bytes = body.bytes();
        if (bytes[tools] != '[') {
            return true;
        }
        Walk each = new Walk(bytes, tools);
        while (each.nextElement()) {
            if (bytes[each.start()] != '{' || !isOwn(new Walk(bytes, each.start()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOwn(Walk tool) {
        return tool.findMember("type") && (tool.is("\"function\"") || tool.is("\"custom\""));
    }

    private static boolean hasAudio(Members body) {
        int modalities = body.start("modalities");
        if (modalities < 0) {
            return false;
        }
        if (body.bytes()[modalities] != '[') {
            return true;
        }
        Walk each = new Walk(body.bytes(), modalities);
        while (each.nextElement()) {
            if (!each.is("\"text\"")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isChance(CallFacts call, Members body, Sampling sampling) {
        boolean drawn = !call.endpoint().equals(EMBEDDINGS) && !call.endpoint().equals(MODERATIONS);
        if (!drawn || sampling == Sampling.ANY) {
            return false;
        }
        return body.isOther("temperature", "0")
                || body.isOther("n", "1")
                || body.isOther("best_of", "1")
                || (sampling == Sampling.ZERO && !body.has("temperature"));
    }
}
