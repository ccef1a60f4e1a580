package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseRule;
import dev.gateway4j.api.config.ResponseType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code --templates}: rules in front of those of the file, for the endpoints that answer with text. */
record Templates(Path directory) {
    private static final List<String> ENDPOINTS = List.of("/v1/chat/completions", "/v1/responses", "/v1/completions");

    static Templates in(Path directory) {
        return new Templates(directory.toAbsolutePath().normalize());
    }

    GatewayConfig over(GatewayConfig settings) {
        List<ResponseRule> rules = new ArrayList<>();
        for (String endpoint : ENDPOINTS) {
            rules.add(new ResponseRule(
                    endpoint, Optional.empty(), ResponseType.TEMPLATE, Optional.of(directory), Optional.empty()));
        }
        rules.addAll(settings.responses());
        return settings.withResponses(rules);
    }

    /** Settings that name no templates. */
    static GatewayConfig without(GatewayConfig settings) {
        return settings.withResponses(List.of());
    }
}
