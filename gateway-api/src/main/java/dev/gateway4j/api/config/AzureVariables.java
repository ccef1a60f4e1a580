package dev.gateway4j.api.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables in which other tools keep an Azure OpenAI deployment; recording takes it from there where the settings name no key. */
final class AzureVariables {
    /** The name of the upstream and of its key. */
    static final String NAME = "azure";

    static final String KEY = "AZURE_OPENAI_API_KEY";
    private static final String ENDPOINT = "AZURE_OPENAI_ENDPOINT";
    private static final String VERSION = "OPENAI_API_VERSION";
    private static final String DEPLOYMENT = "AZURE_OPENAI_DEPLOYMENT";

    private final Layers layers;
    private final Problems problems;

    AzureVariables(Layers layers, Problems problems) {
        this.layers = layers;
        this.problems = problems;
    }

    /** The upstream; empty if no key says that it is wanted, or if something is missing, which is then among the problems. */
    Optional<Upstream> upstream() {
        if (layers.variable(KEY).isEmpty()) {
            return Optional.empty();
        }
        List<String> missing = new ArrayList<>();
        for (String name : List.of(ENDPOINT, VERSION, DEPLOYMENT)) {
            if (layers.variable(name).isEmpty()) {
                missing.add(name);
                problems.add(origin(name), "is required when " + KEY + " is set; set it, or remove " + KEY);
            }
        }
        return missing.isEmpty() ? endpoint().map(this::upstream) : Optional.empty();
    }

    private Upstream upstream(URI endpoint) {
        return new Upstream(
                NAME,
                Upstream.Kind.AZURE,
                endpoint,
                layers.variable(VERSION),
                Map.of(Upstream.EVERY_MODEL, layers.variable(DEPLOYMENT).orElseThrow()),
                Upstream.Auth.KEY);
    }

    private Optional<URI> endpoint() {
        return new UpstreamBinder(problems)
                .url(new Tree.Text(layers.variable(ENDPOINT).orElseThrow(), origin(ENDPOINT)));
    }

    private Origin origin(String name) {
        return Origin.of(name, Origin.VARIABLE, layers.directory());
    }
}
