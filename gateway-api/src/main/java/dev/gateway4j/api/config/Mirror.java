package dev.gateway4j.api.config;

import java.util.Collection;
import java.util.List;

/**
 * Lays settings over others where {@code rate_limits.like} may stand. Whoever says {@code like} replaces the amounts below: a tenth of
 * production must not be overridden by the amount that production itself has from the shared parts.
 */
final class Mirror {
    private static final String GATEWAY = "gateway";
    private static final String LIMITS = "rate_limits";

    private Mirror() {}

    static Tree.Section laid(Tree.Section upper, Tree.Section lower) {
        boolean mirrors = upper.at(LimitBinder.PATH + ".like").isPresent()
                && lower.at(LimitBinder.PATH).isPresent();
        return upper.over(mirrors ? withoutAmounts(lower) : lower);
    }

    private static Tree.Section withoutAmounts(Tree.Section settings) {
        Tree.Section gateway = settings.section(GATEWAY);
        Tree.Section limits = gateway.section(LIMITS);
        for (Collection<String> names :
                List.of(LimitKeys.AMOUNTS.keySet(), LimitKeys.SCOPES.keySet(), LimitKeys.NAMED.keySet())) {
            for (String name : names) {
                limits = limits.without(name);
            }
        }
        return settings.with(GATEWAY, gateway.with(LIMITS, limits));
    }
}
