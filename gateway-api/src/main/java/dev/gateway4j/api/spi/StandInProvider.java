package dev.gateway4j.api.spi;

import dev.gateway4j.api.config.ResponseType;

/**
 * Makes stand-ins. Found by {@link java.util.ServiceLoader}; a module that brings one lists it in {@code
 * META-INF/services/dev.gateway4j.api.spi.StandInProvider}. Implementations have a public constructor without parameters.
 */
public interface StandInProvider {
    /** A short name for messages, such as {@code simulator}. */
    String name();

    /** True if stand-ins of this provider can give answers of that type. */
    boolean gives(ResponseType type);

    /**
     * Makes the stand-in of one gateway. Called once, when a client is wrapped; everything that can be wrong is found here.
     *
     * @throws dev.gateway4j.api.config.GatewayConfigException with every problem, if the settings do not work
     */
    StandIn create(StandInContext context);
}
