package dev.gateway4j.okhttp;

import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.UpstreamKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a gateway says when it is made: one line with what is in force, and what the person who starts the program should know. */
final class StartUpLog {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private StartUpLog() {}

    static void say(GatewayConfig config) {
        config.notices().forEach(LOG::warn);
        LOG.info(
                "environment={} mode={} isolation={} upstreams={} keys={}",
                config.environment(),
                config.mode().id(),
                config.isolation(),
                config.upstreams().keySet(),
                config.keys().stream().map(UpstreamKey::name).toList());
    }
}
