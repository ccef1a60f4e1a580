package dev.gateway4j.api.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One entry of {@code simulated_responses}: calls to this endpoint or below it, and to this model if one is named, are answered this way.
 * The first entry that matches wins.
 *
 * @param endpoint the path without base URL, such as {@code /v1/responses}; what lies below it, such as {@code /v1/responses/ID/cancel},
 *     counts too
 * @param model a model name, in which {@code *} stands for any characters; empty means every model, and calls that name none
 * @param type where the answer comes from
 * @param templates the directory of templates, absolute, for {@link ResponseType#TEMPLATE}
 * @param cassettes where cassettes lie, an absolute path or {@code classpath:NAME}, for {@link ResponseType#CASSETTE}
 */
public record ResponseRule(
        String endpoint,
        Optional<String> model,
        ResponseType type,
        Optional<Path> templates,
        Optional<String> cassettes) {
    /**
     * True if a call to this endpoint and model falls under this rule. A rule with a model matches only calls that name a model, so it
     * leaves out most of what lies below its endpoint: {@code GET /v1/responses/ID} names none.
     */
    public boolean matches(String callEndpoint, Optional<String> callModel) {
        return covers(callEndpoint)
                && (model.isEmpty()
                        || callModel
                                .filter(name -> Glob.matches(model.get(), name))
                                .isPresent());
    }

    private boolean covers(String callEndpoint) {
        return callEndpoint.startsWith(endpoint)
                && (callEndpoint.length() == endpoint.length() || callEndpoint.charAt(endpoint.length()) == '/');
    }
}
