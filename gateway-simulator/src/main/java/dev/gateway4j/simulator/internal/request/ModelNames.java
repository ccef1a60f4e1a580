package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.model.Models;
import java.util.Optional;

/** Which model a request means, and what a wrong name is answered. */
final class ModelNames {
    private ModelNames() {}

    /** The model of a chat completion or an embedding. */
    static Model required(JsonNode body, Optional<String> deployment) {
        if (deployment.isPresent()) {
            return Models.deployed(deployment.get());
        }
        JsonNode named = body.path("model");
        if (named.isMissingNode()
                || named.isNull()
                || (named.isTextual() && named.asText().isEmpty())) {
            throw ErrorKind.NO_MODEL.with();
        }
        JsonType.STRING.require("model", named);
        String name = named.asText();
        return Models.named(name).orElseThrow(() -> ErrorKind.MODEL.with(name));
    }

    /** The model behind a deployment of embeddings whose name is no model's. */
    static Model embedding(String deployment) {
        Model small = Models.named("text-embedding-3-small").orElseThrow();
        return new Model(
                deployment,
                small.created(),
                small.owner(),
                small.answersAs(),
                small.kind(),
                small.context(),
                small.limit(),
                small.family());
    }

    /** The model of a response. */
    static Model requiredForResponse(JsonNode body) {
        JsonNode named = Members.required(body, "", "model");
        JsonType.STRING.require("model", named);
        String name = named.asText();
        return Models.named(name).filter(Model::responds).orElseThrow(() -> ErrorKind.MODEL_RESPONSES.with(name));
    }

    /** The tier an answer names: what was asked for, where that is a tier. */
    static String servedTier(JsonNode body) {
        String asked = body.path("service_tier").asText("auto");
        return switch (asked) {
            case "flex", "priority" -> asked;
            case "fast" -> "priority";
            default -> "default";
        };
    }
}
