package dev.gateway4j.testkit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.StandInProvider;
import java.util.ServiceLoader;

/** The simulator sits the same exam as everybody else's stand-in. */
class SimulatorStandInTest extends StandInContract {
    @Override
    protected StandIn standIn(TimeSource time) {
        GatewayConfig config = GatewayConfig.reader()
                .set("environment", "development")
                .set("openai.mode", "simulated")
                .read();
        return ServiceLoader.load(StandInProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.gives(ResponseType.GENERATED))
                .findFirst()
                .orElseThrow()
                .create(new StandInContext(config, time, config.seed()));
    }
}
