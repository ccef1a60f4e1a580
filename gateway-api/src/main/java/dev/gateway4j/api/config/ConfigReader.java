package dev.gateway4j.api.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from, in this order of precedence: what {@link #set} says, system properties, environment variables, the file, and the
 * built-in profile of the environment. Every scalar setting can be given each way: {@code openai.mode} is {@code -Dgateway.mode} or {@code
 * GATEWAY_MODE}. Not thread-safe; use one per read.
 */
public final class ConfigReader {
    ConfigReader() {}

    /** Reads this file instead of looking for one. */
    public ConfigReader file(Path file) {
        return this;
    }

    /** Sets one value, above everything else; the path as in the table of settings, such as {@code openai.mode}. */
    public ConfigReader set(String path, String value) {
        return this;
    }

    /** Looks properties up here instead of in {@link System#getProperties()}. */
    public ConfigReader properties(Map<String, String> properties) {
        return this;
    }

    /** Looks environment variables up here instead of in {@link System#getenv()}; the function answers null for an unset one. */
    public ConfigReader variables(UnaryOperator<@Nullable String> variables) {
        return this;
    }

    /** The directory in which {@code gateway.yaml} is looked for, instead of the working directory. */
    public ConfigReader directory(Path directory) {
        return this;
    }

    /**
     * Reads and checks everything.
     *
     * @throws GatewayConfigException with every problem that was found
     */
    public GatewayConfig read() {
        return java.util.Optional.<GatewayConfig>empty().orElseThrow();
    }
}
