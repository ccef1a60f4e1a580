package dev.gateway4j.api.config;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A base URL that speaks the OpenAI dialect.
 *
 * @param name its name in the configuration
 * @param kind how it wants paths and credentials
 * @param baseUrl absolute, http or https, without query; a trailing slash is dropped
 * @param apiVersion Azure's {@code api-version}
 * @param deployments for Azure: model name to deployment name; {@link #EVERY_MODEL} stands for the models it does not list
 * @param auth whether calls need a key
 */
public record Upstream(
        String name, Kind kind, URI baseUrl, Optional<String> apiVersion, Map<String, String> deployments, Auth auth) {
    /** The upstream that is always there. */
    public static final Upstream OPENAI = new Upstream(
            "openai", Kind.OPENAI, URI.create("https://api.openai.com/v1"), Optional.empty(), Map.of(), Auth.KEY);

    /** The model name under which {@code deployments} holds the deployment of every model that is not listed. */
    public static final String EVERY_MODEL = "*";

    /** Copies the map. */
    public Upstream {
        deployments = Map.copyOf(deployments);
    }

    /** Azure's deployment for a model: the one listed for it, else that of every model, else the model's own name. */
    public String deployment(String model) {
        String listed = deployments.getOrDefault(model, deployments.get(EVERY_MODEL));
        return listed != null ? listed : model;
    }

    /** How an upstream wants paths and credentials. */
    public enum Kind {
        /** {@code Authorization: Bearer}, paths as OpenAI has them. Default. */
        OPENAI,
        /** {@code api-key}, deployments in the path and an {@code api-version}. */
        AZURE
    }

    /** Whether calls to an upstream need a key. */
    public enum Auth {
        /** They do; how it is sent depends on the kind. Default. */
        KEY,
        /** They do, as {@code Authorization: Bearer} whatever the kind: an Entra token for Azure. */
        BEARER,
        /** They go out without one, as to a model server on the same machine. */
        NONE
    }
}
