package dev.gateway4j.api.spi;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.GatewayConfig;

/**
 * What a stand-in is made from.
 *
 * @param config the settings of the environment
 * @param time the only clock
 * @param seed the seed of every random draw; the same seed gives the same answers
 */
public record StandInContext(GatewayConfig config, TimeSource time, long seed) {}
