package dev.gateway4j.simulator;

import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.StandInProvider;

/** Lets a gateway find the simulator by having it on the class path. */
public final class SimulatedOpenAiProvider implements StandInProvider {
    /** A provider, as {@link java.util.ServiceLoader} makes it. */
    public SimulatedOpenAiProvider() {}

    @Override
    public String name() {
        return "simulator";
    }

    @Override
    public boolean gives(ResponseType type) {
        return type == ResponseType.TEMPLATE || type == ResponseType.GENERATED;
    }

    @Override
    public StandIn create(StandInContext context) {
        return SimulatedOpenAi.create(context);
    }
}
