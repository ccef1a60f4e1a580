package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.GatewayConfig;
import java.util.random.RandomGenerator;

/**
 * What all calls of one gateway share.
 *
 * @param config the settings
 * @param time the only clock
 * @param random the only source of chance; thread-safe
 * @param publisher where reports go
 */
public record CallRuntime(GatewayConfig config, TimeSource time, RandomGenerator random, CallPublisher publisher) {}
