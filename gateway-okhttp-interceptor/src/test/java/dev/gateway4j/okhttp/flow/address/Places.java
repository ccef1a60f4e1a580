package dev.gateway4j.okhttp.flow.address;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.flow.faults.Configs;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Upstreams with a key each, and questions to them. */
final class Places {
    private final Map<String, Upstream> upstreams = new HashMap<>(Map.of("openai", Upstream.OPENAI));
    private final List<UpstreamKey> keys = new ArrayList<>();
    private Map<String, String> models = Map.of();

    /** An upstream as OpenAI's; its key is {@code sk-test-NAME-0000}. */
    Places openai(String name, String baseUrl) {
        return add(name, Upstream.Kind.OPENAI, baseUrl, "", Map.of());
    }

    /** An upstream of Azure's; an empty version is none. */
    Places azure(String baseUrl, String apiVersion) {
        return add("azure", Upstream.Kind.AZURE, baseUrl, apiVersion, Map.of("gpt-4o", "chat-prod"));
    }

    Places models(Map<String, String> mapping) {
        models = mapping;
        return this;
    }

    private Places add(
            String name, Upstream.Kind kind, String baseUrl, String apiVersion, Map<String, String> deployments) {
        upstreams.put(
                name,
                new Upstream(
                        name,
                        kind,
                        URI.create(baseUrl),
                        Optional.of(apiVersion).filter(version -> !version.isEmpty()),
                        deployments,
                        Upstream.Auth.KEY));
        String secret = "sk-test-" + name + "-0000";
        keys.add(new UpstreamKey(
                name, Secret.of(name, secret), name, 1, List.of("*"), Optional.empty(), Optional.empty()));
        return this;
    }

    Gateway gateway() {
        return Configs.gateway(new GatewayConfig(
                "staging",
                Profile.STAGING,
                Mode.PASSTHROUGH,
                Isolation.STRICT,
                upstreams,
                keys,
                models,
                List.of(),
                ResponseType.GENERATED,
                LogLevel.ESSENTIAL,
                ErrorDetail.DETAILED,
                1024 * 1024,
                64,
                1,
                "instant",
                List.of()));
    }

    OkHttpClient client() {
        return gateway().wrap(new OkHttpClient());
    }

    static RawServer server() throws IOException {
        return RawServer.keeping(RawServer.json(200, Configs.ANSWER));
    }

    static Request post(String url, String body) {
        return new Request.Builder()
                .url(url)
                .post(RequestBody.create(body, Configs.JSON))
                .build();
    }

    static int status(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            response.body().string();
            return response.code();
        }
    }

    /** Path and query of the only request. */
    static String target(RawServer server) {
        String line = server.requests().get(0).line();
        return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    }
}
