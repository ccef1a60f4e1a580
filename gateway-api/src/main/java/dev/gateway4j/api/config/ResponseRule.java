package dev.gateway4j.api.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One entry of {@code simulated_responses}: calls to this endpoint, and this model if one is named, are answered this way. The first entry
 * that matches wins.
 *
 * @param endpoint the path without base URL, such as {@code /v1/chat/completions}
 * @param model a model name, in which {@code *} stands for any characters; empty means every model
 * @param type where the answer comes from
 * @param templates the directory of templates, absolute, for {@link ResponseType#TEMPLATE}
 * @param cassettes the directory of cassettes as written, for {@link ResponseType#CASSETTE}
 */
public record ResponseRule(
        String endpoint,
        Optional<String> model,
        ResponseType type,
        Optional<Path> templates,
        Optional<String> cassettes) {
    /** True if a call to this endpoint and model falls under this rule. A rule with a model never matches a call without one. */
    public boolean matches(String callEndpoint, Optional<String> callModel) {
        return endpoint.equals(callEndpoint)
                && (model.isEmpty()
                        || callModel
                                .filter(name -> Glob.matches(model.get(), name))
                                .isPresent());
    }
}
