package dev.gateway4j.api.config;

import dev.gateway4j.api.Secret;
import java.util.List;
import java.util.Optional;

/**
 * A key of one environment at one upstream. It never travels to another host.
 *
 * @param name shown in reports, logs and {@code x-gateway-key}
 * @param secret the value
 * @param upstream the name of the upstream it belongs to
 * @param weight its share when several keys fit; at least 1
 * @param models names of the models it may be used for, in which {@code *} stands for any characters; empty means every model
 * @param organization sent as {@code OpenAI-Organization}
 * @param project sent as {@code OpenAI-Project}
 */
public record UpstreamKey(
        String name,
        Secret secret,
        String upstream,
        int weight,
        List<String> models,
        Optional<String> organization,
        Optional<String> project) {
    /** Copies the list and checks the weight. */
    public UpstreamKey {
        models = List.copyOf(models);
        if (weight < 1) {
            throw new IllegalArgumentException("weight of key \"" + name + "\" is " + weight + "; it is at least 1");
        }
    }

    /** A key for every model of the upstream {@code openai}, of weight 1, without organization and project. */
    public static UpstreamKey of(String name, Secret secret) {
        return new UpstreamKey(name, secret, "openai", 1, List.of(), Optional.empty(), Optional.empty());
    }

    /** This key at another upstream. */
    public UpstreamKey withUpstream(String value) {
        return new UpstreamKey(name, secret, value, weight, models, organization, project);
    }

    /** True if the key may be used for a call that names this model, or none. */
    public boolean allows(Optional<String> model) {
        return models.isEmpty()
                || model.filter(name -> models.stream().anyMatch(pattern -> Glob.matches(pattern, name)))
                        .isPresent();
    }
}
