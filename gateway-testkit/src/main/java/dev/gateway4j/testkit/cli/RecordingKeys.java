package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.GatewayConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams that recording may ask, as the usual variables name them: OpenAI with {@code OPENAI_API_KEY}, and Azure with {@code
 * AZURE_OPENAI_API_KEY}.
 */
final class RecordingKeys {
    private static final String OPENAI = "https://api.openai.com/v1";
    private static final String AZURE_KEY = "AZURE_OPENAI_API_KEY";

    private final UnaryOperator<@Nullable String> variables;

    RecordingKeys(UnaryOperator<@Nullable String> variables) {
        this.variables = variables;
    }

    /** Finds variables that are missing though a key needs them, and that no key is there at all. */
    void check(Problems problems) {
        if (value("OPENAI_API_KEY").isEmpty() && value(AZURE_KEY).isEmpty()) {
            problems.add("--record needs a key; set OPENAI_API_KEY, or " + AZURE_KEY
                    + " with AZURE_OPENAI_ENDPOINT, OPENAI_API_VERSION and AZURE_OPENAI_DEPLOYMENT");
        }
        if (value(AZURE_KEY).isPresent()) {
            for (String name : List.of("AZURE_OPENAI_ENDPOINT", "OPENAI_API_VERSION", "AZURE_OPENAI_DEPLOYMENT")) {
                if (value(name).isEmpty()) {
                    problems.add(name + " is required when " + AZURE_KEY + " is set");
                }
            }
        }
    }

    /** OpenAI; empty without a key. */
    Optional<Upstream> openAi() {
        return value("OPENAI_API_KEY").map(key -> {
            String base = value("OPENAI_BASE_URL").orElse(OPENAI).replaceFirst("/$", "");
            return new Upstream(
                    reader -> reader.set("upstreams.openai.base_url", base)
                            .set("openai.credentials.api_key", "${OPENAI_API_KEY}"),
                    (path, query) ->
                            base + path.replaceFirst("^/v1(?=/|$)", "") + (query.isEmpty() ? "" : "?" + query));
        });
    }

    /** Azure; empty without a key. */
    Optional<Upstream> azure() {
        return value(AZURE_KEY).map(key -> {
            String base = needed("AZURE_OPENAI_ENDPOINT").replaceFirst("/$", "");
            String deployment = base + "/openai/deployments/" + needed("AZURE_OPENAI_DEPLOYMENT") + "/";
            String version = "api-version=" + needed("OPENAI_API_VERSION");
            return new Upstream(
                    reader -> reader.set("upstreams.openai.kind", "azure")
                            .set("upstreams.openai.base_url", base)
                            .set("upstreams.openai.api_version", "${OPENAI_API_VERSION}")
                            .set("openai.credentials.api_key", "${" + AZURE_KEY + "}"),
                    (path, query) -> deployment
                            + path.replaceFirst("^/openai/deployments/[^/]+/", "")
                                    .replaceFirst("^/", "")
                            + "?" + (query.isEmpty() ? "" : query + "&") + version);
        });
    }

    /** Settings that record into a directory. */
    GatewayConfig settings(Upstream upstream, ConfigReader reader) {
        upstream.settings.apply(reader.set("openai.mode", "record").variables(variables));
        return reader.read();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(variables.apply(name)).filter(value -> !value.isBlank());
    }

    private String needed(String name) {
        return value(name).orElseThrow();
    }

    /** What is told the settings. */
    @FunctionalInterface
    interface Settings {
        ConfigReader apply(ConfigReader reader);
    }

    /** Where a path and a query go. */
    @FunctionalInterface
    interface Address {
        String of(String path, String query);
    }

    /**
     * An upstream.
     *
     * @param settings how the settings name it
     * @param address where a request goes
     */
    record Upstream(Settings settings, Address address) {}
}
