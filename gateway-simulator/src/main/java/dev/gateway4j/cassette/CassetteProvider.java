package dev.gateway4j.cassette;

import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.StandInProvider;

/** Lets a gateway find the player of cassettes by having it on the class path. */
public final class CassetteProvider implements StandInProvider {
    /** A provider, as {@link java.util.ServiceLoader} makes it. */
    public CassetteProvider() {}

    @Override
    public String name() {
        return "cassettes";
    }

    @Override
    public boolean gives(ResponseType type) {
        return type == ResponseType.CASSETTE;
    }

    @Override
    public StandIn create(StandInContext context) {
        return CassettePlayer.create(context);
    }
}
