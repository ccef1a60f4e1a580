package dev.gateway4j.api.config;

import dev.gateway4j.api.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key of one environment at one upstream. It never travels to another host.
 *
 * @param name shown in reports, logs and {@code x-gateway-key}
 * @param secret the value
 * @param upstream the name of the upstream it belongs to
 * @param weight its share when several keys fit; at least 1
 * @param models names of the models it may be used for, in which {@code *} stands for any characters; none means that it may be used for
 *     no model at all
 * @param organization sent as {@code OpenAI-Organization}
 * @param project sent as {@code OpenAI-Project}
 * @param deniedModels names of models it may not be used for, whatever {@code models} says
 * @param validFrom when it begins to be used; at once without one
 * @param validUntil when it is no longer chosen; never without one. Calls under way keep it
 */
public record UpstreamKey(
        String name,
        Secret secret,
        String upstream,
        int weight,
        List<String> models,
        Optional<String> organization,
        Optional<String> project,
        List<String> deniedModels,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil) {
    /** What {@code models} holds for a key that may be used for every model. */
    public static final String EVERY_MODEL = "*";

    /** Copies the lists and checks the weight. */
    public UpstreamKey {
        models = List.copyOf(models);
        deniedModels = List.copyOf(deniedModels);
        if (weight < 1) {
            throw new IllegalArgumentException("weight of key \"" + name + "\" is " + weight + "; it is at least 1");
        }
    }

    /** A key that denies no model and is always valid. */
    public UpstreamKey(
            String name,
            Secret secret,
            String upstream,
            int weight,
            List<String> models,
            Optional<String> organization,
            Optional<String> project) {
        this(
                name,
                secret,
                upstream,
                weight,
                models,
                organization,
                project,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** A key for every model of the upstream {@code openai}, of weight 1, without organization and project. */
    public static UpstreamKey of(String name, Secret secret) {
        return new UpstreamKey(name, secret, "openai", 1, List.of(EVERY_MODEL), Optional.empty(), Optional.empty());
    }

    /** This key at another upstream. */
    public UpstreamKey withUpstream(String value) {
        return new UpstreamKey(
                name, secret, value, weight, models, organization, project, deniedModels, validFrom, validUntil);
    }

    /** True if the key may be used for a call that names this model, or none; for none only if it is for every model. */
    public boolean allows(Optional<String> model) {
        String asked = model.orElse("");
        for (String denied : deniedModels) {
            if (Glob.matches(denied, asked)) {
                return false;
            }
        }
        for (String allowed : models) {
            if (model.isPresent() ? Glob.matches(allowed, asked) : allowed.equals(EVERY_MODEL)) {
                return true;
            }
        }
        return false;
    }

    /** True if the key may be chosen at this time. */
    public boolean validAt(Instant time) {
        return (validFrom.isEmpty() || !time.isBefore(validFrom.get()))
                && (validUntil.isEmpty() || time.isBefore(validUntil.get()));
    }

    /**
     * What an upstream counts its limits by: keys of one project share what that project may use, so several of them add nothing. A key
     * that names no project counts for itself. Keys at different upstreams are never in one group, nor is a key in that of a project which
     * has its name.
     */
    public String quotaGroup() {
        return project.map(shared -> upstream + "/" + shared).orElse(upstream + ":" + name);
    }
}
