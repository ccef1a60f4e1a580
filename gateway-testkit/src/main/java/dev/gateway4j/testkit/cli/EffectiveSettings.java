package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseRule;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Settings as lines for people; of a key the name and where it belongs, never more. */
record EffectiveSettings(List<String> lines) {
    static EffectiveSettings of(GatewayConfig config) {
        List<String> lines = new ArrayList<>();
        lines.add("environment: " + config.environment() + " (profile "
                + config.profile().id() + ")");
        lines.add("openai.mode: " + config.mode().id());
        lines.add("isolation_level: " + config.isolation().name().toLowerCase(Locale.ROOT));
        new TreeMap<>(config.upstreams()).values().forEach(upstream -> lines.add(line(upstream)));
        config.keys().forEach(key -> lines.add(line(key)));
        new TreeMap<>(config.models()).forEach((from, to) -> lines.add("openai.models." + from + ": " + to));
        config.responses().forEach(rule -> lines.add(line(rule)));
        lines.add("openai.default_response: " + config.defaultResponse().id());
        lines.add("openai.latency: " + config.latency());
        lines.add("openai.seed: " + config.seed());
        lines.add("gateway.monitoring.logging: " + config.logging().name().toLowerCase(Locale.ROOT));
        lines.add("gateway.errors: " + config.errors().name().toLowerCase(Locale.ROOT));
        lines.add("gateway.max_body_bytes: " + config.maxBodyBytes());
        lines.add("gateway.max_json_depth: " + config.maxJsonDepth());
        config.rateLimits()
                .rules()
                .forEach(rule -> lines.add("gateway.rate_limits." + rule.name() + ": " + rule.amount()));
        config.notices().forEach(notice -> lines.add("note: " + notice));
        return new EffectiveSettings(List.copyOf(lines));
    }

    private static String line(Upstream upstream) {
        return "upstreams." + upstream.name() + ": " + upstream.kind().name().toLowerCase(Locale.ROOT) + " "
                + upstream.baseUrl();
    }

    private static String line(UpstreamKey key) {
        return "key " + key.name() + ": upstream " + key.upstream() + ", weight " + key.weight() + ", "
                + models(key.models());
    }

    private static String models(List<String> models) {
        if (models.contains(UpstreamKey.EVERY_MODEL)) {
            return "every model";
        }
        return models.isEmpty() ? "no model" : String.join(", ", models);
    }

    private static String line(ResponseRule rule) {
        String model = rule.model().map(name -> " model " + name).orElse("");
        String directory = rule.templates()
                .map(Object::toString)
                .or(rule::cassettes)
                .map(" from "::concat)
                .orElse("");
        return "simulated_response " + rule.endpoint() + model + ": "
                + rule.type().id() + directory;
    }
}
