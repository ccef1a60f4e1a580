package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.UpstreamKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys of a list may be used here. A key source is somebody else's code, and its list is checked like a file.
 *
 * @param usable the keys that may be used, each once
 * @param leftOut the others, each with the reason
 */
record KeyReview(List<UpstreamKey> usable, List<String> leftOut) {
    static KeyReview of(List<UpstreamKey> list, GatewayConfig config) {
        Set<UpstreamKey> usable = new LinkedHashSet<>();
        List<String> leftOut = new ArrayList<>();
        for (UpstreamKey key : list) {
            Optional<String> objection = objection(key, config);
            if (objection.isPresent()) {
                leftOut.add(objection.get());
            } else if (!usable.add(key)) {
                leftOut.add("key \"" + key.name() + "\" is listed twice and counts once");
            }
        }
        return new KeyReview(List.copyOf(usable), leftOut);
    }

    @SuppressWarnings("ConstantValue") // a list may hold null, whatever its type says
    private static Optional<String> objection(UpstreamKey key, GatewayConfig config) {
        if (key == null) {
            return Optional.of("a key is null");
        }
        if (!config.upstreams().containsKey(key.upstream())) {
            return Optional.of("key \"" + key.name() + "\" names the upstream \"" + key.upstream()
                    + "\", which is not in the settings");
        }
        return config.keyConfig()
                .forbidden()
                .environmentOf(key.secret())
                .map(owner -> "key \"" + key.name() + "\" belongs to environment \"" + owner + "\"");
    }
}
