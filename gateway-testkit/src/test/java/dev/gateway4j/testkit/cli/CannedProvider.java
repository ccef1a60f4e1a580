package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.StandInProvider;
import dev.gateway4j.testkit.CannedStandIn;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Gives canned stand-ins, keeps the settings it was asked with, and knows one latency, as strict as the simulator. */
final class CannedProvider implements StandInProvider {
    final BlockingQueue<GatewayConfig> settings = new LinkedBlockingQueue<>();
    final BlockingQueue<Long> seeds = new LinkedBlockingQueue<>();

    @Override
    public String name() {
        return "canned";
    }

    @Override
    public boolean gives(ResponseType type) {
        return type == ResponseType.GENERATED || type == ResponseType.TEMPLATE;
    }

    @Override
    public StandIn create(StandInContext context) {
        if (!context.config().latency().equals("instant")) {
            throw new GatewayConfigException(List.of(new ConfigProblem(
                    "openai.latency",
                    "builder",
                    OptionalInt.empty(),
                    "\"" + context.config().latency() + "\" is no latency profile; use instant")));
        }
        settings.add(context.config());
        seeds.add(context.seed());
        return new CannedStandIn();
    }
}
