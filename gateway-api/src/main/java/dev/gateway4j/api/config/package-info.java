/**
 * The settings of a gateway: immutable records, read once from builder, system properties, environment variables, a YAML file and the
 * built-in profile of the environment. Entry class: {@link dev.gateway4j.api.config.GatewayConfig}.
 */
@NullMarked
package dev.gateway4j.api.config;

import org.jspecify.annotations.NullMarked;
